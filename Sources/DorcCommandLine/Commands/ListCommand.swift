import ArgumentParser

/// `dorc-synth list`: the pipelines of a project.
struct ListCommand: ParsableCommand {
    enum Format: String, ExpressibleByArgument, CaseIterable {
        case table, json
    }

    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List the pipelines, with their steps and what starts them.",
        discussion: """
            EXAMPLES
              dorc-synth list
              dorc-synth list --environment prod --format json
              dorc-synth list --access              what each function may do with data
            """)

    @Option(
        help: ArgumentHelp("List what starts them in this environment; repeat for more.", valueName: "name"),
        completion: ProjectNames.environments)
    var environment: [String] = []

    @Flag(help: "List what each function may do with data instead: its access and permissions.")
    var access = false

    @Option(help: "Print a table or JSON.")
    var format: Format = .table

    @Option(help: ReadingOptions.configHelp, completion: .directory)
    var config: String?

    func run() throws {
        let console = Console()
        guard
            let reading = try ProjectReading(
                ReadingOptions.Values(config: config), environments: environment, pipelines: [], console: console)
        else { throw ExitCode(ExitStatus.mistakes.rawValue) }
        if access {
            let list = AccessList(reading)
            console.result(format == .json ? list.json() : list.table(width: TerminalWindow.width))
            return
        }
        let list = PipelineList(reading)
        console.result(format == .json ? list.json() : list.table(width: TerminalWindow.width))
    }
}
