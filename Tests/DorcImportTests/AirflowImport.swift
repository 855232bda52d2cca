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
