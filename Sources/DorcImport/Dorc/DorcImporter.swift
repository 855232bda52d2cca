internal import DorcConfig
package import DorcText
internal import DorcYAML

/// A repository of the Python original to a config repository of dorc.
///
///     SourceTree
///       -> OriginalRepository    what is in it                                     (OriginalRepository)
///       -> PythonFacts           what its Python files define; nothing is run      (PythonReader, dorc_reader/)
///       -> PulumiSettings        what Pulumi.yaml and each Pulumi.<environment>.yaml say
///       -> DorcMapping           mapped to sections of dorc's files                (Mapping/)
///     -> ImportResult
package struct DorcImporter {
    private let tree: any SourceTree
    private let python: PythonReader.Run

    /// - Parameter python: runs `PythonReader.program`.
    package init(tree: any SourceTree, python: @escaping PythonReader.Run) {
        self.tree = tree
        self.python = python
    }

    package func result() throws -> ImportResult {
        var repository = OriginalRepository(tree: tree)
        var ledger = ImportLedger()
        var mistakes: [ImportMistake] = []
        let files = repository.definitions.compactMap { repository.read($0) }
        let settings = PulumiSettings(&repository, &ledger, &mistakes)
        let facts = try facts(of: files, &ledger, &mistakes)
        mistakes += repository.mistakes
        // A repository that can be read in part only is not imported in part: what is missing would be missed later.
        guard mistakes.isEmpty else {
            let words = "nothing is imported, since a file cannot be read"
            for mistake in mistakes {
                ledger.remark(.noEquivalent, "(the file)", at: mistake.range, "it cannot be read: \(mistake.words)")
            }
            settings.settleAll(&ledger, words)
            for path in files.map(\.path) { ledger.settle(under: "", in: path, .noEquivalent, words) }
            return ImportResult(project: "project", files: [], ledger: ledger, mistakes: mistakes)
        }
        var mapping = DorcMapping(repository: repository, facts: facts, settings: settings, ledger: ledger)
        mapping.map()
        return ImportResult(
            project: mapping.project.project?.value ?? "project", files: mapping.files, ledger: mapping.ledger)
    }

    /// Where a file makes Python fail, each is read alone, to tell which it is.
    private func facts(
        of files: [SourceFile], _ ledger: inout ImportLedger, _ mistakes: inout [ImportMistake]
    ) throws -> PythonFacts {
        if files.isEmpty { return PythonFacts() }
        let named = Dictionary(files.map { ($0.path, $0) }) { first, _ in first }
        if let output = try python(PythonReader.input(files)),
            let facts = PythonFacts(output, files: named, ledger: &ledger)
        {
            mistakes += facts.errors
            return facts
        }
        let before = mistakes.count
        for file in files where try python(PythonReader.input([file])) == nil {
            mistakes.append(ImportMistake(at: file.wholeFile, "Python fails at it"))
        }
        guard mistakes.count > before else {
            throw ImportFailure(description: "Python does not tell what the files define")
        }
        return PythonFacts()
    }
}

/// Why nothing can be imported.
package struct ImportFailure: Error, CustomStringConvertible {
    package var description: String

    package init(description: String) { self.description = description }
}
