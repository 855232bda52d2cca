extension ScheduleExpression {
    /// AWS's limit on a schedule expression, in characters. What dorc makes of a shorter text stays within it too.
    package static let longestText = 256

    /// Reads a schedule in any of the accepted forms; white space around and between the parts does not matter, nor
    /// does the case of names and keywords.
    ///
    /// - Throws: the first mistake.
    package static func parse(_ text: String) throws(ScheduleProblem) -> ScheduleExpression {
        let whole = ScheduleToken(text)
        guard whole.scalars.count <= longestText else {
            throw ScheduleProblem(
                offset: longestText..<whole.scalars.count,
                summary: "a schedule has at most \(longestText) characters; here are \(whole.scalars.count)")
        }
        if let problem = foreignCharacter(in: whole) { throw problem }
        let token = whole.trimmed
        let words = token.words
        guard let first = words.first else { throw whole.problem("the schedule is empty", help: allForms) }

        if let open = token.scalars.firstIndex(of: "(") { return try parse(call: token, open: open) }
        if let close = token.scalars.firstIndex(of: ")") {
            throw ScheduleProblem(offset: close..<close + 1, summary: "there is no `(` before this `)`", help: allForms)
        }
        if let problem = zoneInSchedule(token, words: words) { throw problem }
        if first.text.lowercased() == "@every" {
            let interval = ScheduleToken(token.scalars.dropFirst(first.scalars.count)).trimmed.text
            throw token.problem(
                "`@every` is not a nickname", help: "write `every \(interval.isEmpty ? "15m" : interval)`")
        }
        if first.scalars.first == "@" {
            guard words.count == 1 else { throw token.problem("a nickname such as `@daily` is written alone") }
            return .unixCron(try .parse(nickname: first))
        }
        if first.text.lowercased() == "every" {
            let interval = ScheduleToken(token.scalars.dropFirst(first.scalars.count)).trimmed
            guard !interval.isEmpty else {
                throw token.problem(
                    "`every` needs an interval", help: "for example `every 15m`, `every 2h` or `every 1d`")
            }
            return .rate(try .parse(every: interval))
        }
        guard words.count == 5, looksLikeCron(words) else { throw unknownForm(token, words: words) }
        return .unixCron(try .parse(fields: words))
    }

    private static func parse(call token: ScheduleToken, open: Int) throws(ScheduleProblem) -> ScheduleExpression {
        let name = ScheduleToken(token.scalars[..<open])
        let keyword = name.trimmed.text.lowercased()
        guard ["cron", "rate", "at"].contains(keyword) else {
            let place = name.isEmpty ? ScheduleToken(token.scalars[open...open]) : name.trimmed
            throw place.problem("`\(keyword)(...)` is not a form of schedule", help: allForms)
        }
        let rest = token.scalars[open...].dropFirst()
        guard let close = rest.firstIndex(of: ")") else {
            let end = token.offset.upperBound
            throw ScheduleProblem(offset: end..<end, summary: "the closing `)` of `\(keyword)(` is missing")
        }
        let after = ScheduleToken(rest[close...].dropFirst()).trimmed
        guard after.isEmpty else {
            throw after.problem(
                "nothing may follow the `)`",
                help: "write one trigger for each expression; the time zone goes into the trigger's `timezone`")
        }
        let inside = ScheduleToken(rest[..<close])
        switch keyword {
        case "cron": return .eventBridgeCron(try .parse(inside: inside))
        case "rate": return .rate(try .parse(inside: inside))
        default: return .at(try CalendarTime(inside: inside))
        }
    }
}
