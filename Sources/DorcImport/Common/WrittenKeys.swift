internal import DorcText
internal import DorcYAML

/// The keys of the files that an importer makes, read back from their text: a report names no key that was not written.
struct WrittenKeys {
    /// By path. Nil where a file has no keys: code, a Dockerfile, a file that is copied.
    private var documents: [String: YAMLNode?] = [:]
    /// How many comments say TODO.
    private(set) var decisions = 0

    init(_ files: [ImportedFile]) {
        for file in files {
            guard case .text(let text) = file.content else {
                documents[file.path] = .some(nil)
                continue
            }
            decisions += text.split(separator: "\n").count(where: Self.isDecision)
            var diagnostics = Diagnostics()
            let isYAML = file.path.hasSuffix(".yaml")
            documents[file.path] = .some(
                isYAML ? YAMLReader.read(SourceFile(path: file.path, text: text), into: &diagnostics) : nil)
        }
    }

    /// `# TODO schedule: ...`, on a line of its own or after a value. Further lines of the same comment do not say it again.
    private static func isDecision(_ line: some StringProtocol) -> Bool {
        guard let mark = line.firstRange(of: "# TODO ") else { return false }
        return line[..<mark.lowerBound].allSatisfy { $0 != "#" }
    }

    /// Where a target is: as it is named, with what `*` and `[*]` mean where they mean one place, in `environments` where it is
    /// written for some of them alone. Nil where it is nowhere.
    ///
    /// - Parameter target: a file, or a file and a key, as in `src/raw/census/pipeline.yaml: steps[0].retry`.
    func place(of target: String) -> String? {
        let split = target.firstRange(of: ": ")
        let path = split.map { String(target[..<$0.lowerBound]) } ?? target
        guard let document = documents[path] else { return nil }
        guard let split else { return target }
        let key = target[split.upperBound...]
        guard let document else { return nil }
        for prefix in ["", "environments.*."] {
            let places = Self.places(of: prefix + key, in: document, at: "")
            if places.count == 1 { return "\(path): \(places[0])" }
            if !places.isEmpty { return "\(path): \(prefix)\(key)" }
        }
        return nil
    }

    private static func places(of key: some StringProtocol, in node: YAMLNode, at path: String) -> [String] {
        if key.isEmpty { return [path] }
        switch node.content {
        case .scalar: return []
        case .sequence(let items):
            guard key.first == "[", let end = key.firstIndex(of: "]") else { return [] }
            let index = key[key.index(after: key.startIndex)..<end]
            let rest = key[key.index(after: end)...]
            return items.indices.filter { index == "*" || index == String($0) }
                .flatMap { places(of: rest, in: items[$0], at: "\(path)[\($0)]") }
        case .mapping(let entries):
            guard path.isEmpty || key.first == "." else { return [] }
            let name = path.isEmpty ? key[...] : key.dropFirst()
            // Names may have dots in them.
            return entries.flatMap { entry -> [String] in
                let length = name.first == "*" ? 1 : name.hasPrefix(entry.key) ? entry.key.count : 0
                let rest = name.dropFirst(length)
                guard length > 0, rest.isEmpty || rest.first == "." || rest.first == "[" else { return [] }
                return places(of: rest, in: entry.value, at: path.isEmpty ? entry.key : "\(path).\(entry.key)")
            }
        }
    }
}
