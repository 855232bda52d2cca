extension DiagnosticEntry {
    static func ofSchedules(_ id: DiagnosticID) -> DiagnosticEntry? {
        switch id {
        case .eitherDay:
            DiagnosticEntry(
                .warning,
                cause: """
                    Unix cron has a week of the month and a weekday, such as `0 8 1-7 * 1`: it starts where either matches
                    """,
                cure: "write `cron(0 8 ? * MON#1 *)` for the first Monday",
                page: "triggers.md#both-day-fields",
                example: .pipeline(#"schedule: "0 8 1-7 * 1""#))
        case .invalidSchedule:
            DiagnosticEntry(
                cause: "a schedule is one that AWS would refuse or that never starts",
                cure: "correct the field that the caret shows",
                page: "triggers.md#schedules",
                example: .pipeline(#"schedule: "0 25 * * *""#))
        case .pastSchedule:
            DiagnosticEntry(
                .warning,
                cause: """
                    a `start_date`, an `end_date`, an `at(...)` or the last year of a schedule has passed; only `check` \
                    looks at today's date
                    """,
                cure: "remove it, or write a later one",
                page: "triggers.md#start-and-end",
                example: .pipeline(#"schedule: "at(2024-03-31T06:00:00)""#))
        case .scheduleOverlap:
            DiagnosticEntry(
                .warning,
                cause: "with `max_active_runs: 1`, the schedule starts runs faster than `timeout` lets them end",
                cure: "schedule it less often, or shorten the `timeout`",
                page: "workflow.md#one-run-at-a-time-max_active_runs",
                example: .pipeline(
                    """
                    max_active_runs: 1
                    timeout: 1h
                    schedule: every 15m
                    """))
        case .skippedMonths:
            DiagnosticEntry(
                .warning,
                cause: "the schedule skips the months that have no such day, such as `0 6 31 * *`",
                cure: "write `cron(0 6 L * ? *)` for the last day of each month",
                page: "triggers.md#schedules",
                example: .pipeline(#"schedule: "0 6 31 * *""#))
        case .startsTwice:
            DiagnosticEntry(
                .warning,
                cause: "both day fields are restricted: on a day that matches both, two runs start",
                cure: "restrict one field, if that matters",
                page: "triggers.md#both-day-fields",
                example: .pipeline(#"schedule: "0 6 1 * 1""#))
        case .summerTime:
            DiagnosticEntry(
                .warning,
                cause: """
                    a start falls into the hour that a clock leaves out in spring, or `every 1d` drifts from the clock of \
                    its zone; only `check` says so
                    """,
                cure: "choose a time of day before or after that hour, or cron for `every 1d`",
                page: "triggers.md#time-zones",
                example: .pipeline(
                    """
                    triggers:
                      - {name: nightly, schedule: "30 1 * * *", timezone: Europe/London}
                    """))
        case .unknownTimezone:
            DiagnosticEntry(
                cause: "the time zone is not an IANA time zone",
                cure: "write one such as `Europe/London`",
                page: "triggers.md#time-zones",
                example: .pipeline(
                    """
                    triggers:
                      - {name: daily, schedule: "0 6 * * *", timezone: London}
                    """))
        default: nil
        }
    }
}
