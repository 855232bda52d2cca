internal import DorcText

/// One side of a template: read as far as it is asked for.
struct TemplateFile {
    struct Resource {
        var id: String
        var tree: Tree

        var type: String { tree["Type"]?.text ?? "" }
        var properties: Tree { tree["Properties"] ?? .object([]) }
    }

    let path: String
    private let bytes: [UInt8]
    /// Nil where the file has to be read as a whole.
    private var text: TemplateText?
    private var read: [String: Tree] = [:]
    private(set) var ids: [String] = []
    private var frame: Tree?

    init(_ bytes: [UInt8], path: String, whole: Bool = false) throws(UnreadableTemplate) {
        self.path = path
        self.bytes = bytes
        text = whole ? nil : TemplateText(bytes)
        if let text {
            ids = text.blocks.map(\.id)
        } else {
            try readWhole()
        }
    }

    /// Both sides of a template, with the resources read that are not the same, byte for byte.
    static func pair(_ old: [UInt8], _ new: [UInt8], oldPath: String, newPath: String) throws(UnreadableTemplate) -> (
        old: TemplateFile, new: TemplateFile, changed: Set<String>
    ) {
        var (before, after) = (try TemplateFile(old, path: oldPath), try TemplateFile(new, path: newPath))
        guard let oldText = before.text, let newText = after.text else {
            if before.text != nil { before = try TemplateFile(old, path: oldPath, whole: true) }
            if after.text != nil { after = try TemplateFile(new, path: newPath, whole: true) }
            return (before, after, Set(before.ids + after.ids))
        }
        let blocks = Dictionary(oldText.blocks.map { ($0.id, $0.lines) }, uniquingKeysWith: { first, _ in first })
        let same = Set(newText.blocks.filter { blocks[$0.id] == $0.lines }.map(\.id))
        let changed = Set(oldText.blocks.map(\.id)).union(newText.blocks.map(\.id)).subtracting(same)
        try before.readBlocks(changed)
        try after.readBlocks(changed)
        return (before, after, changed)
    }

    func resource(_ id: String) -> Resource? {
        if let tree = read[id] { return Resource(id: id, tree: tree) }
        guard let block = text?.blocks.first(where: { $0.id == id }),
            let tree = try? TemplateReader.read(TemplateText.heading + block.lines, path: path),
            let resource = tree["Resources"]?[id]
        else { return nil }
        return Resource(id: id, tree: resource)
    }

    /// Of a function, out of the template's mapping where it is there, and without the digest of what its version keeps.
    func description(of resource: Resource) -> String? {
        guard let written = resource.properties["Description"] else { return nil }
        guard case .list(let path)? = written["Fn::FindInMap"] else { return Tree.plain(written) }
        var value = try? surroundings()["Mappings"]
        for name in path { value = name.text.flatMap { value?[$0] } }
        guard let text = value?.text else { return nil }
        let parts = text.split(separator: ", ", omittingEmptySubsequences: false)
        guard parts.count > 1, let last = parts.last, last.allSatisfy(\.isHexDigit) else { return text }
        return parts.dropLast().joined(separator: ", ")
    }

    /// All but the resources.
    func surroundings() throws(UnreadableTemplate) -> Tree {
        if let frame { return frame }
        return try TemplateReader.read(text?.frame ?? [], path: path)
    }

    /// Whether what surrounds the resources is written alike.
    func isFramed(like other: TemplateFile) -> Bool {
        guard let text, let others = other.text else { return false }
        return text.frame == others.frame
    }

    mutating func readAll() throws(UnreadableTemplate) { try readBlocks(Set(ids)) }

    private mutating func readBlocks(_ wanted: Set<String>) throws(UnreadableTemplate) {
        guard let text, !wanted.isEmpty else { return }
        var part = TemplateText.heading
        for block in text.blocks where wanted.contains(block.id) { part += block.lines }
        guard part.count > TemplateText.heading.count else { return }
        if let tree = try? TemplateReader.read(part, path: path) {
            for member in tree["Resources"]?.members ?? [] { read[member.name] = member.value }
        } else {
            try readWhole()
        }
    }

    private mutating func readWhole() throws(UnreadableTemplate) {
        text = nil
        let tree = try TemplateReader.read(bytes, path: path)
        guard case .object(let members) = tree, case .object(let resources)? = tree["Resources"] else {
            throw UnreadableTemplate(path: path, reason: "it is not a template: it has no `Resources`")
        }
        ids = resources.map(\.name)
        read = Dictionary(resources.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
        frame = .object(members.filter { $0.name != "Resources" })
    }
}
