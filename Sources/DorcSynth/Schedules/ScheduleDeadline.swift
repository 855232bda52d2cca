internal import DorcModel
internal import Schedules

/// When it is too late to create a trigger's schedule or to change it: EventBridge Scheduler refuses a start that has passed
/// ("The StartDate you specify cannot be earlier than 5 minutes ago", https://github.com/getmoto/moto/pull/8172), and an
/// update sends all values again. The clock is `deploy.sh`'s; here is only what it compares with.
package struct ScheduleDeadline: Sendable, Equatable {
    package enum Kind: String, Sendable {
        case start = "start_date"
        /// Of `at(...)`.
        case singleRun = "time"
        case lastYear = "last year"
    }

    package var trigger: String
    package var kind: Kind
    /// A name of the IANA list.
    package var timezone: String
    /// In that time zone: `2030-01-01T06:00:00`.
    package var time: String

    package init(trigger: String, kind: Kind, timezone: String, time: String) {
        (self.trigger, self.kind, self.timezone, self.time) = (trigger, kind, timezone, time)
    }

    static func of(_ trigger: Trigger) -> [ScheduleDeadline] {
        guard case .schedule(let schedule) = trigger.source else { return [] }
        var deadlines: [ScheduleDeadline] = []
        if let start = schedule.start {
            deadlines.append(
                ScheduleDeadline(
                    trigger: trigger.name, kind: .start, timezone: "UTC", time: String(start.text.prefix { $0 != "Z" }))
            )
        }
        let timezone = schedule.timezone ?? "UTC"
        switch schedule.expression {
        case .at(let date):
            deadlines.append(
                ScheduleDeadline(trigger: trigger.name, kind: .singleRun, timezone: timezone, time: date.text))
        case .eventBridgeCron(let cron):
            if let year = cron.years.last, year < EventBridgeCron.lastYear {
                deadlines.append(
                    ScheduleDeadline(
                        trigger: trigger.name, kind: .lastYear, timezone: timezone, time: "\(year)-12-31T23:59:59"))
            }
        case .unixCron, .rate: break
        }
        return deadlines
    }
}
