import DorcModel
import Schedules

/// The starts of a project's schedules in a span of time, in the order of time; of one time in the order of pipelines, environments and
/// triggers.
struct ScheduledStarts {
    /// A schedule of one environment.
    struct Source {
        var pipeline: PipelineID
        var environment: String
        var trigger: String
        var schedule: ScheduleTrigger
        var isEnabled: Bool

        var timezone: String { schedule.timezone ?? "UTC" }

        /// Whether its starts are counted from a deployment whose time nobody knows.
        var isRelative: Bool {
            if case .rate = schedule.expression { schedule.start == nil } else { false }
        }
    }

    struct Start {
        var source: Int
        var run: NextRuns.Run
    }

    let sources: [Source]
    private var runs: [NextRuns] = []
    private var upcoming: [NextRuns.Run?] = []
    private let from: Int
    private let end: Int

    private static let day = 86400

    /// - Parameters:
    ///   - from: seconds since 1970, UTC
    ///   - end: is not part of it
    init(_ reading: ProjectReading, from: Int, end: Int, zones: inout ZoneCache) {
        var sources: [Source] = []
        for pipeline in reading.pipelines {
            for (environment, definition) in reading.definitions(of: pipeline) {
                for trigger in definition.triggers {
                    guard case .schedule(let schedule) = trigger.source else { continue }
                    let source = Source(
                        pipeline: pipeline.id, environment: environment.name, trigger: trigger.name, schedule: schedule,
                        isEnabled: definition.triggersEnabled)
                    // A name that AWS does not take is an error before.
                    guard let zone = zones[source.timezone] else { continue }
                    sources.append(source)
                    runs.append(schedule.nextRuns(from: from, in: zone))
                }
            }
        }
        self.sources = sources
        (self.from, self.end) = (from, end)
        upcoming = runs.indices.map { runs[$0].next() }
    }

    /// Hands over the starts, a day's at a time: what is remembered does not grow with the span.
    mutating func forEachDay(_ body: ([Start]) -> Void) {
        var limit = from
        while limit < end {
            limit = min(limit + Self.day, end)
            var starts: [Start] = []
            for index in runs.indices {
                while let run = upcoming[index], run.time < limit {
                    starts.append(Start(source: index, run: run))
                    upcoming[index] = runs[index].next()
                }
            }
            starts.sort { ($0.run.time, $0.source) < ($1.run.time, $1.source) }
            if !starts.isEmpty { body(starts) }
        }
    }
}
