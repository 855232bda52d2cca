internal import DorcModel
internal import DorcText

extension Diagnostic {
    /// `asked` is the key that named the path.
    static func unreadable(_ error: SourceTreeError, at range: SourceRange, asked: String? = nil) -> Diagnostic {
        let summary: String
        var help: String?
        switch error.reason {
        // The name was made readable with the sign of replacement, and nothing is called so.
        case .missing where error.path.unicodeScalars.contains("\u{FFFD}"):
            summary = "the name `\(error.path)` is not UTF-8"
            help = "rename it, to letters of ASCII for the least trouble"
        case .missing:
            summary = "there is no `\(error.path)`"
            help = asked.map { "`\($0)` names it" }
        case .tooLarge(let bytes, let limit):
            summary = "`\(error.path)` has \(bytes) bytes; at most \(limit) are possible"
        case .notAFile(let kind):
            summary = "`\(error.path)` is \(kind), not a file"
            help = "put a regular file in its place"
        case .system(let message):
            summary = "`\(error.path)` cannot be read: \(message)"
            help = "check the file's permissions"
        }
        return Diagnostic(.unreadable, at: range, summary, help: help)
    }

    static func badLink(_ path: String, reason: String) -> Diagnostic {
        Diagnostic(
            .badLink, at: .whole(path), "the symbolic link \(reason)",
            help: "put a copy of the file here, or remove the link")
    }

    static func noDockerfile(_ path: String, _ error: SourceTreeError, at range: SourceRange) -> Diagnostic {
        guard error.reason == .missing else { return .unreadable(error, at: range) }
        return Diagnostic(
            .noDockerfile, at: range, "there is no `\(path)` for the functions' images",
            help: "`dorc-synth new project` makes one; `images.dockerfile` names another")
    }

    static func noSourceFolder(_ path: String, at range: SourceRange) -> Diagnostic {
        Diagnostic(
            .noSource, at: range, "there is no folder `\(path)` with the layers",
            help: "make `\(path)/<layer>/<pipeline>/pipeline.yaml`, or name another folder with `source`")
    }

    static func folderName(_ path: String, _ what: String) -> Diagnostic {
        let name = path.split(separator: "/").last.map(String.init) ?? path
        return Diagnostic(
            .invalidName, at: .whole(path),
            "the folder's name `\(name)` cannot be the name of \(what)", help: Names.folderRule + ": rename the folder",
            replacement: Names.folderName(from: name))
    }

    static func functionNamedTests(_ path: String) -> Diagnostic {
        Diagnostic(
            .invalidName, at: .whole(path), "the folder's name `\(CaseReader.folder)` cannot be the name of a function",
            help: "it has the cases of `dorc-synth test`: rename the folder, or move its `\(FunctionFolder.codeFile)`")
    }

    static func definitionIsFolder(_ path: String) -> Diagnostic {
        Diagnostic(
            .misnamedDefinition, at: .whole(path),
            "`pipeline.yaml` is a folder here, not a file",
            help: "rename the folder, and write the definition as a file")
    }

    static func misnamedDefinition(_ path: String) -> Diagnostic {
        Diagnostic(
            .misnamedDefinition, at: .whole(path),
            "the definition of a pipeline is named `pipeline.yaml`", help: "rename the file",
            replacement: "pipeline.yaml")
    }

    static func misplacedDefinition(_ path: String, source: String) -> Diagnostic {
        Diagnostic(
            .misplacedDefinition, at: .whole(path),
            "this `pipeline.yaml` is left out: it is not in a pipeline's folder",
            help: "a pipeline is a folder `\(source)/<layer>/<pipeline>`: move the file")
    }

    static func noDefinition(_ folder: String) -> Diagnostic {
        Diagnostic(
            .noDefinition, at: .whole(folder),
            "the folder has functions but no `pipeline.yaml`",
            help: "write one, as `dorc-synth new pipeline` does, or move the folder out of the source folder")
    }

    static func noPipelines(in folder: String, at range: SourceRange) -> Diagnostic {
        Diagnostic(
            .noPipelines, at: range, "there is no pipeline below `\(folder)`",
            help:
                "a pipeline is a folder `\(folder)/<layer>/<pipeline>` with a `pipeline.yaml`: `dorc-synth new pipeline`"
        )
    }
}
