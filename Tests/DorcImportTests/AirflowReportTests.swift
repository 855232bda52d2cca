import DorcText
import Testing

@testable import DorcImport

/// The report says what is true of the files that are written.
@Suite struct AirflowReportTests {
    private func dag(_ body: String, others: [String: String] = [:]) throws -> (made: AirflowImport, text: String) {
        var files = others
        files["dags/team/x.yml"] = "nightly:\n" + body
        let made = AirflowImport(files)
        try Self.expectTrue(made)
        return (made, try made.text("src/team/nightly/pipeline.yaml"))
    }

    private func workflow(_ dag: String, _ rest: String = "") throws -> (made: AirflowImport, text: String) {
        let made = AirflowImport([
            "environments/production/people/returns/workflow.yml":
                "dag:\n  repository: ministryofjustice/x\n  tag: 1.0\n\(dag)\(rest)"
        ])
        try Self.expectTrue(made)
        return (made, try made.text("src/people/returns/pipeline.yaml"))
    }

    private static func expectTrue(_ made: AirflowImport) throws {
        #expect(made.result.mistakes.isEmpty, "\(made.result.mistakes)")
        #expect(made.errors.isEmpty, "\(made.errors)")
        #expect(made.missingTargets.isEmpty, "\(made.missingTargets)")
        #expect(made.strayTodos.isEmpty, "\(made.strayTodos)")
    }

    private static let jobs = ["jobs.py": "import json\n\ndef f(*args, **kwargs):\n    return 1\n"]

    @Test func `a key whose value nobody can translate is a decision, and is never taken over`() throws {
        let (made, _) = try dag(
            """
              tasks:
                odd: {operator: x.PythonOperator, python_callable: jobs.f, op_args: ["{{ macros.odd() }}"], op_kwargs: {good: 1, bad: "{{ var.value.x }}"}}
                shell: {operator: x.BashOperator, bash_command: "{% if x %}a{% endif %}"}
                gone: {operator: x.PythonOperator, python_callable: nowhere.f}
                name: {operator: x.PythonOperator, python_callable: jobs.g}

            """, others: Self.jobs)
        for key in [
            "odd.op_args", "odd.op_kwargs.bad", "shell.bash_command", "gone.python_callable", "name.python_callable",
        ] {
            let entry = try made.entry("nightly.tasks.\(key)")
            #expect(entry.outcome != .takenOver && entry.isDecision, "\(entry)")
        }
        #expect(try made.entry("nightly.tasks.odd.op_kwargs.good").outcome == .takenOver)
        #expect(try made.entry("nightly.tasks.odd.op_kwargs.bad").words.contains("a Variable of Airflow's"))
        #expect(try made.entry("nightly.tasks.name.python_callable").words == "jobs.py defines no `g`")
        // A comment for each.
        #expect(made.todos.filter { $0.contains("dags/team/x.yml") }.count == 5)
    }

    @Test func `targets name the step and the key that are written`() throws {
        let (made, _) = try dag(
            """
              tasks:
                a: {operator: x.BashOperator, bash_command: "true"}
                b: {operator: x.PythonOperator, python_callable: jobs.f, op_kwargs: {n: 1}, execution_timeout: 60, dependencies: [a]}
                c: {operator: x.BashOperator, bash_command: "true", env: {MODE_ONE: x}, trigger_rule: all_done, dependencies: [b]}

            """, others: Self.jobs)
        let file = "src/team/nightly/pipeline.yaml: "
        for (key, target) in [
            ("b.op_kwargs.n", "steps[1].arguments.kwargs.n"), ("b.execution_timeout", "functions.b.timeout"),
            ("b.dependencies", "steps[1]"), ("c.env.MODE_ONE", "functions.c.environment.MODE_ONE"),
            ("c.trigger_rule", "finally[0]"),
        ] {
            #expect(try made.entry("nightly.tasks.\(key)").target == file + target)
        }
    }

