/// Quartz's cron, which Java's schedulers have: seconds come first, a year may follow, one of the two day fields is `?`, and
/// the days of the week count from 1 for Sunday
/// (<https://www.quartz-scheduler.org/documentation/quartz-2.3.0/tutorials/crontrigger.html>).
enum QuartzCron {
    /// The same schedule without its seconds: as Unix cron where that can say it, else in AWS's form. Nil for other texts.
    static func meaning(of words: [ScheduleToken]) -> String? {
        guard (6...7).contains(words.count), let seconds = words.first, seconds.isDigits,
            let second = seconds.number, second < 60
        else { return nil }
        let fields = words.dropFirst().map { $0.text.uppercased() }
        guard fields[2] == "?" || fields[4] == "?" else { return nil }
        let year = fields.count == 6 ? fields[5] : "*"
        let aws = (fields.prefix(5) + [year]).joined(separator: " ")
        guard (try? EventBridgeCron.parse(inside: ScheduleToken(aws))) != nil else { return nil }
        let unix =
            fields[..<2] + [fields[2] == "?" ? "*" : fields[2], fields[3]]
            + [fields[4] == "?" ? "*" : weekdays(fields[4])]
        let isUnix =
            year == "*"
            && (try? UnixCron.parse(fields: ScheduleToken(unix.joined(separator: " ")).words)) != nil
        return isUnix ? unix.joined(separator: " ") : "cron(\(aws))"
    }

    /// Numbers as names, which mean the same day everywhere.
    private static func weekdays(_ field: String) -> String {
        guard !field.contains("/"), !field.contains("#") else { return field }
        return String(
            field.flatMap { character -> String in
                guard let day = character.wholeNumberValue, let weekday = Weekday(rawValue: day - 1) else {
                    return String(character)
                }
                return weekday.name
            })
    }
}
