import DorcModel
import Schedules

/// Starts for people.
struct ScheduleTable {
    private let reading: ProjectReading
    private let span: String
    private let days: Int

    /// More starts than these are counted, not shown.
    private static let mostRows = 1000
    private static let mostNotes = 200
    /// A trigger that starts oftener on a day, on average, is one line below the table.
    private static let mostADay = 24

    init(_ reading: ProjectReading, from: Int, days: Int) {
        self.reading = reading
        self.days = days
        span =
            "from \(CalendarTime(seconds: from).day.words), \(CalendarTime(seconds: from).timeOfDay) UTC, for \(days) \(days == 1 ? "day" : "days")"
    }

    /// `starts` are gone through twice, to count and to show.
    func render(_ starts: ScheduledStarts, width: Int?) -> String {
        var counts = starts.sources.map { _ in 0 }
        var counting = starts
        counting.forEachDay { day in for start in day { counts[start.source] += 1 } }
        let isFrequent = counts.map { $0 > Self.mostADay * days }
        let hasEnvironments = reading.project.environments.count > 1
        let zones = Set(starts.sources.map(\.timezone))
        let onlyZone = zones.count == 1 ? zones.first : nil
        var table = TextTable(
            (onlyZone.map { [.init(title: "TIME IN \($0)")] }
                ?? [.init(title: "LOCAL TIME"), .init(title: "TIME ZONE", isFlexible: true)]) + [
                    .init(title: "UTC"),
                    .init(title: "PIPELINE", isFlexible: true), .init(title: "TRIGGER", isFlexible: true),
                ] + (hasEnvironments ? [.init(title: "ENVIRONMENT", isFlexible: true)] : []))
        var rows: [Row] = []
        var hidden = 0
        var showing = starts
        showing.forEachDay { day in
            var first = rows.endIndex
            for start in day where !isFrequent[start.source] {
                let row = Row(start, starts.sources[start.source], hasZones: onlyZone == nil)
                if rows.last?.time != row.time { first = rows.endIndex }
                if let index = rows[first...].firstIndex(where: { $0.isSame(as: row) }) {
                    rows[index].environments += row.environments
                } else if rows.count == Self.mostRows {
                    hidden += 1
                } else {
                    rows.append(row)
                }
            }
        }
        table.rows = rows.map { $0.cells + (hasEnvironments ? [$0.environments.joined(separator: ", ")] : []) }
        let frequent = starts.sources.indices.filter { isFrequent[$0] }
        var text = table.rows.isEmpty ? "" : table.render(width: width)
        if table.rows.isEmpty, frequent.isEmpty { text = "Nothing is scheduled \(span).\n" }
        if hidden > 0 { text += "and \(hidden) more: name a pipeline, fewer `--days`, or `--format json` for all\n" }
        var notes = frequent.map { index in
            let source = starts.sources[index]
            return
                "\(title(source))\(source.isEnabled ? "" : " (off)") starts \(source.schedule.words): \(counts[index]) times"
                + " in \(days == 1 ? "this day" : "these \(days) days"), which `--format json` lists"
        }
        notes += self.notes(starts, counts)
        if notes.count > Self.mostNotes {
            notes = notes.prefix(Self.mostNotes) + ["and \(notes.count - Self.mostNotes) more"]
        }
        return text + (notes.isEmpty ? "" : "\n" + notes.map { $0 + "\n" }.joined())
    }

    /// One start of a trigger, in the environments that have it at that time.
    private struct Row {
        let time: Int
        let cells: [String]
        var environments: [String]

        init(_ start: ScheduledStarts.Start, _ source: ScheduledStarts.Source, hasZones: Bool) {
            time = start.run.time
            let (local, utc) = (start.run.local, start.run.utc.text)
            let mark = (source.isRelative ? " *" : "") + (source.isEnabled ? "" : " (off)")
            cells =
                ["\(local.day.shortWords) \(local.timeOfDay)"] + (hasZones ? [source.timezone] : []) + [
                    "\(utc.prefix(10)) \(utc.dropFirst(11).prefix(time.isMultiple(of: 60) ? 5 : 8))",
                    source.pipeline.description, source.trigger + mark,
                ]
            environments = [source.environment]
        }

        /// Whether the other one says the same of another environment.
        func isSame(as other: Row) -> Bool {
            time == other.time && cells == other.cells && !other.environments.contains { environments.contains($0) }
        }
    }

    /// As in "raw/census weekdays in prod".
    private func title(_ source: ScheduledStarts.Source) -> String {
        "\(source.pipeline) \(source.trigger)"
            + (reading.project.environments.count > 1 ? " in \(source.environment)" : "")
    }

    /// What the rows do not say.
    private func notes(_ starts: ScheduledStarts, _ counts: [Int]) -> [String] {
        var notes: [String] = []
        let used = starts.sources.indices.filter { counts[$0] > 0 }
        if used.contains(where: { starts.sources[$0].isRelative }) {
            notes.append("* counted as if it were deployed now: a rate without `start_date` begins with its deployment")
        }
        if used.contains(where: { !starts.sources[$0].isEnabled }) {
            notes.append("(off) does not start: `triggers_enabled` is false there")
        }
        for index in starts.sources.indices where counts[index] == 0 {
            let source = starts.sources[index]
            notes.append("\(title(source)) does not start in this time: \(source.schedule.words)")
        }
        let environments = reading.environments.map(\.name)
        for entry in PipelineList(reading).entries {
            for start in entry.starts {
                if case .schedule = start.trigger.source { continue }
                notes.append("\(entry.id) starts \(start.phrase(all: environments))")
            }
            notes += entry.callers.map { "\(entry.id) runs as a step of \($0)" }
        }
        return notes
    }
}
