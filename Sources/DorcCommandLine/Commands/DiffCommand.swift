import ArgumentParser
import DorcDiff
import DorcText
import Schedules

/// `dorc-synth diff [out/]`: what a change means in AWS.
struct Diff: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "diff",
        abstract: "Say what a change means in AWS; write nothing.",
        discussion: """
            Compares the templates in a folder with those that would be written now, and says by stack what is added, changed, \
            replaced and lost, which permissions become wider, and which steps and schedules change.

            EXAMPLES
              dorc-synth diff                               what out/ would become
              dorc-synth diff --from origin/main            what the branch changes
              dorc-synth diff --from v1.4 --to v1.5         two revisions
              dorc-synth diff --from old/ --to new/         two folders of templates
              dorc-synth diff --from origin/main --format markdown > comment.md
            """)

    @Argument(help: "The folder of the templates. (default: out)", completion: .directory)
    var output: String?

    @Option(
        help: ArgumentHelp(
            "Compare with this revision of git, or with another folder of templates.", valueName: "revision|dir"))
    var from: String?

    @Option(
        help: ArgumentHelp(
            "Compare up to this revision or folder, instead of what would be written now.", valueName: "revision|dir"))
    var to: String?

    @OptionGroup var reading: ReadingOptions

    @Option(
        help: ArgumentHelp("Compare only this environment's stacks; repeat for more.", valueName: "name"),
        completion: ProjectNames.environments)
    var environment: [String] = []

    @Option(
        help: ArgumentHelp("Compare only this pipeline's stacks; repeat for more.", valueName: "layer/name"),
        completion: ProjectNames.pipelines)
    var pipeline: [String] = []

    @Option(help: "Print the difference as text, as Markdown for a pull request's comment, or as JSON.")
    var format: DifferenceFormat = .text

    @Flag(help: "Exit with status 1 if there is a difference.")
    var exitCode = false

    @Option(
        help: ArgumentHelp(
            "Count next runs of schedules from this time, as in 2026-03-01 or 2026-03-01T06:00:00Z. (default: now)",
            valueName: "time"))
    var now: String?

    func run() throws {
        guard let time = now.map({ UTCTime($0) }) ?? UTCTime(seconds: SystemClock.now) else {
            throw ValidationError("`--now \(now ?? "")` is not a time as in 2026-03-01 or 2026-03-01T06:00:00Z")
        }
        for (name, value) in [("--from", from), ("--to", to), ("the folder", output)] where value?.isEmpty == true {
            throw ValidationError("\(name) is empty")
        }
        if output != nil, from != nil, to != nil {
            throw ValidationError("with `--from` and `--to` both sides are named: leave out `\(output ?? "")`")
        }
        try DiffRun(
            output: output.map(Folders.trimmed), mayBeRevision: output.map { !$0.hasSuffix("/") } ?? false, from: from,
            to: to, reading: reading.options,
            environments: environment,
            pipelines: pipeline, format: format, failsOnDifference: exitCode, now: time.seconds
        ).run().check()
    }
}

enum DifferenceFormat: String, ExpressibleByArgument, CaseIterable {
    case text, markdown, json
}
