extension ScheduleExpression {
    static let allForms =
        "write Unix cron such as `30 6 * * 1-5`, a nickname such as `@daily`, an interval such as `every 15m`, "
        + "or AWS's `cron(30 6 ? * MON-FRI *)`, `rate(15 minutes)` or `at(2027-01-31T06:00:00)`"

    /// Whether words are meant as cron fields rather than as prose: most of them have a digit or a wildcard.
    static func looksLikeCron(_ words: [ScheduleToken]) -> Bool {
        let fields = words.filter { word in
            word.scalars.contains { ("0"..."9").contains($0) || "*?".unicodeScalars.contains($0) }
        }
        return fields.count * 2 > words.count
    }

    /// The first character that no form of schedule has: outside ASCII, or a control character.
    static func foreignCharacter(in token: ScheduleToken) -> ScheduleProblem? {
        guard
            let index = token.scalars.firstIndex(where: { scalar in
                !scalar.isASCII || (scalar.value < 0x20 && !scalar.properties.isWhitespace) || scalar.value == 0x7F
            })
        else { return nil }
        let scalar = token.scalars[index]
        let code = String(scalar.value, radix: 16, uppercase: true)
        let codePoint = "U+" + String(repeating: "0", count: max(0, 4 - code.count)) + code
        let help: String? =
            switch scalar.value {
            case 0x2010...0x2015, 0x2212: "write a plain hyphen, `-`"
            case 0x2217, 0x204E, 0xFF0A, 0xD7, 0x2022: "write a plain asterisk, `*`"
            case 0xFF1F: "write a plain question mark, `?`"
            case 0xA0, 0x2000...0x200D, 0x202F, 0x3000, 0xFEFF: "write a plain blank"
            default: "a schedule is written in ASCII characters only"
            }
        return ScheduleProblem(
            offset: index..<index + 1, summary: "the character \(codePoint) has no meaning in a schedule", help: help)
    }

    /// `TZ=Europe/London 0 6 * * *`, as crontab, Go's cron and GitHub write it.
    static func zoneInSchedule(_ token: ScheduleToken, words: [ScheduleToken]) -> ScheduleProblem? {
        guard let first = words.first,
            let prefix = ["TZ=", "CRON_TZ="].first(where: { first.text.uppercased().hasPrefix($0) })
        else { return nil }
        let zone = String(first.text.dropFirst(prefix.count))
        let rest = ScheduleToken(token.scalars.dropFirst(first.scalars.count)).trimmed.text
        return first.problem(
            "the time zone is not part of the schedule",
            help:
                "write it at the trigger: `schedule: \"\(rest)\"` and `timezone: \(zone.isEmpty ? "Europe/London" : zone)`"
        )
    }

    /// `07:00` and `7:30`, a time of day.
    static func timeOfDay(_ text: String) -> (hour: Int, minute: Int)? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard (2...3).contains(parts.count), parts.allSatisfy({ (1...2).contains($0.utf8.count) }),
            let hour = Int(parts[0]),
            let minute = Int(parts[1]), (0..<24).contains(hour), (0..<60).contains(minute)
        else { return nil }
        return (hour, minute)
    }

    /// A text without parentheses that is neither five cron fields, a nickname nor `every`.
    static func unknownForm(_ token: ScheduleToken, words: [ScheduleToken]) -> ScheduleProblem {
        guard let first = words.first else { return token.problem("the schedule is empty", help: allForms) }
        let keyword = first.text.lowercased()
        let rest = ScheduleToken(token.scalars.dropFirst(first.scalars.count)).trimmed.text
        if ["cron", "rate", "at"].contains(keyword) {
            return token.problem(
                "`\(keyword)` needs parentheses", help: "write `\(keyword)(\(rest.isEmpty ? "..." : rest))`")
        }
        if words.count == 1, UnixCron.nicknames.contains(where: { $0.name == keyword }) {
            return token.problem("`\(token.text)` is not a schedule", help: "write `@\(keyword)`")
        }
        if words.count == 1, let rate = try? ScheduleRate.parse(every: token) {
            return token.problem(
                "`\(token.text)` is not a schedule", help: "write `every \(rate.value)\(rate.unit.rawValue.prefix(1))`"
            )
        }
        if words.count == 1, let (hour, minute) = timeOfDay(token.text) {
            return token.problem(
                "`\(token.text)` is not a schedule", help: "for every day at this time write `\(minute) \(hour) * * *`"
            )
        }
        if keyword.hasPrefix("every") {
            return token.problem("`\(token.text)` is not a schedule", help: "write a blank after `every`: `every 15m`")
        }
        guard looksLikeCron(words) else { return token.problem("`\(token.text)` is not a schedule", help: allForms) }
        return wrongCount(token, words: words)
    }

    private static func wrongCount(_ token: ScheduleToken, words: [ScheduleToken]) -> ScheduleProblem {
        let text = words.map(\.text).joined(separator: " ")
        if words.count == 6, (try? EventBridgeCron.parse(inside: token)) != nil {
            return token.problem("six fields need `cron(...)` around them", help: "write `cron(\(text))`")
        }
        let summary =
            "Unix cron has five fields (minute, hour, day of month, month, day of week); "
            + (words.count == 1 ? "here is 1" : "here are \(words.count)")
        if let meant = QuartzCron.meaning(of: words) {
            return token.problem(
                "the first field would be seconds, which a schedule does not have", help: "write `\(meant)`")
        }
        if words.count == 6 {
            let withoutFirst = Array(words.dropFirst())
            let withoutLast = Array(words.dropLast())
            // `0 6 * * 1-5 *`: only a day of the week is written like its fifth field.
            let endsInYear = last(words, is: "*") && words[4].text != "*"
            let guesses = [(withoutFirst, "seconds"), (withoutLast, "year")]
            for (fields, part) in endsInYear ? guesses.reversed() : guesses {
                let isPart = part == "seconds" ? first(words, is: "0") : last(words, is: "*")
                guard isPart, (try? UnixCron.parse(fields: fields)) != nil else { continue }
                let form = fields.map(\.text).joined(separator: " ")
                return token.problem(summary, help: "remove the \(part): `\(form)`")
            }
        }
        return token.problem(
            summary, help: words.count > 5 ? "AWS's form with a year is written `cron(...)`" : allForms)
    }

    private static func first(_ words: [ScheduleToken], is text: String) -> Bool { words.first?.text == text }
    private static func last(_ words: [ScheduleToken], is text: String) -> Bool { words.last?.text == text }
}
