import ArgumentParser
import DorcModel
import Schedules

/// `dorc-synth schedule`: when the pipelines start.
struct ScheduleCommand: ParsableCommand {
    enum Format: String, ExpressibleByArgument, CaseIterable {
        case table, json, ics
    }

    static let configuration = CommandConfiguration(
        commandName: "schedule",
        abstract: "Show when the pipelines start.",
        discussion: """
            Each start of each schedule, as EventBridge Scheduler does it: a local time that the clocks skip does not \
            start anything, and one that comes twice starts once. Time zones are those of this machine, or of the folder \
            that TZDIR names.

            EXAMPLES
              dorc-synth schedule
              dorc-synth schedule raw/census --environment prod --from 2027-03-26 --days 3
              dorc-synth schedule --environment prod --days 90 --format ics > starts.ics
            """)

    @Argument(
        help: ArgumentHelp("Show only this pipeline.", valueName: "layer/name"), completion: ProjectNames.pipelines)
    var pipeline: String?

    @Option(
        help: ArgumentHelp("Show only this environment; repeat for more.", valueName: "name"),
        completion: ProjectNames.environments)
    var environment: [String] = []

    @Option(
        help: ArgumentHelp(
            "Begin at this time, in UTC, as in 2027-01-31 or 2027-01-31T06:00:00Z. (default: now)", valueName: "time"))
    var from: String?

    @Option(help: ArgumentHelp("Show this many days, 1 to 3660.", valueName: "n"))
    var days = 7

    @Option(help: "Print a table, JSON, or an iCalendar file.")
    var format: Format = .table

    @Option(help: ReadingOptions.configHelp, completion: .directory)
    var config: String?

    func validate() throws {
        guard (1...3660).contains(days) else { throw ValidationError("`--days` is 1 to 3660, not \(days)") }
        _ = try start
    }

    func run() throws {
        let start = try self.start
        let console = Console()
        guard
            let reading = try ProjectReading(
                ReadingOptions.Values(config: config), environments: environment,
                pipelines: pipeline.map { [$0] } ?? [], console: console)
        else { throw ExitCode(ExitStatus.mistakes.rawValue) }
        var zones = ZoneCache()
        var starts = ScheduledStarts(reading, from: start, end: start + days * 86400, zones: &zones)
        switch format {
        case .table:
            console.result(ScheduleTable(reading, from: start, days: days).render(starts, width: TerminalWindow.width))
        case .json: ScheduleJSON.render(&starts) { console.result($0) }
        case .ics: ScheduleCalendar.render(&starts, project: reading.project.name) { console.result($0) }
        }
    }

    /// A start of this very minute is still to come.
    private var start: Int {
        get throws {
            guard let from else { return (SystemClock.now + 59) / 60 * 60 }
            guard let time = UTCTime(from) else {
                throw ValidationError(
                    "`\(from)` is not a time in UTC: write it as in 2027-01-31 or 2027-01-31T06:00:00Z")
            }
            return time.seconds
        }
    }
}