    @Test(arguments: ["\"@once\"", "\"@continuous\"", "null", "[\"x://nobody\"]"])
    func `dates of a schedule that is not written have no equivalent, with the reason`(_ schedule: String) throws {
        let (made, text) = try dag(
            """
              schedule: \(schedule)
              end_date: 2033-01-01
              default_args: {start_date: 2024-01-01, end_date: 2033-01-01}
              tasks: {a: {operator: x.EmptyOperator}}

            """)
        for key in ["end_date", "default_args.start_date", "default_args.end_date"] {
            let entry = try made.entry("nightly.\(key)")
            #expect(entry.outcome == .noEquivalent && entry.target == nil && entry.words.contains("have"), "\(entry)")
        }
        #expect(!text.contains("end_date"))
        let (platform, _) = try workflow(
            "  schedule: \(schedule)\n  start_date: \"2024-01-01\"\n  end_date: \"2033-01-01\"\n")
        #expect(try platform.entry("dag.end_date").outcome == .noEquivalent)
        #expect(try platform.entry("dag.start_date").outcome == .noEquivalent)
    }

    @Test func `dates of a schedule that is written are in its trigger`() throws {
        let (made, text) = try dag(
            """
              schedule: "0 3 * * *"
              default_args: {start_date: 2024-01-01, end_date: 2033-01-01}
              tasks: {a: {operator: x.EmptyOperator, end_date: 2033-01-01}}

            """)
        #expect(text.contains("end_date: 2033-01-01"))
        #expect(try made.entry("nightly.default_args.end_date").target?.hasSuffix("triggers[0].end_date") == true)
        #expect(try made.entry("nightly.tasks.a.end_date").outcome == .noEquivalent)
    }

    @Test func `what has no effect without other keys is not said to be taken over`() throws {
        let (made, _) = try dag(
            """
              default_args: {retry_delay: 60, max_retry_delay: 600, retry_exponential_backoff: true, email_on_failure: true}
              tasks:
                a: {operator: x.EmptyOperator, retries: 2, execution_timeout: 60}
                b: {operator: x.TimeDeltaSensor, delta: 60, poke_interval: 5, timeout: 50}
                c: {operator: x.S3KeySensor, bucket_key: "s3://people/x", retries: 2}
                d: {operator: x.TriggerDagRunOperator, trigger_dag_id: nobody, conf: {a: 1}, wait_for_completion: true}

            """)
        for key in [
            "default_args.retry_delay", "default_args.max_retry_delay", "default_args.retry_exponential_backoff",
            "default_args.email_on_failure", "tasks.a.retries", "tasks.a.execution_timeout", "tasks.b.poke_interval",
            "tasks.b.timeout", "tasks.c.retries", "tasks.d.conf.a", "tasks.d.trigger_dag_id",
        ] {
            let entry = try made.entry("nightly.\(key)")
            #expect(entry.outcome == .noEquivalent && !entry.words.isEmpty, "\(entry)")
        }
    }

    @Test(arguments: [
        ("operator: x.S3KeySensor, bucket_name: \"{{ x }}\", bucket_key: a", "bucket_name", "a template of Airflow's"),
        (
            "operator: x.S3KeySensor, bucket_key: [\"s3://people/a\", \"s3://people/b\"]", "bucket_key",
            "names 2 objects"
        ),
        (
            "operator: x.S3KeySensor, bucket_key: \"s3://people/{{ macros.x() }}\"", "bucket_key",
            "without a counterpart"
        ),
        ("operator: x.S3KeySensor, bucket_key: nothing", "bucket_key", "not a bucket and the key of an object"),
        ("operator: x.EcsRunTaskOperator, cluster: c, task_definition: \"{{ x }}\"", "task_definition", "a template"),
        (
            "operator: x.AthenaOperator, database: d, query: \"SELECT 1\", workgroup: \"{{ ds }}\"", "workgroup",
            "a template of Airflow's"
        ),
        ("operator: x.SnsPublishOperator, message: m, target_arn: topic", "target_arn", "not the ARN of a topic"),
        ("operator: x.KubernetesPodOperator, image: \"{{ x }}\"", "image", "a template of Airflow's"),
        ("operator: x.DateTimeSensor, target_time: \"{{ ds }}\"", "target_time", "a template of Airflow's"),
        ("operator: x.TimeDeltaSensor, delta: 0", "delta", "not a time of a year at most"),
    ])
    func `an operator that is known and cannot be a step says why`(_ task: String, _ key: String, _ reason: String)
        throws
    {
        let (made, text) = try dag("  tasks:\n    a: {\(task)}\n")
        let entry = try made.entry("nightly.tasks.a.\(key)")
        #expect(entry.outcome == .noEquivalent && entry.isDecision && entry.words.contains(reason), "\(entry)")
        #expect(!made.report.text.contains("not known") && !text.contains("not known"))
        #expect(text.contains("# TODO function: dags/team/x.yml:3: \(key): "), "\(text)")
        #expect(try made.entry("nightly.tasks.a.operator").words.contains("`\(key)`"))
    }

