import ArgumentParser
import DorcTemplates
import DorcText

extension TemplateFormat: ExpressibleByArgument {}

/// `dorc-synth [synth] out/`: compiles the config repository and writes its templates.
struct Synth: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "synth",
        abstract: "Write the CloudFormation templates of a config repository. (default)",
        discussion: """
            Files that have not changed are left alone, files of an earlier run that no longer belong are removed, and \
            files that dorc did not write are never touched. Where there is a mistake, nothing is written.

            EXAMPLES
              dorc-synth out/
              dorc-synth out/ --config pipelines/ --environment dev --format json
              dorc-synth out/ --check
            """)

    @Argument(help: "The folder for the templates; it is made where it is missing.", completion: .directory)
    var output: String?

    @OptionGroup var options: ConfigOptions

    @Option(help: ArgumentHelp("Only this environment's stacks; may be repeated.", valueName: "name"))
    var environment: [String] = []

    @Option(help: ArgumentHelp("Only this pipeline's stacks; may be repeated.", valueName: "layer/name"))
    var pipeline: [String] = []

    @Option(help: "The form of the templates.")
    var format: TemplateFormat = .yaml

    @Flag(help: "Write nothing; show what differs, and fail where something does.")
    var check = false

    @Flag(help: "No summary.")
    var quiet = false

    func run() throws {
        let start = ContinuousClock.now
        let console = Console()
        if let output, let mistake = CommandWord.mistake(output, commands: DorcSynthCommand.names) {
            throw ValidationError(mistake)
        }
        let folder = try ConfigLocation.resolve(options.config)
        guard let output, !output.isEmpty else {
            throw ValidationError("name the folder for the templates, as in `dorc-synth out/`")
        }
        let earlier = EarlierManifest(Folders.trimmed(output))
        var compilation = try Compilation(folder: folder, output: output, earlier: earlier.manifest)
        guard let graph = compilation.graph, !compilation.diagnostics.hasErrors else {
            console.report(compilation.diagnostics, as: options.diagnosticsFormat)
            throw ExitCode(1)
        }
        let selection = try StackSelection(graph, environments: environment, pipelines: pipeline)
        let run = SynthRun(
            graph: graph, selection: selection, format: format, output: Folders.trimmed(output),
            earlier: earlier, console: console,
            // JSON has standard output to itself.
            show: { options.diagnosticsFormat == .json ? console.say($0) : console.result($0) })
        do {
            let summary = check ? try run.check(&compilation.diagnostics) : try run.write(&compilation.diagnostics)
            console.report(compilation.diagnostics, as: options.diagnosticsFormat)
            if compilation.diagnostics.hasErrors { throw ExitCode(1) }
            console.say(summary.warnings)
            if !quiet { console.say(summary.text(check: check, since: start)) }
            if check && summary.hasDifferences { throw ExitCode(1) }
        } catch let error as OutputError {
            console.report(compilation.diagnostics, as: options.diagnosticsFormat)
            console.say("error: \(error)\n")
            throw ExitCode(1)
        }
    }
}
