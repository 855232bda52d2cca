internal import DorcSynth
internal import DorcText

extension Manifest {
    /// Nil for what is not a manifest of dorc's, or is of a version that did not exist yet. Of an earlier version, what is not
    /// needed any more is passed over.
    package init?(_ bytes: [UInt8]) {
        guard let value = JSONValue(json: bytes), let object = try? ManifestObject(value),
            let found = try? object.integer("version"), (1...Self.version).contains(found),
            let manifest = try? Manifest(object),
            (manifest.files + manifest.stacks.map(\.template)).allSatisfy(Self.isSafe)
        else { return nil }
        self = manifest
    }

    /// The version, where a later dorc-synth has written these bytes.
    package static func laterVersion(_ bytes: [UInt8]) -> Int? {
        guard let value = JSONValue(json: bytes), let object = try? ManifestObject(value),
            let found = try? object.integer("version"), found > version, (try? object.text("project")) != nil
        else { return nil }
        return found
    }

    /// Whether a path stays inside the output folder, and is the only spelling of what it names.
    package static func isSafe(_ path: String) -> Bool {
        path.split(separator: "/", omittingEmptySubsequences: false).allSatisfy { !["", ".", ".."].contains($0) }
    }

    private init(_ object: ManifestObject) throws(NotAManifest) {
        project = try object.text("project")
        repository = try object.textIfThere("repository")
        registryAccount = try object.textIfThere("registryAccount")
        partial = try object.textsIfThere("partial")
        stacks = try object.objects("stacks").map(StackEntry.init)
        images = try object.objects("images").map(ImageEntry.init)
        files = try object.texts("files")
    }
}

extension Manifest.StackEntry {
    fileprivate init(_ object: ManifestObject) throws(NotAManifest) {
        name = try object.text("name")
        kind = try object.text("kind")
        environment = try object.textIfThere("environment")
        pipeline = try object.textIfThere("pipeline")
        template = try object.text("template")
        region = try object.text("region")
        account = try object.textIfThere("account")
        dependsOn = try object.texts("dependsOn")
        capabilities = try object.texts("capabilities")
        tags = try object.textsByName("tags")
        resources = kind == "universal" ? nil : try object.integer("resources")
        deadlines = try object.objectsIfThere("deadlines")?.map(ScheduleDeadline.init)
    }
}

extension Manifest.ImageEntry {
    fileprivate init(_ object: ManifestObject) throws(NotAManifest) {
        function = try object.text("function")
        stack = try object.textIfThere("stack")
        repository = try object.text("repository")
        context = try object.text("context")
        dockerfile = try object.text("dockerfile")
        buildArgs = try object.textsByName("buildArgs")
        platform = try object.text("platform")
    }
}

extension ScheduleDeadline {
    fileprivate init(_ object: ManifestObject) throws(NotAManifest) {
        guard let kind = Kind(rawValue: try object.text("kind")) else { throw NotAManifest() }
        self.init(
            trigger: try object.text("trigger"), kind: kind, timezone: try object.text("timezone"),
            time: try object.text("time"))
    }
}

private struct NotAManifest: Error {}

/// A JSON object whose members have to be as the manifest has them. `null` is as good as no member.
private struct ManifestObject {
    private let members: [JSONValue<String>.Member]

    init(_ value: JSONValue<String>) throws(NotAManifest) {
        guard case .object(let members) = value else { throw NotAManifest() }
        self.members = members
    }

    func text(_ name: String) throws(NotAManifest) -> String { try needed(textIfThere(name)) }

    func textIfThere(_ name: String) throws(NotAManifest) -> String? {
        try self[name].map { value throws(NotAManifest) in try Self.text(value) }
    }

    func texts(_ name: String) throws(NotAManifest) -> [String] { try needed(textsIfThere(name)) }

    func textsIfThere(_ name: String) throws(NotAManifest) -> [String]? {
        try items(name)?.map { value throws(NotAManifest) in try Self.text(value) }
    }

    func textsByName(_ name: String) throws(NotAManifest) -> SortedTexts {
        var entries: [SortedTexts.Entry] = []
        for member in try ManifestObject(needed(self[name])).members {
            entries.append(SortedTexts.Entry(member.name, try Self.text(member.value)))
        }
        return SortedTexts(entries)
    }

    func integer(_ name: String) throws(NotAManifest) -> Int {
        guard case .number(let number)? = self[name], let integer = Int(number.text) else { throw NotAManifest() }
        return integer
    }

    func objects(_ name: String) throws(NotAManifest) -> [ManifestObject] { try needed(objectsIfThere(name)) }

    func objectsIfThere(_ name: String) throws(NotAManifest) -> [ManifestObject]? {
        try items(name)?.map { value throws(NotAManifest) in try ManifestObject(value) }
    }

    private func items(_ name: String) throws(NotAManifest) -> [JSONValue<String>]? {
        switch self[name] {
        case nil: return nil
        case .list(let items)?: return items
        case .some: throw NotAManifest()
        }
    }

    private subscript(_ name: String) -> JSONValue<String>? {
        guard let value = members.first(where: { $0.name == name })?.value else { return nil }
        if case .null = value { return nil }
        return value
    }

    private func needed<Value>(_ value: Value?) throws(NotAManifest) -> Value {
        guard let value else { throw NotAManifest() }
        return value
    }

    private static func text(_ value: JSONValue<String>) throws(NotAManifest) -> String {
        guard case .text(let text) = value else { throw NotAManifest() }
        return text
    }
}
