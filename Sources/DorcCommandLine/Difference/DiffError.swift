import DorcText

/// Why a side of the comparison is not there.
enum DiffError: Error, CustomStringConvertible, Equatable {
    /// Neither a folder nor a revision.
    case notDorcs(String)
    case unreadableManifest(String)
    case laterManifest(String, version: Int)
    case missing(folder: String, template: String)
    case noSide(String, option: String, reason: String)
    case git(String)

    var description: String {
        switch self {
        case .notDorcs(let path):
            "`\(path)` is not a folder of dorc's templates: it has no manifest.json"
        case .unreadableManifest(let path):
            "`\(path)` is not a manifest of dorc's (a merge conflict?): write the templates again with `dorc-synth`"
        case .laterManifest(let path, let version):
            "`\(path)` has version \(version), which a later dorc-synth has written: run that version, or one after it"
        case .missing(let folder, let template):
            "`\(folder)/\(template)` is missing, and the manifest lists it: write the templates again with `dorc-synth`"
        case .noSide(let name, let option, let reason):
            "`\(option) \(name)` is neither a folder nor a revision: \(reason)"
        case .git(let reason): reason
        }
    }
}

/// A project that does not compile.
struct DiagnosedMistakes: Error {
    var diagnostics: Diagnostics
    /// Where it is not the project as it is on the disk.
    var revision: String?
}