    @Test func `what a service is asked may have templates, and a payload in JSON is what it says`() throws {
        let (made, text) = try dag(
            """
              schedule: "@daily"
              tasks:
                sql: {operator: x.AthenaOperator, query: "SELECT '{{ ds }}'", database: d, output_location: "s3://people/{{ ds_nodash }}/"}
                ecs: {operator: x.EcsRunTaskOperator, cluster: c, task_definition: t, overrides: {containerOverrides: [{name: a, command: ["{{ ds }}", x]}]}}
                call: {operator: x.LambdaInvokeFunctionOperator, function_name: f, payload: '{"day": "{{ ds }}", "n": [1, null]}'}
                text: {operator: x.LambdaInvokeFunctionOperator, function_name: f, payload: "plain"}
                sns: {operator: x.SnsPublishOperator, target_arn: "arn:aws:sns:eu-west-2:111122223333:a", message: "{{ var.value.x }}"}

            """)
        let day = "$substring($run_input.`logical_date`, 0, 10)"
        #expect(text.contains(#"QueryString: "{% \"SELECT '\" & \#(day) & \"'\" %}""#), "\(text)")
        #expect(text.contains("OutputLocation: \"{% 's3://people/' & $replace(\(day), '-', '') & '/' %}\""), "\(text)")
        #expect(
            text.contains("Command:\n              - \"{% \(day) %}\"\n              - x")
                || text.contains("Command: [\"{% \(day) %}\", x]"), "\(text)")
        #expect(
            text.contains("Payload:\n        day: \"{% \(day) %}\"\n        \"n\": [1, \"{% null %}\"]")
                || text.contains("day: \"{% \(day) %}\""))
        #expect(text.contains("Payload: plain"))
        let ecs = "nightly.tasks.ecs.overrides.containerOverrides[0]"
        #expect(try made.entry("\(ecs).command").outcome == .differs)
        #expect(
            try made.entry("\(ecs).name").target?.hasSuffix("arguments.Overrides.ContainerOverrides[0].Name") == true)
        #expect(try made.entry("nightly.tasks.call.payload").outcome == .differs)
        #expect(try made.entry("nightly.tasks.text.payload").outcome == .takenOver)
        #expect(try made.entry("nightly.tasks.sns.message").isDecision)
    }

    @Test func `an operator without the key that it needs says so`() throws {
        let (made, _) = try dag("  tasks:\n    a: {operator: x.EcsRunTaskOperator, cluster: c}\n")
        let entry = try made.entry("nightly.tasks.a.operator")
        #expect(entry.words.contains("`task_definition`: it is missing") && entry.isDecision)
    }

    @Test func `an object with a template in its key is looked for by the event`() throws {
        let (made, text) = try dag(
            """
              schedule: "@daily"
              tasks:
                a: {operator: x.S3KeySensor, bucket_name: people, bucket_key: "in/{{ ds }}/done.csv"}

            """)
        #expect(
            text.contains("key: \"{% 'in/' & $substring($run_input.`logical_date`, 0, 10) & '/done.csv' %}\""),
            "\(text)")
        #expect(text.contains("s3_read: people/in/*"))
        #expect(try made.text("src/team/nightly/a/lambda.py").contains("key = event[\"key\"]"))
        #expect(try made.entry("nightly.tasks.a.bucket_key").outcome == .differs)
    }

    @Test func `parameters that are mappings give their default, and each key its reason`() throws {
        let (made, text) = try workflow(
            """
              params:
                region: {default: london, type: string, enum: [london, wales], description: where}
                n: {type: integer, minimum: 1}
                rows: 5
                list: [1, 2]
              env_vars: {PLACE: "{{ params.region }}"}

            """)
        #expect(text.contains("# region: where\n  region: london\n"), "\(text)")
        #expect(text.contains("# TODO parameters.n: environments/production/people/returns/workflow.yml:6"))
        #expect(text.contains("n\": null") || text.contains("n: null"))
        #expect(text.contains("PLACE: \"{% $string($run_input.`region`) %}\""))
        #expect(try made.entry("dag.params.region.default").target?.hasSuffix("parameters.region") == true)
        #expect(
            try made.entry("dag.params.region.enum").words
                == "dorc does not check which values a parameter has: the code does")
        #expect(
            try made.entry("dag.params.region.type").words
                == "dorc does not check the type of a parameter: the code does")
        #expect(try made.entry("dag.params.region.description").outcome == .differs)
        #expect(try made.entry("dag.params.list").outcome == .differs)
    }

    @Test func `a hole of another language in a variable is escaped`() throws {
        let (made, text) = try workflow(
            "  env_vars: {URL_A: \"a ${x} b\", URL_B: \"{{ run_id }}-${y}\"}\n  params: {p: \"${z}\"}\n")
        #expect(text.contains("URL_A: a $${x} b") || text.contains("URL_A: \"a $${x} b\""), "\(text)")
        #expect(text.contains("& '-$${y}' %}"), "\(text)")
        #expect(try made.entry("dag.env_vars.URL_A").outcome == .takenOver)
        #expect(try made.entry("dag.params.p").outcome == .takenOver)
    }

    @Test func `packages that a callable imports are a decision where no requirements file names them`() throws {
        let files = [
            "jobs.py": "import json, pandas as pd\nfrom lib.own import x\n\ndef f(): return 1\n",
            "lib/own.py": "import yaml\nx = 1\n",
        ]
        let body = "  tasks:\n    a: {operator: x.PythonOperator, python_callable: jobs.f}\n"
        let (made, text) = try dag(body, others: files)
        #expect(text.contains("# TODO requirements: dags/team/x.yml:3: jobs.py imports pandas, yaml: "), "\(text)")
        #expect(try made.entry("nightly.tasks.a.python_callable").isDecision)
        let (told, _) = try dag(
            body, others: files.merging(["requirements.txt": "pandas\npyyaml\n"]) { first, _ in first })
        #expect(try told.entry("nightly.tasks.a.python_callable").outcome == .takenOver)
    }

    @Test func `a variable that every task has for itself is not said to be written`() throws {
        let (made, _) = try workflow(
            "  compute_profile: general-spot-2vcpu-8gb\n  env_vars: {MODE_ONE: all, OTHER_ONE: x}\n  tasks:\n"
                + "    a: {env_vars: {MODE_ONE: a}, compute_profile: general-spot-1vcpu-4gb}\n    b: {env_vars: {MODE_ONE: b}, compute_profile: general-spot-1vcpu-4gb}\n"
        )
        #expect(try made.entry("dag.env_vars.MODE_ONE").words == "every task has one of its own")
        #expect(try made.entry("dag.compute_profile").words == "every task has a size of its own")
        #expect(
            try made.entry("dag.tasks.b.env_vars.MODE_ONE").target?.hasSuffix("steps[1].environment.MODE_ONE") == true)
    }

    @Test func `a workflow whose image is not known has a decision about it`() throws {
        let made = AirflowImport(["environments/production/people/returns/workflow.yml": "dag:\n  tasks: {a: {}}\n"])
        try Self.expectTrue(made)
        #expect(made.decisions == 1)
        #expect(made.todos.contains { $0.hasPrefix("image: ") })
    }

    @Test func `an environment that is a guess is a decision of the report`() throws {
        let made = AirflowImport(["x/workflow.yml": "dag:\n  repository: ministryofjustice/x\n  tag: 1.0\n"])
        #expect(made.decisions == 1)
        #expect(try made.entry("(file)").target == "dorc.yaml: environments.production")
    }
}
