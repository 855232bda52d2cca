/// A Unix cron expression with its lists, steps, ranges and names resolved.
package struct UnixCron: Sendable, Equatable {
    /// The days on which a Unix cron expression runs. Where only one of the two day fields is set, it alone decides;
    /// where both are, cron runs on a day that matches either (crontab(5), "note: the day of a command's execution").
    package enum Days: Sendable, Equatable {
        case every
        /// 1 to 31, ascending.
        case ofMonth([Int])
        /// Ascending from Sunday.
        case ofWeek([Weekday])
        /// A day that matches either list. Neither list covers all days.
        case either(ofMonth: [Int], ofWeek: [Weekday])
    }

    /// 0 to 59, ascending, not empty.
    package var minutes: [Int]
    /// 0 to 23, ascending, not empty.
    package var hours: [Int]
    package var days: Days
    /// 1 to 12, ascending, not empty.
    package var months: [Int]

    /// The names of the months that both cron dialects use, January first.
    package static let monthNames = [
        "JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC",
    ]

    package init(minutes: [Int], hours: [Int], days: Days, months: [Int]) {
        self.minutes = minutes
        self.hours = hours
        self.days = days
        self.months = months
    }
}
