import DorcText
import Testing

@testable import DorcImport

/// Times in templates: what they are in a run of dorc's.
@Suite struct AirflowTimesTests {
    private func dag(_ schedule: String, _ template: String) throws -> (made: AirflowImport, text: String) {
        let made = AirflowImport([
            "dags/x.yml": """
            nightly:
              schedule: \(schedule)
              tasks:
                a: {operator: x.PythonOperator, python_callable: jobs.f, op_kwargs: {t: "\(template)"}}

            """, "jobs.py": "def f(**k): return 1\n",
        ])
        #expect(made.errors.isEmpty, "\(made.errors)")
        #expect(made.missingTargets.isEmpty && made.strayTodos.isEmpty)
        return (made, try made.text("src/dags/nightly/pipeline.yaml"))
    }

    private static let key = "nightly.tasks.a.op_kwargs.t"

    @Test(
        arguments: [
            ("0 6 * * *", 86400), ("30 * * * *", 3600), ("*/15 * * * *", 900), ("0 */6 * * *", 21600),
            ("0 6 * * 1", 604800),
            ("0 6 * * MON", 604800), ("@daily", 86400), ("@hourly", 3600), ("@weekly", 604800), ("every 90m", 5400),
            ("* * * * *", 60),
        ] as [(String, Int)])
    func `a regular schedule has an interval`(_ schedule: String, _ seconds: Int) {
        #expect(RunTimes.interval(of: schedule) == seconds)
    }

    @Test(arguments: [
        "0 6 * * 1-5", "0 6 1 * *", "0 6,18 * * *", "*/7 * * * *", "0 */5 * * *", "@monthly", "@yearly", "0 6 * 1 *",
        "5 0-6 * * *", "*/15 6 * * *",
    ])
    func `others have none`(_ schedule: String) { #expect(RunTimes.interval(of: schedule) == nil) }

    @Test func `the date of a daily run is that of the day before it is due, and the report says so`() throws {
        let (made, text) = try dag("\"0 6 * * *\"", "{{ ds }}")
        #expect(
            text.contains(
                "logical_date: \"{% $exists($states.input.scheduled_time) ? $fromMillis($toMillis($states.input.scheduled_time) - 86400 * 1000) : $states.context.Execution.StartTime %}\""
            ), "\(text)")
        #expect(text.contains("t: \"{% $substring($run_input.`logical_date`, 0, 10) %}\""))
        let entry = try made.entry(Self.key)
        #expect(entry.outcome == .differs && !entry.isDecision)
        #expect(entry.words.contains("1d before the run is due") && entry.words.contains("Airflow 3"))
    }

    @Test func `the end of the data interval is the time that the run is due`() throws {
        let (made, text) = try dag("\"0 6 * * 1-5\"", "{{ data_interval_end | ds_nodash }}")
        #expect(
            text.contains(
                "data_interval_end: \"{% $exists($states.input.scheduled_time) ? $states.input.scheduled_time : "))
        #expect(!text.contains("logical_date"))
        #expect(try made.entry(Self.key).outcome == .differs)
        #expect(made.decisions == 0)
    }

    @Test func `the logical date of an irregular schedule is a decision`() throws {
        let (made, text) = try dag("\"0 6 * * 1-5\"", "{{ logical_date }}")
        #expect(text.contains("# TODO parameters.logical_date: dags/x.yml:4: "), "\(text)")
        #expect(try made.entry(Self.key).isDecision)
    }

    @Test func `a timetable without intervals and a run by hand have no shift`() throws {
        let (made, text) = try dag("{__type__: x.CronTriggerTimetable, cron: \"0 1 * * *\"}", "{{ ts }}")
        #expect(
            text.contains("logical_date: \"{% $exists($states.input.scheduled_time) ? $states.input.scheduled_time"))
        #expect(try made.entry(Self.key).words.contains("the time that the run is due"))
        let (byHand, _) = try dag("null", "{{ ds }}")
        #expect(try byHand.entry(Self.key).words.contains("the start of the run, as in Airflow"))
    }

    @Test(arguments: [
        ("{{ ds_nodash }}", "$replace($substring($run_input.`logical_date`, 0, 10), '-', '')"),
        ("{{ ts }}", "$substring($run_input.`logical_date`, 0, 19) & '+00:00'"),
        ("{{ yesterday_ds }}", "$substring($fromMillis($toMillis($run_input.`logical_date`) - 86400 * 1000), 0, 10)"),
        (
            "{{ macros.ds_add(ds, 7) }}",
            "$substring($fromMillis($toMillis($run_input.`logical_date`) + 604800 * 1000), 0, 10)"
        ),
        ("{{ prev_ds }}", "$substring($fromMillis($toMillis($run_input.`logical_date`) - 21600 * 1000), 0, 10)"),
        (
            "{{ execution_date.strftime('%Y/%m') }}",
            "$substring($run_input.`logical_date`, 0, 4) & '/' & $substring($run_input.`logical_date`, 5, 2)"
        ),
        ("{{ dag_run.logical_date | ds }}", "$substring($run_input.`logical_date`, 0, 10)"),
        ("x/{{ ds }}/y", "'x/' & $substring($run_input.`logical_date`, 0, 10) & '/y'"),
        ("{{ run_id }}", "$states.context.Execution.Name"),
    ])
    func `a template of a time is an expression`(_ template: String, _ expected: String) throws {
        let (made, text) = try dag("\"0 */6 * * *\"", template)
        #expect(text.contains("t: \"{% \(expected) %}\""), "\(text)")
        #expect(try made.entry(Self.key).outcome == .differs)
    }

    @Test(arguments: [
        "{{ prev_ds }}", "{{ prev_start_date_success }}", "{{ ds.upper() }}", "{{ ds",
        "{{ execution_date.strftime('%B') }}",
    ])
    func `what has no counterpart is a decision, never the start of the run`(_ template: String) throws {
        let (made, text) = try dag("\"0 6 1 * *\"", template)
        let entry = try made.entry(Self.key)
        #expect(entry.isDecision && entry.outcome == .differs, "\(entry)")
        #expect(!text.contains("StartTime"))
    }

    @Test func `a parameter of the DAG of the same name keeps its own`() throws {
        let made = AirflowImport([
            "dags/x.yml": """
            nightly:
              schedule: "@daily"
              params: {logical_date: mine}
              tasks:
                a: {operator: x.PythonOperator, python_callable: jobs.f, op_kwargs: {t: "{{ ds }} {{ params.logical_date }}"}}

            """, "jobs.py": "def f(**k): return 1\n",
        ])
        let text = try made.text("src/dags/nightly/pipeline.yaml")
        #expect(text.contains("logical_date: mine\n  airflow_logical_date: "), "\(text)")
        #expect(text.contains("$run_input.`airflow_logical_date`, 0, 10) & ' ' & $string($run_input.`logical_date`)"))
        #expect(made.errors.isEmpty)
    }
}
