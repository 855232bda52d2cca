extension DiagnosticEntry {
    static func ofFilesAndFolders(_ id: DiagnosticID) -> DiagnosticEntry? {
        switch id {
        case .badLink:
            DiagnosticEntry(
                cause: "a symbolic link leads nowhere, in a cycle or out of the repository",
                cure: "put a copy of the file there, or remove the link",
                example: .words("`src/raw/census/extract/areas.csv` is a symbolic link to `/data/areas.csv`"))
        case .emptyFile:
            DiagnosticEntry(
                cause: "a YAML file is empty, or has nothing but comments",
                cure: "write it: `dorc-synth new` shows what it contains",
                example: .files(["src/raw/survey/pipeline.yaml": "# steps: [extract, load]"]))
        case .foldersTooDeep:
            DiagnosticEntry(
                cause: "more than 64 folders are nested",
                cure: "move the files up",
                example: .words("`src/raw/census/extract/` has 65 folders inside each other"))
        case .misnamedDefinition:
            DiagnosticEntry(
                cause: "a file is called `pipeline.yml`, `dorc.yml` or the like",
                cure: "rename it `pipeline.yaml` or `dorc.yaml`",
                example: .files(["src/raw/survey/pipeline.yml": "steps: [extract, load]"]))
        case .misplacedDefinition:
            DiagnosticEntry(
                .warning,
                cause: "a `pipeline.yaml` is not in a pipeline's folder",
                cure: "move it to `src/<layer>/<pipeline>/`",
                example: .files(["src/raw/pipeline.yaml": "steps: [extract, load]"]))
        case .noDefinition:
            DiagnosticEntry(
                cause: """
                    a folder has functions but no `pipeline.yaml`, or `definition` names a file that does not exist
                    """,
                cure: "write it, or remove the folder",
                example: .pipeline("definition: workflow.asl.yaml"))
        case .noPipelines:
            DiagnosticEntry(
                .warning,
                cause: "the source folder has no pipeline",
                cure: "make one with `dorc-synth new pipeline`",
                example: .words("no folder `src/<layer>/<pipeline>` has a `pipeline.yaml`"))
        case .noSource:
            DiagnosticEntry(
                cause: "the source folder does not exist",
                cure: "make it, or name another one with `source`",
                example: .project("source: pipelines"))
        case .notImported:
            DiagnosticEntry(
                cause: "a file that `dorc-synth import` reads has a mistake, or cannot be read",
                cure: "correct it, or move it out of the folder: nothing is written until every file can be read",
                example: .words("`workflow.yml` of the imported folder has the key `tag` twice"))
        case .unreadable:
            DiagnosticEntry(
                cause: "a file or folder is missing or cannot be read, or a YAML file is above 1 MiB",
                cure: "check its path and permissions, and keep data in files next to the functions",
                example: .words("the user who runs `dorc-synth` may not read `src/raw/census/pipeline.yaml`"))
        default: nil
        }
    }
}
