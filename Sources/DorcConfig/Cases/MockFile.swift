package import DorcModel
package import DorcText
internal import DorcYAML

/// The file of `--mock`: step to answer, as `mocks` of a case.
package enum MockFile {
    /// - Parameter pipeline: the one whose runs they are for.
    /// - Returns: nil where it cannot be read, which is reported. An empty file has no mocks.
    package static func read(
        _ file: SourceFile, for pipeline: PipelineID, in repository: ConfigRepository,
        into diagnostics: inout Diagnostics
    ) -> MockMap? {
        var findings = Diagnostics()
        let root = YAMLReader.read(file, into: &findings)
        defer { diagnostics.report(contentsOf: findings) }
        guard let root else { return findings.hasErrors ? nil : MockMap() }
        guard let mocks = ValueType<MockMap>.mocks.decode(root, &findings) else { return nil }
        if let pipeline = repository.pipelines.first(where: { $0.id == pipeline }) {
            var scope = MockScope(pipeline, among: MockTargets(repository))
            scope.check(mocks, into: &findings)
        }
        return mocks
    }
}
