internal import DorcYAML

/// What the times of Airflow's templates are in a run of dorc's.
///
/// In Airflow 2 a run of a schedule is for the interval between two of its times, starts at the second, and has the first as its
/// `logical_date`, which `ds` and `ts` are forms of ("DAG Runs", "Data Interval": https://airflow.apache.org/docs/apache-airflow/2.10.5/core-concepts/dag-run.html;
/// "Templates reference"). A `CronTriggerTimetable` has no interval: all of them are the time that the run is due ("Timetables",
/// "Differences between Trigger and Data Interval Timetables"), and so it is in Airflow 3 where `[scheduler]
/// create_cron_data_intervals` is not set. A run that is started by hand has the time of its start as `logical_date`.
struct RunTimes: Sendable {
    enum Schedule: Sendable, Equatable {
        case byHand
        /// Seconds between two of its times.
        case regular(Int)
        case irregular
        /// Without an interval.
        case trigger
        case datasets
    }

    let schedule: Schedule
    /// The parameters of the run that keep the times: names that no parameter of the DAG has.
    let logicalDate: String
    let intervalEnd: String

    init(_ schedule: AirflowSchedule?, parameters: Set<String>) {
        self.schedule = schedule.map(Self.kind) ?? .byHand
        logicalDate = parameters.contains("logical_date") ? "airflow_logical_date" : "logical_date"
        intervalEnd = parameters.contains("data_interval_end") ? "airflow_data_interval_end" : "data_interval_end"
    }

    private static func kind(_ schedule: AirflowSchedule) -> Schedule {
        if !schedule.datasets.isEmpty { return .datasets }
        guard let time = schedule.times.first else { return .byHand }
        if schedule.hasNoInterval { return .trigger }
        guard schedule.times.count == 1, let seconds = interval(of: time.schedule) else { return .irregular }
        return .regular(seconds)
    }

    /// Between two times of a schedule, where that is always the same.
    static func interval(of schedule: String) -> Int? {
        switch schedule {
        case "@hourly": return 3600
        case "@daily", "@midnight": return 86400
        case "@weekly": return 7 * 86400
        default: break
        }
        if schedule.hasPrefix("every "), let unit = schedule.last, let count = Int(schedule.dropFirst(6).dropLast()) {
            let length = ["s": 1, "m": 60, "h": 3600, "d": 86400][unit]
            return length.map { $0 * count }
        }
        let fields = schedule.split(separator: " ").map(String.init)
        guard fields.count == 5, fields[2] == "*", fields[3] == "*" else { return nil }
        let (minute, hour, weekday) = (fields[0], fields[1], fields[4])
        func isOne(_ field: String) -> Bool { Int(field) != nil }
        /// `*/n` that goes into the whole.
        func every(_ field: String, of whole: Int) -> Int? {
            if field == "*" { return 1 }
            guard field.hasPrefix("*/"), let step = Int(field.dropFirst(2)), step > 0, whole.isMultiple(of: step) else {
                return nil
            }
            return step
        }
        if weekday != "*" {
            let isDay = isOne(weekday) || (weekday.count == 3 && weekday.allSatisfy(\.isLetter))
            return isDay && isOne(minute) && isOne(hour) ? 7 * 86400 : nil
        }
        if isOne(minute) {
            if isOne(hour) { return 86400 }
            return every(hour, of: 24).map { $0 * 3600 }
        }
        return hour == "*" ? every(minute, of: 60).map { $0 * 60 } : nil
    }

    /// What the parameters are in a run: of one by hand, its start.
    private func expression(shift: Int) -> YAMLNode {
        let due =
            shift == 0
            ? "$states.input.scheduled_time"
            : "$fromMillis($toMillis($states.input.scheduled_time) - \(shift) * 1000)"
        let start = "$states.context.Execution.StartTime"
        return .string("{% $exists($states.input.scheduled_time) ? \(due) : \(start) %}")
    }

    /// The parameters that steps read.
    func parameters(readBy steps: [StepDraft]) -> PipelineDraft.Fields {
        let text = YAMLText.line(StepList(steps).node)
        var fields: PipelineDraft.Fields = []
        if text.contains(JinjaText.input(logicalDate)) {
            if case .regular(let seconds) = schedule {
                fields.append((logicalDate, expression(shift: seconds)))
            } else {
                fields.append((logicalDate, expression(shift: 0)))
            }
        }
        if text.contains(JinjaText.input(intervalEnd)) { fields.append((intervalEnd, expression(shift: 0))) }
        return fields
    }

    /// What differs for a value that has such a time.
    func words(usesLogicalDate: Bool) -> String {
        let own = usesLogicalDate ? logicalDate : intervalEnd
        switch schedule {
        case .byHand:
            return "`parameters.\(own)`, the start of the run, as in Airflow where a run is started by hand"
        case .datasets:
            return "`parameters.\(own)`, the start of the run: in Airflow 2 it comes from the datasets' events"
        case .trigger:
            return "`parameters.\(own)`, the time that the run is due (`scheduled_time`); of a run by hand, its start"
        case .irregular where usesLogicalDate:
            return "`parameters.\(own)` is the time that the run is due: in Airflow 2 the one before it"
        case .regular(let seconds) where usesLogicalDate:
            return "`parameters.\(own)`, \(AirflowDuration.text(seconds)) before the run is due (`scheduled_time`): the"
                + " beginning of the data interval, as in Airflow 2; in Airflow 3 a schedule of cron has no interval by"
                + " default: take the \(AirflowDuration.text(seconds)) away; of a run by hand, its start"
        case .irregular, .regular:
            return "`parameters.\(own)`, the time that the run is due (`scheduled_time`); of a run by hand, its start"
        }
    }

    /// Where only a person can say what is meant.
    func todo(_ value: WrittenValue) -> Todo? {
        guard schedule == .irregular else { return nil }
        return Todo(
            "parameters.\(logicalDate)", value,
            "the schedule's times are not always as far apart: in Airflow 2 this was the time before the one that the"
                + " run is due at; is the due time meant?",
            at: "parameters.\(logicalDate)")
    }
}
