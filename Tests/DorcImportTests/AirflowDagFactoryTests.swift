import DorcText
import Testing

@testable import DorcImport

/// DAGs of dag-factory's.
@Suite struct AirflowDagFactoryTests {
    private func dag(_ body: String, others: [String: String] = [:]) throws -> (made: AirflowImport, text: String) {
        var files = others
        files["dags/team/x.yml"] = "nightly:\n" + body
        let made = AirflowImport(files)
        #expect(made.result.mistakes.isEmpty, "\(made.result.mistakes)")
        #expect(made.errors.isEmpty, "\(made.errors)")
        return (made, try made.text("src/team/nightly/pipeline.yaml"))
    }

    @Test func `the defaults of the file and of the folders above are a DAG's own`() throws {
        let made = AirflowImport([
            "dags/defaults.yml": "catchup: false\ndefault_args: {retries: 5, retry_delay: 30, owner: outer}\n",
            "dags/team/defaults.yml": "default_args: {retries: 4}\nmax_active_runs: 2\n",
            "dags/team/x.yml": """
            default:
              default_args: {owner: team}
              schedule: "0 3 * * *"
              tasks:
                load: {operator: x.BashOperator, bash_command: "echo default"}
            first: {}
            second:
              schedule: null
              tasks:
                load: {bash_command: "echo second"}

            """,
        ])
        #expect(made.errors.isEmpty, "\(made.errors)")
        let first = try made.text("src/team/first/pipeline.yaml")
        #expect(first.contains("owner: team\n"))
        #expect(first.contains("max_active_runs: 2\n"))
        #expect(first.contains("attempts: 4\n    interval: 30s\n"))
        #expect(first.contains("schedule: \"0 3 * * *\"\n"))
        #expect(!(try made.text("src/team/second/pipeline.yaml").contains("schedule")))
        #expect(try made.text("src/team/second/load/lambda.py").contains("COMMAND = \"echo second\""))
        // What no DAG takes is in the report too.
        #expect(
            try made.entry("default_args.owner", in: "dags/defaults.yml").words == "no DAG takes it from the defaults")
        #expect(try made.entry("default_args.retry_delay", in: "dags/defaults.yml").outcome == .takenOver)
    }

    @Test func `a callable that is in the folder is copied beside a handler that calls it`() throws {
        let (made, text) = try dag(
            """
              tasks:
                get: {operator: a.b.PythonOperator, python_callable: jobs.get, op_kwargs: {n: 1, day: "{{ ds }}"}, op_args: [x]}
                put: {operator: a.b.PythonOperator, python_callable_name: put, python_callable_file: /usr/local/dags/lib/jobs.py, dependencies: [get]}
                gone: {operator: a.b.PythonOperator, python_callable: nowhere.gone, dependencies: [put]}

            """, others: ["jobs.py": "def get(*a, **k): return 1\n", "dags/lib/jobs.py": "def put(): return 1\n"])
        #expect(
            text.contains("arguments:\n      args: [x]\n      kwargs:\n        \"n\": 1\n        day: \"{% $substring(")
        )
        #expect(try made.text("src/team/nightly/get/lambda.py").contains("from jobs import get\n"))
        #expect(
            try made.text("src/team/nightly/get/lambda.py").contains(
                "return get(*event.get(\"args\", []), **event.get(\"kwargs\", {}))"))
        #expect(try made.text("src/team/nightly/put/jobs.py").contains("def put()"))
        #expect(try made.text("src/team/nightly/put/lambda.py").contains("return put()"))
        #expect(
            try made.text("src/team/nightly/gone/lambda.py").contains(
                "raise NotImplementedError(\"write this handler: it has to call nowhere.gone\")"))
        #expect(text.contains("TODO function: dags/team/x.yml:5: `nowhere.gone` is not in the folder"))
        #expect(text.contains("- put\n"))
        #expect(try made.text("Dockerfile").contains("lambda.handler"))
    }

    @Test func `modules of the folder that a callable's module imports are copied along`() throws {
        let (made, _) = try dag(
            "  tasks:\n    get: {operator: x.PythonOperator, python_callable: include.jobs.get}\n",
            others: [
                "dags/include/jobs.py":
                    "import os, helpers as h\nfrom include.more import (x)\n\ndef get(): return x\n",
                "dags/include/helpers.py": "from . import nothing\nimport jobs\n", "dags/include/more.py": "x = 1\n",
                "dags/include/os.pyi": "",
            ])
        let copied = made.result.files.map(\.path).filter { $0.contains("/get/") }
        #expect(
            copied == ["helpers.py", "include/more.py", "jobs.py", "lambda.py"].map { "src/team/nightly/get/\($0)" })
    }

    @Test func `outputs of tasks and dynamic mapping become expressions and for_each`() throws {
        let (_, text) = try dag(
            """
              tasks:
                one: {decorator: airflow.sdk.task, python_callable: jobs.f}
                two: {decorator: airflow.sdk.task, python_callable: jobs.f, n: +one}
                each: {decorator: airflow.sdk.task, python_callable: jobs.f, expand: {n: +one}, partial: {label: x}}
                pairs: {decorator: airflow.sdk.task, python_callable: jobs.f, expand: {a: [1, 2], b: +one}}
                given: {operator: x.PythonOperator, python_callable: jobs.f, expand: {op_args: one.output}, partial: {op_kwargs: {k: v}}}

            """, others: ["jobs.py": "def f(*a, **k): return [1]\n"])
        #expect(text.contains("name: two\n    after: one\n") || text.contains("name: two\n"))
        #expect(text.contains("kwargs:\n        \"n\": \"{% $states.input %}\""))
        #expect(
            text.contains(
                "for_each: \"{% $states.input %}\"\n    arguments:\n      kwargs:\n        label: x\n        \"n\": \"{% $states.input %}\""
            ))
        #expect(text.contains("{% [[1, 2].($a := $; $states.input.($b := $; {'a': $a, 'b': $b}))] %}"))
        #expect(text.contains("args: \"{% $type($states.input) = 'array' ? $states.input : [$states.input] %}\""))
    }

    @Test func `constants in expressions keep every character`() throws {
        let (_, text) = try dag(
            #"""
              tasks:
                each:
                  operator: x.PythonOperator
                  python_callable: jobs.f
                  expand: {op_kwargs: [{n: 1}, {n: 2}]}
                  partial: {op_kwargs: {label: "bell\x07 \"end\""}}

            """#, others: ["jobs.py": "def f(**k): return [1]\n"])
        #expect(text.contains(#"{% $merge([{"label": "bell\u0007 \"end\""}, $states.input]) %}"#), "\(text)")
    }

    @Test func `what each item gets beside itself may come from the run`() throws {
        let (made, text) = try dag(
            """
              schedule: "@daily"
              tasks:
                one: {decorator: x.task, python_callable: jobs.f}
                two: {operator: x.PythonOperator, python_callable: jobs.f, expand: {op_kwargs: [{n: 1}]}, partial: {op_kwargs: {day: "{{ ds }}", k: v}}}
                three: {decorator: x.task, python_callable: jobs.f, expand: {n: [1, 2]}, partial: {day: "{{ ds }}", other: +one}, dependencies: [one]}

            """, others: ["jobs.py": "def f(*a, **k): return [1]\n"])
        #expect(
            text.contains(
                #"kwargs: '{% $merge([{"day": ($substring($run_input.`logical_date`, 0, 10)), "k": "v"}, $states.input]) %}'"#
            ), "\(text)")
        #expect(text.contains("day: \"{% $substring($run_input.`logical_date`, 0, 10) %}\""))
        #expect(try made.entry("nightly.tasks.two.partial.op_kwargs.day").outcome == .differs)
        let other = try made.entry("nightly.tasks.three.partial.other")
        #expect(other.isDecision && other.outcome == .noEquivalent)
    }

    @Test func `groups are the order of their tasks`() throws {
        let (_, text) = try dag(
            """
              task_groups:
                outer: {dependencies: [begin]}
                inner: {parent_group_name: outer}
              tasks:
                begin: {operator: x.EmptyOperator}
                a: {operator: x.EmptyOperator, task_group_name: outer}
                b: {operator: x.EmptyOperator, task_group_name: inner, dependencies: [a]}
                c: {operator: x.EmptyOperator, task_group_name: inner}
                end: {operator: x.EmptyOperator, dependencies: [outer]}

            """)
        #expect(
            text.contains(
                """
                steps:
                  - name: begin
                    wait: 1s
                  - name: a
                    wait: 1s
                  - name: b
                    wait: 1s
                  - name: c
                    wait: 1s
                    after: begin
                  - name: end
                    wait: 1s
                    after: [b, c]

                """), "\(text)")
    }

    @Test func `trigger rules become finally and catch`() throws {
        let (made, text) = try dag(
            """
              tasks:
                work: {operator: x.BashOperator, bash_command: "true"}
                mend: {operator: x.BashOperator, bash_command: "true", trigger_rule: one_failed, dependencies: [work]}
                tidy: {operator: x.BashOperator, bash_command: "true", trigger_rule: all_done, dependencies: [work]}
                next: {operator: x.BashOperator, bash_command: "true", trigger_rule: none_failed, dependencies: [work]}
                odd: {operator: x.BashOperator, bash_command: "true", trigger_rule: one_success, dependencies: [next]}

            """)
        #expect(
            text.contains("- name: work\n    function: work\n    catch: mend\n")
                || text.contains("- name: work\n    catch: mend\n"), "\(text)")
        #expect(text.contains("- name: mend\n    only_on_error: true\n    then: fail\n"))
        #expect(text.contains("finally: [tidy]\n"))
        #expect(try made.entry("nightly.tasks.next.trigger_rule").outcome == .takenOver)
        #expect(try made.entry("nightly.tasks.odd.trigger_rule").outcome == .takenOver)
    }

    @Test func `branches and short circuits decide about what is right after them`() throws {
        let (_, text) = try dag(
            """
              tasks:
                pick: {operator: x.BranchPythonOperator, python_callable: jobs.f}
                left: {operator: x.BashOperator, bash_command: "true", dependencies: [pick]}
                stop: {operator: x.ShortCircuitOperator, python_callable: jobs.f, dependencies: [left]}
                last: {operator: x.BashOperator, bash_command: "true", dependencies: [pick, stop]}

            """, others: ["jobs.py": "def f(): return 'left'\n"])
        #expect(text.contains("when: \"{% 'left' in $states.input %}\""))
        #expect(text.contains("when: \"{% 'last' in $states.input.`pick` %}\""))
    }

    @Test func `containers, sensors and services of AWS are steps of their own kind`() throws {
        let (made, text) = try dag(
            """
              tasks:
                pod: {operator: x.KubernetesPodOperator, image: "python:3.12", cmds: [python], arguments: [-c, "print(1)"], env_vars: {A_ONE: 1}, container_resources: {requests: {cpu: 500m, memory: 1Gi}}, namespace: x}
                file: {operator: x.S3KeySensor, bucket_key: "s3://people-landing/x/done.txt", poke_interval: 30, timeout: 600}
                pause: {operator: x.TimeDeltaSensor, delta: {__type__: datetime.timedelta, minutes: 10}}
                until: {operator: x.DateTimeSensor, target_time: "2031-01-01T06:00:00"}
                ecs: {operator: x.EcsRunTaskOperator, task_definition: sweep, cluster: shared, overrides: {containerOverrides: [{name: a, command: [b]}]}}
                sql: {operator: x.AthenaOperator, query: SELECT 1, database: census, workgroup: reports, output_location: "s3://people-results/x/"}
                other: {operator: x.MailOperator, to: ada}

            """)
        #expect(
            text.contains(
                "image: docker.io/library/python:3.12\n    compute:\n      vcpu: 0.5\n      memory: 1024\n    command: [python, \"-c\", print(1)]"
            ), "\(text)")
        #expect(text.contains("errors: [NotReady]\n      attempts: 20\n      interval: 30s\n"))
        #expect(
            try made.text("src/team/nightly/file/lambda.py").contains(
                "BUCKET = \"people-landing\"\nKEY = \"x/done.txt\""))
        #expect(text.contains("wait: 10m\n"))
        #expect(text.contains("until: 2031-01-01T06:00:00Z") || text.contains("until: \"2031-01-01T06:00:00Z\""))
        #expect(text.contains("task: arn:aws:states:::ecs:runTask.sync"))
        #expect(text.contains("Overrides:\n        ContainerOverrides:"))
        #expect(text.contains("task: arn:aws:states:::athena:startQueryExecution.sync"))
        #expect(try made.entry("nightly.tasks.pod.namespace").outcome == .noEquivalent)
        #expect(try made.entry("nightly.tasks.other.to").outcome == .noEquivalent)
        #expect(try made.text("src/team/nightly/other/lambda.py").contains("#   to: ada\n"))
    }

    @Test func `what takes longer than a Lambda is a job`() throws {
        let (made, text) = try dag(
            "  tasks:\n    a: {operator: x.BashOperator, bash_command: \"true\", execution_timeout: 7200}\n")
        #expect(text.contains("compute:\n      vcpu: 1\n      memory: 2048\n    timeout: 2h\n"))
        #expect(try made.text("dorc.yaml").contains("vpc_id"))
    }

    @Test func `a DAG that another one starts is a pipeline step, unless it would start itself`() throws {
        let (made, text) = try dag(
            "  tasks:\n    go: {operator: x.TriggerDagRunOperator, trigger_dag_id: other, wait_for_completion: true, conf: {a: 1}}\n",
            others: [
                "dags/more/y.yml":
                    "other:\n  tasks:\n    back: {operator: x.TriggerDagRunOperator, trigger_dag_id: nightly}\n    gone: {operator: x.TriggerDagRunOperator, trigger_dag_id: nobody}\n"
            ])
        let other = try made.text("src/more/other/pipeline.yaml")
        #expect(other.contains("pipeline: team/nightly\n    wait_for_completion: false"), "\(other)")
        #expect(other.contains("TODO pipeline: dags/more/y.yml:4: there is no DAG `nobody`"))
        #expect(text.contains("`other` would start itself"))
    }

    @Test(arguments: [
        ("{type: timedelta, value: {minutes: 90}}", "schedule: every 90m\n"),
        (
            "{__type__: x.CronTriggerTimetable, cron: \"0 1 * * *\", timezone: Europe/London}",
            "schedule: \"0 1 * * *\"\n    timezone: Europe/London\n"
        ),
        ("[\"s3://people/a\"]", "after_pipeline: team/maker\n"),
        ("{datasets: \"((s3://people/a & s3://people/b) | s3://people/c)\"}", "all: [team/maker, team/maker-b]\n"),
        (
            "{__or__: [{__and__: [{uri: \"s3://people/a\"}, {uri: \"s3://people/b\"}]}, {uri: \"s3://people/c\"}]}",
            "bucket: people\n      prefix: c\n"
        ),
        ("!or [!and [\"s3://people/a\", \"s3://people/b\"], \"s3://people/c\"]", "all: [team/maker, team/maker-b]\n"),
    ])
    func `schedules and conditions on datasets are triggers`(_ written: String, _ expected: String) throws {
        let maker = { (name: String, set: String) in
            "\(name):\n  tasks: {t: {operator: x.EmptyOperator, outlets: [\"s3://people/\(set)\"]}}\n"
        }
        let (_, text) = try dag(
            "  schedule: \(written)\n  tasks: {t: {operator: x.EmptyOperator}}\n",
            others: ["dags/team/m.yml": maker("maker", "a") + maker("maker-b", "b")])
        #expect(text.contains(expected), "\(text)")
    }
}
