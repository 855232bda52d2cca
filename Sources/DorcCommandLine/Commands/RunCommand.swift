import ArgumentParser
import DorcModel
import DorcRun

/// `dorc-synth run`: the compiled state machine of a pipeline, run on this computer.
struct RunCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Run a pipeline on this computer, without AWS and without Docker.",
        discussion: """
            What runs is the compiled state machine, with your own handlers. The output of the run is printed as JSON to \
            standard output; what happens, and what the handlers print, goes to standard error. It needs Python 3.10 or \
            later with jsonata-python and the packages that the handlers import. See docs/testing.md in dorc's repository.

            EXAMPLES
              dorc-synth run raw/census
              dorc-synth run raw/census --input '{"full": true}' --environment prod
              dorc-synth run raw/census --event s3:landing/2031.csv --s3 buckets/
              dorc-synth run raw/census --event schedule --secrets secrets.env
              dorc-synth run raw/census --mock answers.yaml
              dorc-synth run raw/census --from validate    continue where it failed
              dorc-synth run raw/census --only validate    one step, on its event
              dorc-synth run raw/census --debug validate   stop in Python's debugger

            EXIT STATUS
              0    the run succeeded
              1    it failed, or the project has mistakes
              64   incorrect usage, or a secret or package is missing
              130  interrupted
            """)

    @Argument(
        help: ArgumentHelp("Run this pipeline. (default: the only one)", valueName: "layer/name"),
        completion: ProjectNames.pipelines)
    var pipeline: String?

    @Option(
        help: ArgumentHelp(
            "Take the answers of steps that cannot run here, or should not, from this file: YAML, step to answer.",
            valueName: "file"), completion: .file())
    var mock: String?

    @OptionGroup var options: RunnerOptions

    @OptionGroup var local: LocalOptions

    func run() throws {
        try run(Console()).check()
    }

    private func run(_ console: Console) throws -> ExitStatus {
        guard
            let prepared = try RunPreparation(
                local, pipelines: pipeline.map { [$0] } ?? [],
                hasNotes: !options.json, console: console)
        else { return .mistakes }
        let named = prepared.project.pipelines.first { $0.id.description == self.pipeline }
        let pipeline = try named?.id ?? only(of: prepared.project)
        guard var plan = prepared.plan([pipeline]) else { return .mistakes }
        if let mock {
            guard let mocks = try prepared.mocks(mock, of: pipeline) else { return .mistakes }
            plan.add(mocks: mocks)
        }
        // For the commands that a run which fails suggests.
        let given = LocalOptions.words([("mock-file", mock), ("python", local.python)])
        return try RunnerProcess(python: local.python).run(plan, options: options.words + given, console: console)
    }

    private func only(of project: Project) throws -> PipelineID {
        let names = project.pipelines.map(\.id)
        if let only = names.first, names.count == 1 { return only }
        let shown = names.prefix(12).map { "`\($0)`" }.joined(separator: ", ")
        let more = names.count > 12 ? " and \(names.count - 12) more" : ""
        throw WrongChoice(
            names.isEmpty ? "the project has no pipeline" : "say which pipeline; there are \(shown)\(more)")
    }
}

/// What the runner is told, each option under its own name there (`options.py`).
struct RunnerOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Give the run this input, or that of a file; - is standard input. (default: {})", valueName: "json|@file|-"
        ))
    var input: String?

    @Option(
        help: ArgumentHelp(
            "Give the run the input that a trigger sends: schedule, schedule:NAME or s3:BUCKET/KEY.", valueName: "event"
        ))
    var event: String?

    @Option(
        help: ArgumentHelp(
            "Read the values of secrets from this file: lines NAME=value, or JSON. (default: the environment)",
            valueName: "file"), completion: .file())
    var secrets: String?

    @Option(
        help: ArgumentHelp("Use this folder in place of S3: DIR/<bucket>/<key>.", valueName: "dir"),
        completion: .directory)
    var s3: String?

    @Flag(help: "Do not wait in `wait` steps and before retries.")
    var fastWait = false

    @Option(
        help: ArgumentHelp("Go on at this step, with the results of the run before.", valueName: "step"),
        completion: ProjectNames.steps)
    var from: String?

    @Option(
        help: ArgumentHelp(
            "Run one step, or one function, alone: on --input, or on its event of the run before.", valueName: "step"),
        completion: ProjectNames.steps)
    var only: String?

    @Option(
        help: ArgumentHelp("Stop in Python's debugger where this step's function begins.", valueName: "step"),
        completion: ProjectNames.steps)
    var debug: String?

    @Flag(help: "Print what happens as JSON, one object on each line.")
    var json = false

    @Option(
        help: ArgumentHelp(
            "Run at most this many functions at once. (default: four for each core, at least 8)", valueName: "n"))
    var processes: Int?

    @Option(
        help: ArgumentHelp(
            "Keep the state for --from in this folder. (default: .dorc/runs in the config repository)",
            valueName: "dir"), completion: .directory)
    var state: String?

    /// In one word each, so that a value may begin with a hyphen.
    var words: [String] {
        let values = [
            ("input", input), ("event", event), ("secrets", secrets), ("s3", s3), ("from", from), ("only", only),
            ("debug", debug), ("processes", processes.map(String.init)), ("state", state),
        ]
        return LocalOptions.words(values)
            + [("fast-wait", fastWait), ("json", json)].compactMap { $1 ? "--\($0)" : nil }
    }
}
