import Testing

@testable import DorcImport

/// What means something else in Airflow than it looks like.
@Suite struct AirflowMeaningTests {
    private func dag(_ body: String, others: [String: String] = [:]) throws -> (made: AirflowImport, text: String) {
        var files = others
        files["dags/x.yml"] = "nightly:\n" + body
        let made = AirflowImport(files)
        #expect(made.result.mistakes.isEmpty, "\(made.result.mistakes)")
        #expect(made.errors.isEmpty, "\(made.errors)")
        #expect(made.missingTargets.isEmpty && made.strayTodos.isEmpty, "\(made.missingTargets) \(made.strayTodos)")
        return (made, try made.text("src/dags/nightly/pipeline.yaml"))
    }

    @Test(arguments: ["\"0 6 * * *\"", "\"@daily\""])
    func `a schedule is in the zone of the start date`(_ schedule: String) throws {
        let (made, text) = try dag(
            """
              schedule: \(schedule)
              default_args: {start_date: 2024-01-01, timezone: Europe/London}
              tasks: {a: {operator: x.EmptyOperator}}

            """)
        #expect(text.contains("    timezone: Europe/London\n"), "\(text)")
        #expect(try made.entry("nightly.default_args.timezone").outcome == .takenOver)
        let (_, own) = try dag(
            """
              schedule: \(schedule)
              start_date: 2024-01-01
              default_args: {timezone: Europe/London}
              tasks: {a: {operator: x.EmptyOperator}}

            """)
        #expect(!own.contains("timezone"), "\(own)")
    }

