internal import Schedules

/// The zone of a DAG's schedule.
extension DagState {
    /// dag-factory gives a start date the zone that is written beside it, and Airflow takes the DAG's from its start date: the DAG's own
    /// before that of `default_args` (dagfactory/dagbuilder.py, `get_dag_params`; airflow/models/dag.py).
    mutating func setZone() {
        let used = hasStartDate ? timezone : settings.timezone
        if let other = hasStartDate ? settings.timezone : timezone {
            settle(other, .differs(nil, "has no effect on the schedule: another `start_date` says its zone"))
        }
        guard let value = used, let name = value.text else { return }
        if name.lowercased() == "utc" { return settle(value, .takenOver(nil, "as dorc does: times are in UTC")) }
        guard schedule?.read.times.contains(where: \.isOfDAG) == true else {
            return settle(value, .differs(nil, "is for dates alone, which are in UTC in dorc"))
        }
        guard TimeZones.isKnown(name) else {
            let words = "`\(name.shortened(to: 60))` is not a time zone of IANA's, and the schedule is in it"
            return settle(value, .none(words, Todo("schedule", value, words, at: "schedule")))
        }
        guard schedule?.read.setZone(name) == true else { return }
        settle(
            value,
            settings.endDates.isEmpty
                ? .takenOver("triggers[*].timezone", "of the schedule")
                : .differs("triggers[*].timezone", "of the schedule; `end_date` is in UTC in dorc"))
    }
}
