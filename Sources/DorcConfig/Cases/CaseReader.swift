package import DorcModel
package import DorcText
internal import DorcYAML

/// The cases beside the pipelines, for `dorc-synth test` and `dorc-synth check`: nothing that is written depends on them.
///
///     tests/*.yaml  ->  [WrittenCases]       each file as it is written              (CaseFile, in Sections/)
///                                            names, mocks and events against the
///                                            pipelines                               (CaseCheck, MockTargets)
///                   ->  [PipelineCase]       with its variables, in an environment   (CaseResolver)
extension ConfigRepository {
    /// Of all pipelines, or of those that are asked for, by pipeline and file name. Pipelines with mistakes are among them.
    package func cases(
        of wanted: Set<PipelineID>? = nil, in tree: any SourceTree, into diagnostics: inout Diagnostics
    ) -> [WrittenCases] {
        let chosen = pipelines.filter { !$0.caseFiles.isEmpty && wanted?.contains($0.id) ?? true }
        guard !chosen.isEmpty else { return [] }
        let targets = MockTargets(self)
        let results = Parallel.map(chosen) { pipeline in
            var findings = Diagnostics()
            let cases = CaseReader(pipeline: pipeline, tree: tree).cases(into: &findings)
            CaseCheck(pipeline: pipeline, targets: targets).run(cases, into: &findings)
            return (cases, findings)
        }
        for (_, findings) in results { diagnostics.report(contentsOf: findings) }
        return results.map(\.0)
    }

    /// All that can be told of the cases before they run.
    package func checkCases(of project: Project, in tree: any SourceTree, into diagnostics: inout Diagnostics) {
        let cases = cases(in: tree, into: &diagnostics)
        if !cases.isEmpty { CaseResolver(self, project).check(cases, into: &diagnostics) }
    }
}

/// What is in the `tests` folder of a pipeline.
package struct WrittenCases: Sendable {
    package var pipeline: PipelineID
    /// By file name.
    package var files: [CaseFile]
}

/// The files of one pipeline.
struct CaseReader {
    /// The folder beside a pipeline.yaml that has its cases.
    static let folder = Names.caseFolder

    let pipeline: WrittenPipeline
    let tree: any SourceTree

    /// The entries of a `tests` folder that are cases, or were probably meant as such.
    static func caseFiles(among entries: [SourceEntry], of folder: String) -> [CaseFileEntry] {
        entries.filter { entry in
            guard entry.kind != .folder, !entry.name.hasPrefix(".") else { return false }
            return entry.name.hasSuffix(".yaml") || entry.name.hasSuffix(".yml")
        }
        .map { CaseFileEntry(path: "\(folder)/\($0.name)", kind: $0.kind) }
        .sorted { $0.path < $1.path }
    }

    func cases(into diagnostics: inout Diagnostics) -> WrittenCases {
        var written = WrittenCases(pipeline: pipeline.id, files: [])
        for entry in pipeline.caseFiles {
            switch entry.kind {
            case .badLink(let reason): diagnostics.report(.badLink(entry.path, reason: reason))
            case .special(let kind):
                let error = SourceTreeError(path: entry.path, reason: .notAFile(kind.rawValue))
                diagnostics.report(.unreadable(error, at: .whole(entry.path)))
            case .folder: break
            case .file where entry.path.hasSuffix(".yml"): diagnostics.report(.misnamedCases(entry.path))
            case .file:
                guard let (_, root) = YAMLReader.read(entry.path, in: tree, into: &diagnostics),
                    let file = CaseFile.type.decode(root, &diagnostics)
                else { continue }
                for folder in [file.s3] + (file.cases?.value ?? []).map(\.value.s3) {
                    if let folder { check(folder, into: &diagnostics) }
                }
                written.files.append(file)
            }
        }
        return written
    }

    /// Of the key `s3`, relative to the repository's root.
    static func path(_ folder: Located<String>) -> String {
        let parts = folder.range.path.split(separator: "/").dropLast() + folder.value.split(separator: "/")
        return parts.joined(separator: "/")
    }

    private func check(_ folder: Located<String>, into diagnostics: inout Diagnostics) {
        let path = Self.path(folder)
        do throws(SourceTreeError) {
            guard try tree.kind(of: path) != .folder else { return }
            diagnostics.report(.noCaseFolder(path, at: folder.range.firstLine))
        } catch {
            diagnostics.report(.unreadable(error, at: folder.range.firstLine))
        }
    }
}

/// A file of a `tests` folder, as it was found.
package struct CaseFileEntry: Sendable {
    /// Relative to the repository's root.
    var path: String
    var kind: SourceEntry.Kind
}

extension Diagnostic {
    fileprivate static func noCaseFolder(_ path: String, at range: SourceRange) -> Diagnostic {
        Diagnostic(
            .noCaseFolder, at: range, "there is no folder `\(path)`",
            help: "make it, with a folder for each bucket: an object is the file `\(path)/<bucket>/<key>`")
    }

    fileprivate static func misnamedCases(_ path: String) -> Diagnostic {
        let name = path.split(separator: "/").last.map(String.init) ?? path
        return Diagnostic(
            .misnamedCases, at: .whole(path), "`\(name)` is not read: the name of a file with cases ends in `.yaml`",
            help: "rename the file; what is not a case is in a folder inside `\(CaseReader.folder)`",
            replacement: String(name.dropLast(".yml".count)) + ".yaml")
    }
}
