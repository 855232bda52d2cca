internal import DorcConfig
package import DorcText
internal import DorcYAML

/// A repository of the Python original to a config repository of dorc.
///
///     SourceTree
///       -> OriginalRepository    what is in it                                     (OriginalRepository)
///       -> PythonFacts           what its Python files define; nothing is run      (PythonReader, python_reader.py)
///       -> PulumiSettings        what each Pulumi.<environment>.yaml says
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
        for mistake in mistakes {
            ledger.remark(.noEquivalent, "(the file)", at: mistake.range, "it cannot be read: \(mistake.words)")
        }
        var mapping = DorcMapping(repository: repository, facts: facts, settings: settings, ledger: ledger)
        mapping.map()
        return ImportResult(
            project: mapping.project.project?.value ?? "project", files: mapping.files, ledger: mapping.ledger,
            mistakes: mistakes)
    }

    /// One file that makes Python fail must not hide the others: then each is read alone, without the names of the others.
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
        var sound: [SourceFile] = []
        for file in files {
            if try python(PythonReader.input([file])) != nil {
                sound.append(file)
            } else {
                mistakes.append(ImportMistake(at: file.wholeFile, "Python cannot read it"))
            }
        }
        guard sound.count < files.count, let output = try python(PythonReader.input(sound)),
            let facts = PythonFacts(output, files: named, ledger: &ledger)
        else { throw ImportFailure(description: "Python does not tell what the files define") }
        mistakes += facts.errors
        return facts
    }
}

/// Why nothing can be imported.
package struct ImportFailure: Error, CustomStringConvertible {
    package var description: String

    package init(description: String) { self.description = description }
}
