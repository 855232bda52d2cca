import DorcConfig
import DorcTestSupport
import DorcText
import DorcYAML
import Foundation

/// dorc.yaml, pipeline.yaml or a file with cases.
enum ConfigFileKind: String, CaseIterable {
    case project = "dorc.yaml"
    case pipeline = "pipeline.yaml"
    case cases = "tests/cases.yaml"

    var shape: ObjectShape {
        switch self {
        case .project: ProjectFile.type.shape
        case .pipeline: PipelineFile.type.shape
        case .cases: CaseFile.type.shape
        }
    }

    /// Fewer than these of a kind would mean that a test did not look at them.
    var least: (candidates: Int, files: Int, defaults: Int) {
        self == .cases ? (1000, 3, 0) : (3000, 150, 10)
    }

    func node(_ text: String) -> YAMLNode? {
        var diagnostics = Diagnostics()
        return YAMLReader.read(SourceFile(path: rawValue, text: text), into: &diagnostics)
    }

    /// What decoding says, and the same after what it read was written and read again; nil where the file is not YAML.
    func decoded(_ text: String) -> (findings: [Diagnostic], survives: Bool)? {
        guard let node = node(text) else { return nil }
        return switch self {
        case .project: decoded(node, ProjectFile.type)
        case .pipeline: decoded(node, PipelineFile.type)
        case .cases: decoded(node, CaseFile.type)
        }
    }

    func findings(_ text: String) -> [Diagnostic] { decoded(text)?.findings ?? [] }

    private func decoded<File: Section>(_ node: YAMLNode, _ type: ObjectType<File>) -> ([Diagnostic], Bool) {
        var diagnostics = Diagnostics()
        guard let file = type.decode(node, &diagnostics) else { return (diagnostics.sorted, true) }
        var ignored = Diagnostics()
        let encoded = type.encode(file)
        let again = type.decode(encoded, &ignored)
        let text = YAMLText.file(encoded)
        // Aliases are written out: the file can be larger than one that is read.
        guard text.utf8.count <= YAMLLimits().bytes else { return (diagnostics.sorted, again == file) }
        let read = self.node(text).flatMap { type.decode($0, &ignored) }
        return (diagnostics.sorted, again == file && read == file)
    }

    /// Every file of this kind in the repository's examples and tests.
    var files: [(path: String, text: String)] {
        return ["examples", "Tests"].flatMap { folder in
            let all =
                FileManager.default.enumerator(atPath: Folders.root.appending(path: folder).path)?.allObjects ?? []
            return all.compactMap { $0 as? String }.filter(isOne).sorted().compactMap { path in
                let url = Folders.root.appending(path: folder).appending(path: path)
                return (try? String(contentsOf: url, encoding: .utf8)).map { ("\(folder)/\(path)", $0) }
            }
        }
    }

    private func isOne(_ path: String) -> Bool {
        guard self == .cases else { return path.hasSuffix("/" + rawValue) }
        let parts = path.split(separator: "/")
        return parts.count > 4 && parts[parts.count - 5] == "src" && parts[parts.count - 2] == "tests"
            && path.hasSuffix(".yaml")
    }
}
