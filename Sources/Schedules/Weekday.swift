/// A day of the week, numbered as Unix cron does. EventBridge's number is one more.
package enum Weekday: Int, Sendable, CaseIterable {
    case sunday = 0
    case monday, tuesday, wednesday, thursday, friday, saturday

    /// The name that both cron dialects use.
    package var name: String {
        switch self {
        case .sunday: "SUN"
        case .monday: "MON"
        case .tuesday: "TUE"
        case .wednesday: "WED"
        case .thursday: "THU"
        case .friday: "FRI"
        case .saturday: "SAT"
        }
    }
}
