/// When a trigger starts its pipeline.
package enum ScheduleExpression: Sendable, Equatable {
    /// The five fields of Unix cron, or a nickname such as `@daily`.
    case unixCron(UnixCron)
    /// AWS's `cron(...)` with six fields.
    case eventBridgeCron(EventBridgeCron)
    /// `every 15m`, or AWS's `rate(15 minutes)`.
    case rate(ScheduleRate)
    /// AWS's `at(yyyy-mm-ddThh:mm:ss)`: a single run.
    case at(CalendarTime)
}

/// A fixed interval. A day is 24 hours, also where summer time makes it 23 or 25 (AWS re:Post knowledge center,
/// "eventbridge-scheduler-adjust-dst"; EventBridge Scheduler guide, "Daylight savings time").
package struct ScheduleRate: Sendable, Equatable {
    package enum Unit: String, Sendable, CaseIterable {
        case minute, hour, day
    }

    /// At least 1, at most ``ScheduleRate/largestValue``.
    package var value: Int
    package var unit: Unit

    /// AWS states no upper bound; this one keeps an interval below 2,738 years.
    package static let largestValue = 999_999

    package init(value: Int, unit: Unit) {
        self.value = value
        self.unit = unit
    }

    /// A value has at most six digits.
    package var seconds: Int {
        switch unit {
        case .minute: value * 60
        case .hour: value * 3600
        case .day: value * 86400
        }
    }

    /// Whether it starts at one time of day as long as no clock is changed, in whatever unit it is written.
    package var isWholeDays: Bool {
        switch unit {
        case .minute: value.isMultiple(of: 24 * 60)
        case .hour: value.isMultiple(of: 24)
        case .day: true
        }
    }

    /// The unit as AWS wants it beside the value: singular with 1, plural otherwise.
    package var unitName: String {
        value == 1 ? unit.rawValue : unit.rawValue + "s"
    }
}
