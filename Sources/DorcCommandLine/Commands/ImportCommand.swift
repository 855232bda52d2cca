import ArgumentParser
import DorcImport
import DorcText

/// `dorc-synth import`: a config repository from another tool's definitions. Each tool is one subcommand.
struct Import: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Write a config repository from another tool's definitions.",
        discussion: """
            Never overwrites a file: if one is in the way, or a file of FOLDER cannot be read, nothing is written. The report \
            says what became of every key: taken over, differs, or no equivalent.

            EXAMPLES
              dorc-synth import airflow ../airflow --into pipelines
              dorc-synth import dorc ../census-pipelines --into census

            \(ImportOptions.exitStatus)
            """,
        subcommands: [ImportDorc.self, ImportAirflow.self])
}

/// What every importer takes.
struct ImportOptions: ParsableArguments {
    /// Of every importer, for its help.
    static let exitStatus = """
        EXIT STATUS
          0   imported
          1   a file of FOLDER cannot be read and nothing is written, or
              `dorc-synth check` finds mistakes in what is written
          64  incorrect usage, nothing to import, or a file is in the way
        """

    @Argument(help: ArgumentHelp("Import what this folder defines.", valueName: "folder"), completion: .directory)
    var folder: String

    @Option(
        help: ArgumentHelp(
            "Write the config repository to this folder; FOLDER itself imports in place. (default: a new one, named like the project)",
            valueName: "dir"),
        completion: .directory)
    var into: String?

    @Flag(help: "Write nothing; report what would be written.")
    var dryRun = false

    @Flag(help: "Print the report as JSON; its paths are relative to FOLDER.")
    var json = false

    struct Values {
        var folder: String
        var into: String?
        var isDryRun: Bool
        var isJSON: Bool
    }

    /// Reads, imports by `importer`, writes and reports.
    func run(_ importer: (any SourceTree) throws -> ImportResult) throws {
        let values = Values(
            folder: folder, into: into.flatMap { $0.isEmpty ? nil : $0 }, isDryRun: dryRun, isJSON: json)
        let run = try ImportRun(values, console: Console())
        try run.finish(importer(run.source)).check()
    }
}
