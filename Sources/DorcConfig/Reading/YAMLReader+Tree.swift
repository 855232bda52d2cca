internal import DorcText
internal import DorcYAML

extension YAMLReader {
    /// Reads a YAML file of the config repository that has to be there and has to say something; nil, and reported, where
    /// it does not.
    static func read(
        _ path: String, in tree: any SourceTree, into diagnostics: inout Diagnostics
    ) -> (file: SourceFile, root: YAMLNode)? {
        let file: SourceFile
        do {
            file = SourceFile(path: path, bytes: try tree.read(path, limit: YAMLLimits().bytes))
        } catch {
            diagnostics.report(.unreadable(error, at: .whole(path)))
            return nil
        }
        var findings = Diagnostics()
        let root = read(file, into: &findings)
        if root == nil, !findings.hasErrors { findings.report(.emptyFile(file)) }
        diagnostics.report(contentsOf: findings)
        return root.map { (file, $0) }
    }
}

extension Diagnostic {
    fileprivate static func emptyFile(_ file: SourceFile) -> Diagnostic {
        let hasText = file.bytes[file.contentStart...].contains { $0 > 0x20 }
        return Diagnostic(
            .emptyFile, at: file.wholeFile, hasText ? "the file has nothing but comments" : "the file is empty",
            help: "`dorc-synth new` shows what it should contain")
    }
}
