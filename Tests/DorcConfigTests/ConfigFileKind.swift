import DorcConfig
import DorcText
import DorcYAML
import Foundation

/// dorc.yaml or pipeline.yaml.
enum ConfigFileKind: String, CaseIterable {
    case project = "dorc.yaml"
    case pipeline = "pipeline.yaml"

    var shape: ObjectShape {
        switch self {
        case .project: ProjectFile.type.shape
        case .pipeline: PipelineFile.type.shape
        }
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
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        return ["examples", "Tests"].flatMap { folder in
            let all = FileManager.default.enumerator(atPath: root.appending(path: folder).path)?.allObjects ?? []
            return all.compactMap { $0 as? String }.filter { $0.hasSuffix("/" + rawValue) }.sorted().compactMap {
                path in
                let url = root.appending(path: folder).appending(path: path)
                return (try? String(contentsOf: url, encoding: .utf8)).map { ("\(folder)/\(path)", $0) }
            }
        }
    }
}
