/// The minutes and hours of a cron expression -> when on a day, in English.
struct CronTimeWords {
    let words: String
    /// What says that it is every day, with a blank or a comma before it; empty where the words say so already.
    let everyDay: String

    /// More times of day than that are told by their interval, or by minutes and hours.
    private static let mostTimes = 6

    /// Both ascending and not empty.
    init(minutes: [Int], hours: [Int]) {
        let times = hours.flatMap { hour in minutes.map { hour * 60 + $0 } }
        if let (words, coversDay) = Self.interval(times) {
            (self.words, everyDay) = (words, coversDay ? "" : ", every day")
        } else if times.count <= Self.mostTimes {
            (words, everyDay) = ("at \(ScheduleWords.list(times.map(ScheduleWords.time)))", " every day")
        } else {
            words = Self.minuteWords(minutes, hours)
            everyDay = hours.count == 24 ? "" : ", every day"
        }
    }

    /// Times with one distance between neighbours. They cover the day where it is also the distance over midnight.
    private static func interval(_ times: [Int]) -> (words: String, coversDay: Bool)? {
        guard let first = times.first, let last = times.last, let step = times.commonStep else {
            return nil
        }
        let every = "every \(length(step))"
        if first + 1440 - last == step {
            if step == 60, first > 0 {
                return ("at \(first) \(first == 1 ? "minute" : "minutes") past every hour", true)
            }
            if first == 0, times.count > 2 { return (every, true) }
            return times.count > mostTimes ? ("\(every) from \(ScheduleWords.time(first))", true) : nil
        }
        guard times.count > 4 else { return nil }
        return ("\(every) from \(ScheduleWords.time(first)) to \(ScheduleWords.time(last))", false)
    }

    private static func length(_ minutes: Int) -> String {
        switch minutes {
        case 1: "minute"
        case 60: "hour"
        default: minutes.isMultiple(of: 60) ? "\(minutes / 60) hours" : "\(minutes) minutes"
        }
    }

    /// As in "at minutes 5, 10 and 20 of every hour".
    private static func minuteWords(_ minutes: [Int], _ hours: [Int]) -> String {
        let isEvery =
            minutes.count > 2 && (minutes.count > 4 || minutes.first == 0) && minutes.commonStep != nil
        guard isEvery, let step = minutes.commonStep, let first = minutes.first, let last = minutes.last
        else {
            return "at \(minutes.count == 1 ? "minute" : "minutes") \(numbers(minutes)) of \(hourWords(hours))"
        }
        let isWhole = first == 0 && last + step == 60
        return "every \(length(step))" + (isWhole ? "" : " from minute \(first) to \(last)")
            + (isWhole ? " in " : " of ") + hourWords(hours)
    }

    private static func hourWords(_ hours: [Int]) -> String {
        guard hours.count > 1, let first = hours.first, let last = hours.last else { return "hour \(numbers(hours))" }
        if hours.count == 24 { return "every hour" }
        if let step = hours.commonStep, step > 1, hours.count > 3 {
            return "every \(ScheduleWords.ordinal(step)) hour from \(first) to \(last)"
        }
        return "hours \(numbers(hours))"
    }

    private static func numbers(_ values: [Int]) -> String { ScheduleWords.ranges(values) { String($0) } }
}
