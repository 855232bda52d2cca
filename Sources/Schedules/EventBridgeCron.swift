/// AWS's six-field cron expression, checked field by field.
/// https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html#cron-based
package struct EventBridgeCron: Sendable, Equatable {
    /// The days chosen by the one day field that is not `?`.
    package enum Days: Sendable, Equatable {
        /// 1 to 31, ascending.
        case ofMonth([Int])
        /// `L`
        case lastOfMonth
        /// `LW`: the last day of the month from Monday to Friday.
        case lastWorkdayOfMonth
        /// `15W`: the day from Monday to Friday nearest to the 15th, within the same month.
        case workdayNearest(Int)
        /// Ascending from Sunday. `L` alone is Saturday.
        case ofWeek([Weekday])
        /// `6L`: the last Friday of the month.
        case lastOfWeekday(Weekday)
        /// `6#3`: the third Friday of the month; no run in a month that has none. The occurrence is 1 to 5.
        case occurrence(Int, of: Weekday)
    }

    /// What a year field of `*` ends with.
    package static var lastYear: Int { CronField.year.highest }

    /// 0 to 59, ascending, not empty.
    package var minutes: [Int]
    /// 0 to 23, ascending, not empty.
    package var hours: [Int]
    package var days: Days
    /// 1 to 12, ascending, not empty.
    package var months: [Int]
    /// 1970 to 2199, ascending, not empty.
    package var years: [Int]
    /// The six fields as written, in upper case, separated by single spaces.
    package var fields: String

    package init(minutes: [Int], hours: [Int], days: Days, months: [Int], years: [Int], fields: String) {
        self.minutes = minutes
        self.hours = hours
        self.days = days
        self.months = months
        self.years = years
        self.fields = fields
    }
}
