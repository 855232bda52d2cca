import ArgumentParser
import DorcTemplates
import DorcText

extension TemplateFormat: ExpressibleByArgument {}

/// `dorc-synth [synth] out/`: compiles the config repository and writes its templates.
struct Synth: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "synth",
        abstract: "Write the CloudFormation templates of a config repository.",
        discussion: """
            Only files that change are written. Files of an earlier run that are no longer needed are removed; files \
            that dorc did not write are never touched. If there is an error, nothing is written.

            EXAMPLES
              dorc-synth out/
              dorc-synth out/ --config pipelines/ --environment dev --format json
              dorc-synth out/ --check --stat
            """)

    @Argument(
        help: "The folder to write the templates to; created if it does not exist.", completion: .directory)
    var output: String?

    @OptionGroup var reading: ReadingOptions

    @Option(
        help: ArgumentHelp("Write only this environment's stacks; repeat for more.", valueName: "name"),
        completion: ProjectNames.environments)
    var environment: [String] = []

    @Option(
        help: ArgumentHelp("Write only this pipeline's stacks; repeat for more.", valueName: "layer/name"),
        completion: ProjectNames.pipelines)
    var pipeline: [String] = []

    @Option(help: "Write the templates in this format.")
    var format: TemplateFormat = .yaml

    @Flag(help: "Write nothing; print what would change, and fail if anything would.")
    var check = false

    @Flag(help: "With --check: print a line for each file that would change, not the differences.")
    var stat = false

    @Flag(help: "Print no summary.")
    var quiet = false

    func run() throws {
        try options.run().check()
    }

    var options: SynthOptions {
        SynthOptions(
            output: output, reading: reading.options, environments: environment, pipelines: pipeline, format: format,
            check: check, stat: stat, quiet: quiet)
    }
}

/// What `synth` is told.
struct SynthOptions: Equatable {
    var output: String?
    var reading = ReadingOptions.Values()
    var environments: [String] = []
    var pipelines: [String] = []
    var format = TemplateFormat.yaml
    var check = false
    var stat = false
    var quiet = false

    func run() throws -> ExitStatus {
        let start = ContinuousClock.now
        let console = Console()
        if let output, let mistake = CommandWord.mistake(output) { throw ValidationError(mistake) }
        if stat, !check { throw ValidationError("--stat is about what --check finds: use it with --check") }
        let folder = try ConfigLocation.resolve(reading.config)
        guard let output, !output.isEmpty else {
            throw ValidationError("name the folder for the templates, as in `dorc-synth out/`")
        }
        let earlier = EarlierManifest(Folders.trimmed(output))
        var compilation = try Compilation(folder: folder, output: output, earlier: earlier.manifest)
        guard let graph = compilation.graph, !compilation.diagnostics.hasErrors else {
            console.report(compilation.diagnostics, as: reading.diagnosticsFormat, of: folder)
            return .mistakes
        }
        MemoryOfProcess.keep(compilation)
        let selection = try StackSelection(graph, environments: environments, pipelines: pipelines)
        // A document for programs has standard output to itself.
        let isDocument = reading.diagnosticsFormat.isDocument
        let report = DifferenceReport(hasColour: isDocument ? console.hasColour : console.resultHasColour)
        let run = SynthRun(
            graph: graph, selection: selection, format: format, output: Folders.trimmed(output),
            earlier: earlier, console: console, report: report, isBrief: stat,
            show: { isDocument ? console.say($0) : console.result($0) })
        do throws(OutputError) {
            let summary = check ? try run.check(&compilation.diagnostics) : try run.write(&compilation.diagnostics)
            console.report(compilation.diagnostics, as: reading.diagnosticsFormat, of: folder)
            if compilation.diagnostics.hasErrors { return .mistakes }
            console.say(summary.warnings)
            if !quiet { console.say(summary.text(check: check, since: start)) }
            return check && summary.hasDifferences ? .differences : .success
        } catch {
            console.report(compilation.diagnostics, as: reading.diagnosticsFormat, of: folder)
            console.say("error: \(error)\n")
            return .failure
        }
    }
}
