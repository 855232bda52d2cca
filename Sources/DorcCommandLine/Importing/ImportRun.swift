import ArgumentParser
import DorcConfig
import DorcImport
import DorcText

/// What every importer's command does with what its importer made: looks at it as `check` would, writes it, and reports.
struct ImportRun {
    let source: DiskTree
    let options: ImportOptions.Values
    let console: Console

    /// A file that is copied is held in memory. One that is larger is no part of a function.
    private static let largestFile = 64 << 20

    init(_ options: ImportOptions.Values, console: Console) throws {
        if (try? FileSystem.status(options.folder)) != nil, !FileSystem.isFolder(options.folder) {
            throw ValidationError("`\(options.folder)` is not a folder")
        }
        do {
            source = try DiskTree(root: options.folder)
        } catch {
            throw ValidationError("`\(options.folder)` cannot be read: \(error.reason.words)")
        }
        self.options = options
        self.console = console
    }

    func finish(_ result: ImportResult) throws -> ExitStatus {
        let root = options.into ?? result.project
        var mistakes = result.mistakes
        var files: [ScaffoldFile] = []
        if mistakes.isEmpty {
            guard !result.files.isEmpty else {
                // The report says why, where the folder has anything that is known.
                if options.isJSON {
                    console.result(JSONPretty.file(json(result, [], Diagnostics(), isWritten: false)))
                } else if !result.report.entries.isEmpty {
                    console.result(text(result.report))
                }
                throw ValidationError("there is nothing to import in `\(options.folder)`")
            }
            files = contents(of: result.files, in: root, &mistakes)
        }
        guard mistakes.isEmpty else { return refuse(result, mistakes) }
        let findings = try findings(files, in: root)
        let writer = ScaffoldWriter(root: root)
        do throws(ScaffoldError) {
            if options.isDryRun { try writer.check(files) } else { try writer.write(files) }
        } catch {
            switch error {
            case .existing, .notAFolder, .outside: throw ValidationError(error.description)
            default: throw error
            }
        }
        // Warnings and notes are for when the decisions are made: most are about them.
        console.report(Self.shown(findings.errors, in: root), as: .text, of: root)
        files.sort { $0.path < $1.path }
        if options.isJSON {
            console.result(JSONPretty.file(json(result, files, findings, isWritten: !options.isDryRun)))
        } else {
            console.result(text(result, files, in: root))
            next(result, root, findings)
        }
        return findings.hasErrors ? .mistakes : .success
    }

    /// A folder that can be read in part only is not imported in part: what is missing would be missed later.
    private func refuse(_ result: ImportResult, _ mistakes: [ImportMistake]) -> ExitStatus {
        var findings = Diagnostics()
        for mistake in mistakes { findings.report(.notImported(mistake)) }
        console.report(Self.shown(findings, in: options.folder), as: .text, of: options.folder)
        if options.isJSON {
            var result = result
            result.mistakes = mistakes
            console.result(JSONPretty.file(json(result, [], Diagnostics(), isWritten: false)))
        }
        console.say("Nothing was written.\n")
        return .mistakes
    }

    /// With paths as the user would type them from the current folder.
    private static func shown(_ findings: Diagnostics, in folder: String) -> Diagnostics {
        var files: [ObjectIdentifier: SourceFile] = [:]
        func shown(_ range: SourceRange) -> SourceRange {
            let id = ObjectIdentifier(range.file)
            let path = ["", "."].contains(range.path) ? folder : New.shown(range.path, in: folder)
            let file = files[id] ?? SourceFile(path: path, bytes: range.file.bytes)
            files[id] = file
            return SourceRange(file: file, start: range.start, end: range.end)
        }
        var result = Diagnostics()
        for var finding in findings.sorted {
            finding.range = shown(finding.range)
            for index in finding.notes.indices { finding.notes[index].range = shown(finding.notes[index].range) }
            result.report(finding)
        }
        return result
    }