    @Test func `what a callable takes of the context is given, or a decision`() throws {
        let (made, text) = try dag(
            """
              schedule: "@daily"
              params: {n: 1}
              tasks:
                a: {operator: x.PythonOperator, python_callable: jobs.a}
                b: {operator: x.PythonOperator, python_callable: jobs.b, op_kwargs: {x: 1}}
                c: {operator: x.PythonOperator, python_callable: jobs.c}
                d: {operator: x.PythonOperator, python_callable: jobs.d}
                e: {operator: x.PythonOperator, python_callable: jobs.e, op_args: [1]}

            """,
            others: [
                "jobs.py": """
                def a(ds, params, **kwargs):
                    return kwargs["run_id"]
                def b(x, ti=None): return x
                def c(**context):
                    return work(**context)
                def d(**kwargs):
                    return 1
                def e(
                    one,  # a comment, with (
                    two=")",
                ): return one

                """
            ])
        #expect(text.contains("ds: \"{% $substring($run_input.`logical_date`, 0, 10) %}\""), "\(text)")
        #expect(
            text.contains("\"n\": \"{% $run_input.`n` %}\"")
                && text.contains("run_id: \"{% $states.context.Execution.Name"))
        func callable(_ name: String) throws -> ImportReport.Entry {
            try made.entry("nightly.tasks.\(name).python_callable")
        }
        #expect(try callable("a").outcome == .differs && !callable("a").isDecision)
        #expect(try callable("b").isDecision && callable("b").words.contains("takes `ti`"))
        #expect(try callable("c").isDecision && callable("c").words.contains("`**context`"))
        #expect(try callable("d").outcome == .takenOver)
        #expect(try callable("e").outcome == .takenOver)
    }

    @Test func `a command that is the name of a script is the script`() throws {
        let (made, _) = try dag(
            """
              tasks:
                a: {operator: x.BashOperator, bash_command: scripts/clean.sh}
                b: {operator: x.BashOperator, bash_command: scripts/gone.sh}
                c: {operator: x.BashOperator, bash_command: "python /usr/local/airflow/dags/scripts/load.py"}

            """, others: ["dags/scripts/clean.sh": "echo clean\n", "dags/scripts/load.py": "print(1)\n"])
        #expect(try made.text("src/dags/nightly/a/lambda.py").contains("\"echo clean\\n\""))
        #expect(try !made.entry("nightly.tasks.a.bash_command").isDecision)
        #expect(try made.entry("nightly.tasks.b.bash_command").isDecision)
        #expect(try made.text("src/dags/nightly/c/scripts/load.py") == "print(1)\n")
        #expect(try made.entry("nightly.tasks.c.bash_command").isDecision)
    }

    @Test func `templates write parameters as Python does`() throws {
        let (made, text) = try dag(
            """
              params: {full: false, list: [1, 2], s: x}
              tasks:
                a: {operator: x.BashOperator, bash_command: "echo {{ params.full }} {# none #}{{ params.s }}"}
                b: {operator: x.BashOperator, bash_command: "echo {{ params.list }}"}
                c: {operator: x.BashOperator, bash_command: "echo {# a note #}after"}
                d: {operator: x.BashOperator, bash_command: "echo {{ ti.xcom_pull(task_ids='c') }}", dependencies: [c]}

            """)
        #expect(text.contains("($run_input.`full` ? 'True' : 'False')"), "\(text)")
        #expect(text.contains("& ' ' & $string($run_input.`s`)"), "\(text)")
        #expect(try made.entry("nightly.tasks.b.bash_command").isDecision)
        #expect(try made.text("src/dags/nightly/c/lambda.py").contains("COMMAND = \"echo after\""))
        #expect(text.contains("{% 'echo ' & $string($states.input) %}"))
    }

    @Test(
        arguments: [
            ("010", "8"), ("0x1F", "31"), ("1_000", "1000"), ("12:30", "750"), ("1.50", "1.5"), ("+5", "5"),
            (".5", "0.5"),
            ("1.0e+6", "1000000.0"), ("-0b11", "-3"), ("1e3", nil), ("09", nil), ("1.2.3", nil), (".inf", "inf"),
            ("190:20:30.15", "685230.15"), ("2025-01-02T03:04:05Z", "2025-01-02 03:04:05+00:00"),
            ("2025-01-02", "2025-01-02"),
            ("-", nil), ("+", nil), (".", nil), ("0", "0"), ("on", "True"), ("_1", nil), ("0x", nil),
        ] as [(String, String?)])
    func `scalars are read as PyYAML reads them`(_ text: String, _ python: String?) {
        #expect(ScalarOfYAML11(text).python == python)
    }

    @Test func `a number that is another one in Airflow is written so, and the report says it`() throws {
        let (made, text) = try dag(
            "  tasks:\n    a: {operator: x.PythonOperator, python_callable: jobs.f, op_kwargs: {v: 010, w: 1_000_000, s: !!str 5}, retries: 0x2}\n",
            others: ["jobs.py": "def f(v, w, s): return v\n"])
        #expect(text.contains("v: 8\n        w: 1000000\n        s: \"5\"\n"), "\(text)")
        #expect(text.contains("attempts: 2\n"))
        let entry = try made.entry("nightly.tasks.a.op_kwargs.v")
        #expect(entry.outcome == .differs && entry.words.contains("`010` is 8 in Airflow"))
    }

    @Test func `commands of Docker are split as a shell splits them`() throws {
        let (_, text) = try dag(
            """
              schedule: "@daily"
              tasks:
                a: {operator: x.DockerOperator, image: "python:3.12", command: 'python -m job --name "a b"'}
                b: {operator: x.DockerOperator, image: "python:3.12", command: 'python --day {{ ds }}'}
                c: {operator: x.DockerOperator, image: "python:3.12", command: "['python', '-m', 'job']"}

            """)
        #expect(text.contains("command: [python, \"-m\", job, \"--name\", a b]"), "\(text)")
        #expect(text.contains("command: [python, \"--day\", \"{% $substring($run_input.`logical_date`, 0, 10) %}\"]"))
        #expect(text.contains("command: [python, \"-m\", job]"))
        #expect(ShellWords.split("a 'b c") == nil)
        #expect(ShellWords.split(#"a\ b "c\"d" ''"#) == ["a b", "c\"d", ""])
    }

    @Test func `exit status 99 is a decision`() throws {
        let (made, _) = try dag(
            """
              tasks:
                a: {operator: x.BashOperator, bash_command: "test -e x || exit 99"}
                b: {operator: x.BashOperator, bash_command: "true", skip_on_exit_code: 7}

            """)
        #expect(try made.entry("nightly.tasks.a.bash_command").isDecision)
        #expect(try made.entry("nightly.tasks.b.skip_on_exit_code").isDecision)
    }

    @Test func `a run has as much time as its longest way`() throws {
        let (made, text) = try dag(
            """
              default_args: {retries: 2}
              tasks:
                a: {operator: x.S3KeySensor, bucket_key: "s3://people/a.csv", timeout: 259200, poke_interval: 600}
                b: {operator: x.KubernetesPodOperator, image: "a/b:1", execution_timeout: 172800, retries: 0, dependencies: [a]}
                c: {operator: x.BashOperator, bash_command: "true"}
                d: {operator: x.S3KeySensor, bucket_key: "s3://people/b.csv", timeout: 7200000}

            """)
        #expect(text.contains("timeout: 2024h\n") || text.contains("timeout: 7286400s\n"), "\(text)")
        #expect(try made.entry("nightly.tasks.d.timeout").isDecision)
        #expect(try made.entry("nightly.tasks.d.operator").words.contains("where Airflow does every 1m"))
        #expect(try made.entry("nightly.default_args.retries").words.contains("any other error ends the run"))
    }

    @Test func `depends_on_past is one run at a time`() throws {
        let (made, text) = try dag(
            "  tasks: {a: {operator: x.EmptyOperator, depends_on_past: true}}\n")
        #expect(text.contains("max_active_runs: 1\n"))
        #expect(try made.entry("nightly.tasks.a.depends_on_past").outcome == .differs)
        let (other, _) = try dag(
            "  max_active_runs: 3\n  tasks: {a: {operator: x.EmptyOperator, depends_on_past: true}}\n")
        #expect(try other.entry("nightly.tasks.a.depends_on_past").isDecision)
    }

    private func workflow(_ body: String) throws -> (made: AirflowImport, text: String) {
        let made = AirflowImport(["environments/production/hr/x/workflow.yml": body])
        #expect(made.missingTargets.isEmpty && made.strayTodos.isEmpty, "\(made.missingTargets) \(made.strayTodos)")
        return (made, try made.text("src/hr/x/pipeline.yaml"))
    }

    @Test func `the platform takes the first unit of a schedule, and tells Slack of successes too`() throws {
        let (made, text) = try workflow(
            """
            dag:
              repository: moj/x
              tag: 1.0.0
              schedule: {days: 1, hours: 2}
              outlets: [s3://people/a]
              tasks: {a: {}}
            notifications: {slack_channel: alerts}

            """)
        #expect(text.contains("schedule: every 2h\n"), "\(text)")
        #expect(text.contains("on: [failure, success]"))
        #expect(try made.entry("dag.schedule.days").words.contains("no effect"))
        #expect(try made.entry("dag.outlets").words.contains("no effect beside `tasks`"))
        #expect(try made.entry("dag.tasks.a").words != "nothing")
    }

    @Test func `a template that only a person can say is a decision at each function`() throws {
        let (made, text) = try workflow(
            """
            dag:
              repository: moj/x
              tag: 1.0.0
              env_vars: {DAY: "{{ macros.x() }}"}
              tasks: {a: {}, b: {compute_profile: general-on-demand-8vcpu-32gb}}

            """)
        #expect(text.split(separator: "TODO environment.DAY").count == 3, "\(text)")
        #expect(try made.entry("dag.env_vars.DAY").isDecision)
    }

    @Test func `a task that waits for itself is a cycle`() {
        let made = AirflowImport([
            "environments/production/hr/x/workflow.yml":
                "dag:\n  repository: moj/x\n  tag: 1.0.0\n  tasks:\n    a: {dependencies: [a]}\n",
            "dags/x.yml": "nightly:\n  tasks:\n    a: {operator: x.EmptyOperator, dependencies: [a]}\n",
        ])
        #expect(made.result.mistakes.map(\.words).filter { $0.contains("`a` form a cycle") }.count == 2)
    }
}
