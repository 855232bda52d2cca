extension ScheduleExpression {
    /// The schedule in EventBridge Scheduler's own forms, one `AWS::Scheduler::Schedule` for each; each has at most 256
    /// characters.
    ///
    /// There are two only where both day fields of Unix cron are restricted, because cron then means "either" and
    /// EventBridge takes one day field at a time: first by day of the month, then by day of the week. On a date that
    /// matches both, both fire, and two runs start where cron starts one (`0 6 1 * 1`: the first of a month that is a
    /// Monday). EventBridge cannot subtract one day field from the other, a schedule for each combination of month and
    /// year would need hundreds of them, and an execution name made from the scheduled time, which would make the
    /// second start a repetition of the first, may not contain the colons of `<aws.scheduler.scheduled-time>`. Callers
    /// that mind should warn when ``mayStartTwice`` is true.
    package func eventBridgeExpressions() -> [String] {
        switch self {
        case .unixCron(let cron):
            switch cron.days {
            case .every:
                [cron.eventBridge(dayOfMonth: "*", dayOfWeek: "?")]
            case .ofMonth(let days):
                [cron.eventBridge(dayOfMonth: cronField(days, within: 1...31), dayOfWeek: "?")]
            case .ofWeek(let days):
                [cron.eventBridge(dayOfMonth: "?", dayOfWeek: cronField(days))]
            case .either(let daysOfMonth, let daysOfWeek):
                [
                    cron.eventBridge(dayOfMonth: cronField(daysOfMonth, within: 1...31), dayOfWeek: "?"),
                    cron.eventBridge(dayOfMonth: "?", dayOfWeek: cronField(daysOfWeek)),
                ]
            }
        case .eventBridgeCron(let cron):
            ["cron(\(cron.fields))"]
        case .rate(let rate):
            ["rate(\(rate.value) \(rate.unitName))"]
        case .at(let date):
            ["at(\(date.text))"]
        }
    }

    /// Whether the schedule takes two EventBridge expressions that both fire on some dates.
    package var mayStartTwice: Bool {
        if case .unixCron(let cron) = self, case .either = cron.days { true } else { false }
    }
}

extension UnixCron {
    fileprivate func eventBridge(dayOfMonth: String, dayOfWeek: String) -> String {
        let minute = cronField(minutes, within: 0...59)
        let hour = cronField(hours, within: 0...23)
        let month = cronField(months, within: 1...12, names: Self.monthNames)
        return "cron(\(minute) \(hour) \(dayOfMonth) \(month) \(dayOfWeek) *)"
    }
}

/// AWS's day of the week takes lists and ranges but no steps; names, because its numbers differ from cron's.
private func cronField(_ days: [Weekday]) -> String {
    days.count == Weekday.allCases.count
        ? "*" : list(days.map(\.rawValue)) { Weekday(rawValue: $0)?.name ?? String($0) }
}

/// The shortest readable form of ascending values: `*`, `0/15` up to the field's end, `9-17/2`, otherwise a list.
private func cronField(_ values: [Int], within bounds: ClosedRange<Int>, names: [String] = []) -> String {
    func label(_ value: Int) -> String { names.dropFirst(value - bounds.lowerBound).first ?? String(value) }
    guard values.count < bounds.count else { return "*" }
    guard values.count > 3, let first = values.first, let last = values.last, let step = values.commonStep, step > 1
    else {
        return list(values, label: label)
    }
    return last + step > bounds.upperBound ? "\(first)/\(step)" : "\(first)-\(last)/\(step)"
}

/// A list in which three or more neighbouring values are a range.
private func list(_ values: [Int], label: (Int) -> String) -> String {
    values.runs.map { run in
        run.count > 2
            ? "\(label(run.lowerBound))-\(label(run.upperBound))" : run.map(label).joined(separator: ",")
    }.joined(separator: ",")
}
