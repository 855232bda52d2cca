import ArgumentParser

/// What `main.swift` runs.
package enum Program {
    package static func run() {
        StandardStreams.prepare()
        let words = Array(CommandLine.arguments.dropFirst())
        if let script = CompletionScript(words) {
            Console().result(script.text)
        } else if let word = words.first, let mistake = CommandWord.mistake(word) {
            // Before it is parsed: what comes after `deploy` would be told as the mistake.
            DorcSynthCommand.exit(withError: ValidationError(mistake))
        } else if let command = UsualCommand(words) {
            do {
                let status = try command.run()
                if status != .success { status.end() }
            } catch {
                WrongUsage.end(error, of: command.type)
            }
        } else {
            var command: any ParsableCommand = DorcSynthCommand()
            do {
                command = try DorcSynthCommand.parseAsRoot(words)
                try command.run()
            } catch {
                WrongUsage.end(error, of: type(of: command))
            }
        }
    }
}

/// The program: one subcommand a file in this folder. Without the name of one it synthesizes.
///
/// Every command gives its name: to make one of the type costs a millisecond at each start.
struct DorcSynthCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dorc-synth",
        abstract: "Turn a config repository of data pipelines into CloudFormation templates.",
        discussion: """
            EXAMPLES
              dorc-synth new project census-demo   create a config repository
              dorc-synth check                     report every mistake
              dorc-synth out/                      write the templates to out/
              dorc-synth out/ --check              fail if out/ is not up to date
              dorc-synth diff                      say what a change means in AWS
              dorc-synth list                      list the pipelines
              dorc-synth schedule                  show when they start
              dorc-synth graph --format html       draw the pipelines, for a browser
              dorc-synth run raw/census            run a pipeline on this computer
              dorc-synth test                      run the cases beside the pipelines
              dorc-synth import airflow ../old     move in from another tool

            EXIT STATUS
              0   success
              1   mistakes in the project, or differences with --check
              64  incorrect usage
            """,
        version: BuildInformation.text,
        subcommands: [
            Synth.self, Check.self, Diff.self, New.self,
            ScheduleCommand.self,
            ListCommand.self,
            ExplainCommand.self,
            Graph.self,
            Schema.self,
            RunCommand.self,
            TestCommand.self,
            Import.self,
        ],
        defaultSubcommand: Synth.self)

    /// Of the subcommands. To ask their types takes time at each start.
    static let names = [
        "synth", "check", "diff", "new",
        "schedule", "list", "explain", "graph", "schema",
        "run", "test",
        "import",
    ]
}

enum ExitStatus: Int32 {
    case success = 0
    case mistakes = 1

    /// Under `--check`.
    static let differences = mistakes
    /// Of the system.
    static let failure = mistakes

    func check() throws {
        if self != .success { throw ExitCode(rawValue) }
    }

    func end() -> Never { Surroundings.end(rawValue) }
}

enum DiagnosticsFormat: String, ExpressibleByArgument, CaseIterable {
    case text, json, github, sarif

    /// Whether the diagnostics are one document, which has standard output to itself.
    var isDocument: Bool { self == .json || self == .sarif }
}

/// What every command that reads a config repository takes.
struct ReadingOptions: ParsableArguments {
    static let configHelp = ArgumentHelp(
        "Read this config repository. (default: the nearest dorc.yaml, in this folder or above, else CONFIG_REPO_PATH)",
        valueName: "dir")

    @Option(help: Self.configHelp, completion: .directory)
    var config: String?

    @Option(
        help: ArgumentHelp(
            "Print diagnostics as text to standard error; or to standard output as json, as sarif for code scanning, or as github"
                + " for annotations of GitHub Actions, in addition to the text.", valueName: "format"))
    var diagnosticsFormat: DiagnosticsFormat = .text

    struct Values: Equatable {
        var config: String?
        var diagnosticsFormat = DiagnosticsFormat.text
    }

    var options: Values { Values(config: config, diagnosticsFormat: diagnosticsFormat) }
}
