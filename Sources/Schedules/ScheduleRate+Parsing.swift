extension ScheduleRate {
    /// Reads the inside of `rate(...)`: a number and a unit, singular with 1 and plural otherwise.
    static func parse(inside: ScheduleToken) throws(ScheduleProblem) -> ScheduleRate {
        let words = inside.words
        guard words.count == 2, let valueToken = words.first, let unitToken = words.last else {
            throw inside.trimmed.problem(
                "`rate(...)` takes a number and a unit", help: "for example `rate(15 minutes)` or `rate(1 hour)`")
        }
        let value = try value(of: valueToken)
        let written = unitToken.text.lowercased()
        guard let unit = Unit.allCases.first(where: { written == $0.rawValue || written == $0.rawValue + "s" }) else {
            throw unitToken.problem(
                "`\(unitToken.text)` is not a unit of `rate(...)`", help: help(forUnit: written, value: value))
        }
        let rate = ScheduleRate(value: value, unit: unit)
        guard written == rate.unitName else {
            throw unitToken.problem(
                "with \(value) the unit is `\(rate.unitName)`", help: "write `rate(\(value) \(rate.unitName))`")
        }
        return rate
    }

    /// Reads what follows `every`: `15m`, `2h` or `1d`.
    static func parse(every interval: ScheduleToken) throws(ScheduleProblem) -> ScheduleRate {
        let shape = "write a whole number of minutes, hours or days, for example `every 15m`, `every 2h` or `every 1d`"
        let digits = ScheduleToken(interval.scalars.prefix { ("0"..."9").contains($0) })
        let suffix = ScheduleToken(interval.scalars.dropFirst(digits.scalars.count)).trimmed
        let unitName = suffix.text.lowercased()
        let unit = Unit.allCases.first { unitName == String($0.rawValue.prefix(1)) }

        guard !digits.isEmpty, let unit else {
            if !digits.isEmpty, unitName == "s" || unitName.hasPrefix("sec") {
                throw suffix.problem("seconds are too short: a schedule starts at most once a minute", help: shape)
            }
            if let meant = spelledOut(unitName) {
                let number = digits.isEmpty ? "1" : digits.text
                throw interval.problem(
                    "`\(interval.text)` is not an interval", help: "write `every \(number)\(meant)`")
            }
            throw interval.problem("`\(interval.text)` is not an interval", help: shape)
        }
        guard interval.words.count == 1 else {
            throw interval.problem(
                "`\(interval.text)` is not an interval",
                help: "write `every \(digits.text)\(unitName)` without a blank")
        }
        return ScheduleRate(value: try value(of: digits), unit: unit)
    }

    private static func value(of token: ScheduleToken) throws(ScheduleProblem) -> Int {
        guard token.isDigits else {
            throw token.problem(
                "`\(token.text)` is not a whole number", help: "the interval is a whole number, at least 1")
        }
        guard let value = token.number, value <= largestValue else {
            throw token.problem("the interval is too long: its number is at most \(largestValue)")
        }
        guard value > 0 else { throw token.problem("an interval is at least 1 minute") }
        return value
    }

    private static func spelledOut(_ unitName: String) -> String? {
        switch unitName {
        case "min", "mins", "minute", "minutes": "m"
        case "hr", "hrs", "hour", "hours": "h"
        case "day", "days": "d"
        default: nil
        }
    }

    private static func help(forUnit written: String, value: Int) -> String {
        switch written {
        case "second", "seconds": "the shortest interval is `rate(1 minute)`"
        case "week", "weeks": "write days: `rate(\(value * 7) days)`"
        case "month", "months", "year", "years":
            "months and years need `cron(...)`, for example `cron(0 6 1 * ? *)` for the first day of each month"
        default: "the units are `minutes`, `hours` and `days`; with 1 they are singular"
        }
    }
}
