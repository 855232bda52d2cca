internal import DorcText
package import Schedules

/// The time that next runs are counted from, and the zones of the machine's.
package struct RunClock: Sendable {
    /// Seconds since 1 January 1970, UTC.
    package var now: Int
    package var zone: @Sendable (String) -> ZoneRules?

    package init(now: Int, zone: @escaping @Sendable (String) -> ZoneRules?) {
        self.now = now
        self.zone = zone
    }
}

/// A schedule in words, with its next run.
enum ScheduleComparison {
    private static let properties = [
        "ScheduleExpression", "ScheduleExpressionTimezone", "StartDate", "EndDate", "FlexibleTimeWindow", "State",
    ]

    static func compare(_ old: Tree?, _ new: Tree, name: String, clock: RunClock, into entries: inout [Entry]) {
        let isSame = properties.allSatisfy { property in
            switch (old?[property], new[property]) {
            case (nil, nil): true
            case (let old?, let new?): old.isSameProperty(as: new)
            default: false
            }
        }
        guard !isSame else { return }
        entries.append(
            Entry(.schedule, name, old: old.map { words($0, clock) }, new: words(new, clock)))
    }

    /// Without what is compared here.
    static func rest(_ properties: Tree) -> Tree {
        guard case .object(let members) = properties else { return properties }
        return .object(members.filter { !Self.properties.contains($0.name) })
    }

    /// As in "at 06:00 on Monday to Friday, Europe/London time; next run 2026-11-27T06:00:00Z".
    static func words(_ schedule: Tree, _ clock: RunClock) -> String {
        let expression = schedule["ScheduleExpression"]?.shown ?? ""
        let zone = schedule["ScheduleExpressionTimezone"]?.shown ?? "UTC"
        let parsed = try? ScheduleExpression.parse(expression)
        var words = parsed?.words ?? expression
        if parsed?.followsClock ?? true { words += zone == "UTC" ? ", UTC" : ", \(zone) time" }
        if let window = schedule["FlexibleTimeWindow"]?["MaximumWindowInMinutes"]?.integer {
            words += ", up to \(window) \(window == 1 ? "minute" : "minutes") later"
        }
        if let start = schedule["StartDate"] { words += ", from \(start.shown) on" }
        if let end = schedule["EndDate"] { words += ", until \(end.shown)" }
        if schedule["State"]?.text == "DISABLED" { return words + "; disabled" }
        guard let parsed, let next = next(parsed, zone, schedule, clock) else { return words }
        return words + "; \(next)"
    }

    private static func next(
        _ expression: ScheduleExpression, _ zone: String, _ schedule: Tree, _ clock: RunClock
    ) -> String? {
        let start = schedule["StartDate"]?.text.flatMap { UTCTime($0) }
        // An interval without a start is counted from its deployment.
        guard expression.followsClock || start != nil else { return nil }
        guard let rules = clock.zone(zone) else { return nil }
        var runs = NextRuns(
            of: expression, in: rules, from: clock.now, start: start,
            end: schedule["EndDate"]?.text.flatMap { UTCTime($0) })
        guard let run = runs.next() else { return "no run is left" }
        return "next run \(run.utc.text)"
    }
}