    /// Files that would be copied onto themselves are there already.
    private func contents(
        of imported: [ImportedFile], in root: String, _ mistakes: inout [ImportMistake]
    ) -> [ScaffoldFile] {
        var files: [ScaffoldFile] = []
        let place = source.position(ofOutside: root)
        for file in imported {
            switch file.content {
            case .text(let text): files.append(ScaffoldFile(path: file.path, text: text))
            case .copy(let path):
                if let place, (place.isEmpty ? file.path : "\(place)/\(file.path)") == path { continue }
                do throws(SourceTreeError) {
                    let content = try source.content(of: path, limit: Self.largestFile)
                    files.append(
                        ScaffoldFile(path: file.path, contents: content.bytes, isExecutable: content.isExecutable))
                } catch {
                    mistakes.append(
                        ImportMistake(at: .whole(path), "the file cannot be copied: \(error.reason.words)"))
                }
            }
        }
        return files
    }

    /// What `dorc-synth check` will say.
    private func findings(_ files: [ScaffoldFile], in root: String) throws -> Diagnostics {
        var upper = MemoryTree([:])
        for file in files {
            upper.files[file.path] = file.contents
            if file.isExecutable { upper.executable.insert(file.path) }
        }
        let lower = FileSystem.isFolder(root) ? try DiskTree(root: root) : nil
        var diagnostics = Diagnostics()
        let tree = LayeredTree(upper: upper, lower: lower)
        _ = ConfigRepository.read(tree, into: &diagnostics)?.resolve(into: &diagnostics)
        return diagnostics
    }

    private func text(_ result: ImportResult, _ files: [ScaffoldFile], in root: String) -> String {
        let paths = files.map { "  \(New.shown($0.path, in: root))\n" }.joined()
        return "\(options.isDryRun ? "Would write" : "Written") (\(files.count))\n\(paths)\n\(text(result.report))"
    }

    /// What became of each key, then of each file, and of all in the last line.
    private func text(_ report: ImportReport) -> String {
        let files = report.files
        var text = report.text
        if files.count > 1 {
            var table = TextTable([
                .init(title: "FILE"), .init(title: "TAKEN OVER"), .init(title: "DIFFERS"),
                .init(title: "NO EQUIVALENT"),
                .init(title: "TODO"),
            ])
            table.rows = files.map { file in
                [file.file] + [file.takenOver, file.differs, file.noEquivalent, file.decisions].map { "\($0)" }
            }
            text += table.render(width: nil) + "\n"
        }
        return "\(text)\(report.summary)\n"
    }

    private func json(
        _ result: ImportResult, _ files: [ScaffoldFile], _ findings: Diagnostics, isWritten: Bool
    ) -> JSONValue<String> {
        .members([
            "project": .text(result.project),
            "isWritten": .boolean(isWritten),
            "files": .texts(files.map(\.path)),
            "mistakes": .list(
                result.mistakes.map {
                    .members([
                        "file": .text($0.range.path), "line": .integer($0.range.start.line),
                        "column": .integer($0.range.start.column), "words": .text($0.words),
                    ])
                }),
            "errors": .integer(findings.sorted.count { $0.severity == .error }),
            "report": result.report.json,
        ])
    }

    private func next(_ result: ImportResult, _ root: String, _ findings: Diagnostics) {
        guard !options.isDryRun else { return }
        // More than the report's: some are in what was written because the other tool has no word for it, as the account.
        let isDue = result.files.contains { file in
            if case .text(let text) = file.content { text.contains("TODO") } else { false }
        }
        let decisions = isDue ? "look for TODO in `\(root)`, then " : ""
        let others = findings.sorted.count { $0.severity != .error }
        let remarks =
            others == 0 ? "" : ", which has \(others) \(others == 1 ? "warning or note" : "warnings and notes") so far"
        New.hint("Next: \(decisions)run `dorc-synth check --config \(ShellWord.quoted(root))`\(remarks).")
    }
}

extension Diagnostics {
    fileprivate var errors: Diagnostics {
        var errors = Diagnostics()
        for finding in sorted where finding.severity == .error { errors.report(finding) }
        return errors
    }
}

extension Diagnostic {
    static func notImported(_ mistake: ImportMistake) -> Diagnostic {
        let cure = mistake.range.file.bytes.isEmpty ? "make it readable, or move it" : "correct it, or move the file"
        return Diagnostic(
            .notImported, at: mistake.range, mistake.words, help: "\(cure) out of the folder; then import again")
    }
}

extension SourceTreeError.Reason {
    var words: String {
        switch self {
        case .missing: "it does not exist"
        case .tooLarge(let bytes, let limit): "it has \(bytes) bytes, more than \(limit)"
        case .notAFile(let kind): "it is \(kind)"
        case .system(let message): message
        }
    }
}
