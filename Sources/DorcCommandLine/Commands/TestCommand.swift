import ArgumentParser
import DorcModel
import DorcRun
import DorcText

/// `dorc-synth test`: runs the cases beside the pipelines.
struct TestCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "test",
        abstract: "Run the cases of pipelines on this computer.",
        discussion: """
            A case is an input and how the run has to end, in a file src/<layer>/<pipeline>/tests/*.yaml. Nothing waits in a \
            case: neither `wait` steps nor retries. The results are printed to standard output. It needs what `run` needs. \
            See docs/testing.md in dorc's repository.

            EXAMPLES
              dorc-synth test
              dorc-synth test raw/census --case "no rows"
              dorc-synth test --environment prod --jobs 4 --junit report.xml

            EXIT STATUS
              0    all cases passed
              1    one failed, or the project has mistakes
              64   incorrect usage, or no cases to run
              130  interrupted
            """)

    @Argument(
        help: ArgumentHelp("Run the cases of these pipelines. (default: all)", valueName: "layer/name"),
        completion: ProjectNames.pipelines)
    var pipelines: [String] = []

    @OptionGroup var options: TestOptions

    @OptionGroup var local: LocalOptions

    func run() throws {
        try run(Console()).check()
    }

    private func run(_ console: Console) throws -> ExitStatus {
        guard
            let prepared = try RunPreparation(
                local, pipelines: pipelines, console: console),
            let cases = prepared.cases(of: pipelines)
        else { return .mistakes }
        guard !cases.isEmpty else { throw WrongChoice(hint(prepared.project)) }
        guard var plan = prepared.plan(cases.map(\.pipeline)) else { return .mistakes }
        for (pipeline, cases) in cases { plan.add(cases, of: pipeline) }
        return try RunnerProcess(python: local.python).run(plan, options: options.words, console: console)
    }

    /// What to write in a project without cases.
    private func hint(_ project: Project) -> String {
        let pipeline = project.pipelines.first { pipelines.isEmpty || pipelines.contains($0.id.description) }
        guard let pipeline else { return "the project has no pipeline" }
        let folder = pipeline.file.path.split(separator: "/").dropLast().joined(separator: "/")
        let subject = pipelines.count == 1 ? "`\(pipeline.id)` has" : "the pipelines have"
        return """
            \(subject) no cases: write some, as in `\(folder)/tests/first.yaml`
              cases:
                - name: what the case shows
                  input: {}
                  expect: {output: {}}
            """
    }
}

/// What the runner is told, each option under its own name there (`options.py`).
struct TestOptions: ParsableArguments {
    @Option(
        name: [.customLong("case"), .customShort("k")],
        help: ArgumentHelp("Run only cases with this text in `layer/name: case`.", valueName: "text"))
    var text: String?

    @Option(help: ArgumentHelp("Run this many cases at once. (default: 1)", valueName: "n"))
    var jobs: Int?

    @Option(
        help: ArgumentHelp("Write the results to this file too, as JUnit XML.", valueName: "file"),
        completion: .file())
    var junit: String?

    @Flag(help: "Print the results as JSON, one object on each line.")
    var json = false

    @Option(
        help: ArgumentHelp(
            "Read the values of secrets from this file: lines NAME=value, or JSON; those of a case win. (default: the environment)",
            valueName: "file"), completion: .file())
    var secrets: String?

    @Option(
        help: ArgumentHelp("Use this folder in place of S3: DIR/<bucket>/<key>.", valueName: "dir"),
        completion: .directory)
    var s3: String?

    @Option(
        help: ArgumentHelp(
            "Run at most this many functions of a case at once. (default: four for each core, at least 8)",
            valueName: "n"
        ))
    var processes: Int?

    /// In one word each, so that a value may begin with a hyphen.
    var words: [String] {
        let values = [
            ("case", text), ("jobs", jobs.map(String.init)), ("junit", junit), ("secrets", secrets), ("s3", s3),
            ("processes", processes.map(String.init)),
        ]
        return ["--test"] + LocalOptions.words(values) + (json ? ["--json"] : [])
    }
}
