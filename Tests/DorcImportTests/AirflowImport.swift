import DorcConfig
import DorcText
import DorcYAML
import Testing

@testable import DorcImport

/// What `import airflow` makes of some files, in memory.
struct AirflowImport {
    let source: MemoryTree
    let result: ImportResult

    init(_ files: [String: String], folder: [String] = ["home", "pipelines"]) {
        self.init(MemoryTree(files), folder: folder)
    }

    init(_ source: MemoryTree, folder: [String] = ["home", "pipelines"]) {
        self.source = source
        result = AirflowImporter(source, .init(folder: folder)).result()
    }

    var report: ImportReport { result.report }

    /// A file that is written.
    func text(_ path: String) throws -> String {
        let file = try #require(result.files.first { $0.path == path }, "no \(path): \(result.files.map(\.path))")
        switch file.content {
        case .text(let text): return text
        case .copy(let path): return String(decoding: try #require(source.files[path]), as: UTF8.self)
        }
    }

    func entry(_ key: String, in file: String? = nil) throws -> ImportReport.Entry {
        try #require(report.entries.first { $0.key == key && (file == nil || $0.file == file) }, "no \(key)")
    }

    /// What `dorc-synth check` says of what is written.
    var findings: [Diagnostic] {
        var tree = MemoryTree([:])
        for file in result.files {
            switch file.content {
            case .text(let text): tree.files[file.path] = Array(text.utf8)
            case .copy(let path): tree.files[file.path] = source.files[path]
            }
        }
        var diagnostics = Diagnostics()
        _ = ConfigRepository.read(tree, into: &diagnostics)?.resolve(into: &diagnostics)
        return diagnostics.sorted
    }

    var errors: [String] {
        findings.filter { $0.severity == .error }.map {
            "\($0.range.path):\($0.range.start.line): \($0.id): \($0.summary)"
        }
    }
}

/// What the report says of the files that are written, looked up in them.
extension AirflowImport {
    /// Targets that are not there.
    var missingTargets: [String] {
        var missing: [String] = []
        var documents: [String: YAMLNode] = [:]
        for file in result.files where file.path.hasSuffix(".yaml") {
            var diagnostics = Diagnostics()
            guard case .text(let text) = file.content else { continue }
            documents[file.path] = YAMLReader.read(SourceFile(path: file.path, text: text), into: &diagnostics)
        }
        for entry in report.entries where entry.outcome != .noEquivalent {
            guard let target = entry.target else { continue }
            let parts = target.split(separator: ": ", maxSplits: 1).map(String.init)
            let isWritten = result.files.contains { $0.path == parts[0] }
            let hasKey =
                parts.count == 1
                || documents[parts[0]].map { Self.has($0, parts[1].split(separator: ".").map(String.init)[...]) }
                    ?? false
            if !isWritten || !hasKey { missing.append("\(entry.key) -> \(target)") }
        }
        return missing
    }

    /// `steps[1].arguments`, by its own reading of such paths.
    private static func has(_ node: YAMLNode, _ words: ArraySlice<String>) -> Bool {
        guard let word = words.first else { return true }
        let pieces = word.split(separator: "[").map(String.init)
        guard case .mapping(let entries) = node.content, let name = pieces.first,
            var value = entries.first(where: { $0.key == name })?.value
        else { return false }
        for piece in pieces.dropFirst() {
            guard case .sequence(let items) = value.content, let index = Int(piece.dropLast()),
                items.indices.contains(index)
            else { return false }
            value = items[index]
        }
        return has(value, words.dropFirst())
    }

    /// Comments that say TODO, without the sign.
    var todos: [String] {
        result.files.flatMap { file -> [String] in
            guard case .text(let text) = file.content else { return [] }
            return text.split(separator: "\n").compactMap { line in
                guard let place = line.firstRange(of: "# TODO ") else { return nil }
                return String(line[place.upperBound...])
            }
        }
    }

    /// Decisions about the project, which no key of the source says.
    private static let ofProject = ["region: ", "account: ", "vpc_id, private_subnet_ids: ", "environment: the path"]

    /// Entries of the report that say that there is a TODO.
    var decisions: Int { report.entries.count(where: \.isDecision) }

    /// TODOs that no entry of the report is about.
    var strayTodos: [String] {
        let places = Set(report.entries.filter(\.isDecision).map { "\($0.file):\($0.line)" })
        return todos.filter { todo in
            if Self.ofProject.contains(where: todo.hasPrefix) { return false }
            let parts = todo.split(separator: ": ").map(String.init)
            return parts.count < 2 || !places.contains(parts[1])
        }
    }
}

extension YAMLNode {
    /// How many keys it has whose values have no keys of their own: counted on its own, for comparison with the report.
    var leaves: Int {
        switch content {
        case .scalar: 0
        case .mapping(let entries):
            entries.reduce(0) { $0 + ($1.value.isLeaf ? 1 : $1.value.leaves) }
        case .sequence(let items):
            // In a list that has more than scalars, each item counts.
            items.reduce(0) { $0 + ($1.isLeaf ? 1 : $1.leaves) }
        }
    }

    private var isLeaf: Bool {
        switch content {
        case .scalar: true
        case .mapping(let entries): entries.isEmpty
        case .sequence(let items):
            items.allSatisfy { if case .scalar = $0.content { true } else { false } }
        }
    }

    static func leaves(of text: String) throws -> Int {
        var diagnostics = Diagnostics()
        let root = YAMLReader.read(SourceFile(path: "x.yml", text: text), into: &diagnostics)
        return try #require(root, "\(diagnostics.sorted.map(\.summary)): \(text)").leaves
    }
}
