import DorcText
import Testing

@testable import DorcImport

/// `workflow.yml` of the Analytical Platform's.
@Suite struct AirflowWorkflowTests {
    private static let path = "environments/production/people/returns/workflow.yml"

    private func workflow(_ dag: String, _ rest: String = "") -> String {
        "dag:\n  repository: ministryofjustice/People_Returns\n  tag: 1.0\n\(dag)\(rest)"
    }

    private func pipeline(_ dag: String, _ rest: String = "") throws -> (made: AirflowImport, text: String) {
        let made = AirflowImport([Self.path: workflow(dag, rest)])
        #expect(made.errors.isEmpty, "\(made.errors)")
        return (made, try made.text("src/people/returns/pipeline.yaml"))
    }

    @Test func `the smallest workflow is one container on the usual size, one run at a time`() throws {
        let (made, text) = try pipeline("")
        #expect(
            text == """
                # From environments/production/people/returns/workflow.yml, a workflow of Airflow.
                max_active_runs: 1
                functions:
                  people-returns:
                    image: "${image_registry}/ministryofjustice/people-returns:1.0"
                    compute: general-spot-1vcpu-4gb
                steps:
                  - name: main
                    function: people-returns

                """)
        let project = try made.text("dorc.yaml")
        #expect(project.contains("general-spot-1vcpu-4gb:\n    vcpu: 1\n    memory: 4096\n    spot: true"))
        #expect(project.contains("image_registry: \"509399598587.dkr.ecr.eu-west-2.amazonaws.com\""))
        #expect(made.report.count(.takenOver) == 2)
    }

    @Test func `tasks of one size share a function, others have one of their own, in the order of their dependencies`()
        throws
    {
        let (_, text) = try pipeline(
            """
              env_vars: {A_ALL: 1}
              tasks:
                first: {env_vars: {STEP: one}}
                second: {env_vars: {STEP: two}}
                third: {compute_profile: gpu-spot-4vcpu-16gb, env_vars: {STEP: three}, dependencies: [first, second]}

            """)
        #expect(text.contains("people-returns-third:\n"))
        #expect(text.contains("environment:\n      A_ALL: \"1\"\n      STEP: three"))
        #expect(
            text.contains(
                """
                steps:
                  - name: first
                    function: people-returns
                    environment:
                      STEP: one
                  - name: second
                    function: people-returns
                    after: []
                    environment:
                      STEP: two
                  - name: third
                    function: people-returns-third
                    after: [first, second]

                """))
    }

    @Test func `values are the strings that Python makes of them`() throws {
        let (_, text) = try pipeline(
            "  env_vars: {ON_ONE: yes, NO_ONE: False, NUMBER: 010, NOTHING: null, HOLE: \"${x}\"}\n")
        for line in ["ON_ONE: \"True\"", "NO_ONE: \"False\"", "NUMBER: \"8\"", "NOTHING: None", "HOLE: \"$${x}\""] {
            #expect(text.contains(line), "\(line) in \(text)")
        }
    }

    @Test(arguments: [
        ("\"0 8 * * *\"", "schedule: \"0 8 * * *\""), ("\"@daily\"", "schedule: \"@daily\""),
        ("{hours: 1}", "schedule: every 1h"),
        ("{seconds: 90}", "schedule: every 2m"), ("{minutes: 1440}", "schedule: every 1d"),
        ("\"@quarterly\"", "schedule: \"0 0 1 1,4,7,10 *\""),
    ])
    func `schedules are taken over`(_ written: String, _ expected: String) throws {
        let (_, text) = try pipeline("  schedule: \(written)\n")
        #expect(text.contains("\n\(expected)\n"), "\(text)")
    }

    @Test(arguments: ["\"61 8 * * *\"", "\"@once\"", "\"every day\"", "{relative: 1}"])
    func `a schedule that dorc cannot have is a decision`(_ written: String) throws {
        let (made, text) = try pipeline("  schedule: \(written)\n")
        #expect(text.contains("# TODO schedule: \(Self.path):4: "), "\(text)")
        let entry = try #require(made.report.entries.first { $0.key.hasPrefix("dag.schedule") })
        #expect(entry.outcome == .noEquivalent)
        #expect(entry.isDecision)
    }

    @Test func `retries, pausing, dates and runs at once have their places`() throws {
        let (made, text) = try pipeline(
            """
              retries: 3
              retry_delay: 150
              is_paused_upon_creation: true
              max_active_runs: 4
              start_date: "2031-01-01"
              end_date: "2033-12-31"
              schedule: "0 8 * * *"
              catchup: true

            """)
        #expect(text.contains("max_active_runs: 4\n"))
        #expect(text.contains("retry:\n    attempts: 3\n    interval: 150s\n    backoff_rate: 1\n"))
        #expect(text.contains("schedule: \"0 8 * * *\"\n    end_date: 2033-12-31"))
        #expect(text.contains("environments:\n  production:\n    triggers_enabled: false"))
        #expect(text.contains("start_date: \(Self.path):8: 2031-01-01; write it here"))
        #expect(try made.entry("dag.catchup").outcome == .differs)
        #expect(try made.entry("dag.start_date").outcome == .differs)
        #expect(try made.entry("dag.end_date").outcome == .takenOver)
    }

    @Test func `rights are the narrowest that stand for them`() throws {
        let (made, text) = try pipeline(
            "",
            """
            iam:
              athena: write
              glue: true
              bedrock: false
              lake_formation: true
              kms: ["arn:aws:kms:eu-west-2:111122223333:key/0d0d0d0d-0d0d-0d0d-0d0d-0d0d0d0d0d0d", "arn:aws:kms:eu-west-2:111122223333:alias/x"]
              s3_deny: [people/secret/*]
              s3_read_only: [people-landing/a/*, people-landing/b/]
              s3_read_write: [people-curated]
              s3_write_only: ["UPPER/x/*"]
            """)
        #expect(text.contains("s3_read: [people-landing/a/*, people-landing/b/*, people-curated]"))
        #expect(text.contains("s3_delete: people-curated"))
        #expect(text.contains("kms: arn:aws:kms:eu-west-2:111122223333:key/0d0d0d0d-0d0d-0d0d-0d0d-0d0d0d0d0d0d\n"))
        #expect(text.contains("lake_formation: true"))
        #expect(text.contains("# TODO access.athena.write: \(Self.path):5"))
        #expect(text.contains("glue:StartJobRun"))
        #expect(!text.contains("bedrock"))
        #expect(try made.entry("iam.athena").isDecision)
        #expect(try made.entry("iam.kms").outcome == .differs)
        #expect(try made.entry("iam.s3_deny").outcome == .noEquivalent)
        #expect(try made.entry("iam.s3_read_only").words.contains("`people-landing/b/` became `people-landing/b/*`"))
        #expect(try made.entry("iam.s3_write_only").outcome == .noEquivalent)
    }

    @Test func `secrets are those of Secrets Manager, in the variables that the images read`() throws {
        let (_, text) = try pipeline("", "secrets: [api-key, user]\n")
        #expect(text.contains("SECRET_API_KEY: \"/airflow/${environment}/people/returns/api-key\""))
        #expect(text.contains("SECRET_USER: \"/airflow/${environment}/people/returns/user\""))
    }

    @Test func `templates of Jinja's become JSONata where it has a counterpart`() throws {
        let (made, text) = try pipeline(
            """
              params: {region: london}
              env_vars:
                DAY: "{{ ds }}"
                ODD: "{{ macros.random() }}"
                PLACE: "{{ params.region }}"

            """)
        #expect(text.contains("parameters:\n  region: london"))
        #expect(text.contains("DAY: \"{% $substring($run_input.`logical_date`, 0, 10) %}\""))
        #expect(text.contains("PLACE: \"{% $string($run_input.`region`) %}\""))
        #expect(text.contains("PARAM_REGION: \"{% $string($run_input.`region`) %}\""))
        #expect(text.contains("TODO environment.ODD: \(Self.path):7"))
        #expect(try made.entry("dag.env_vars.ODD").isDecision)
        #expect(try made.entry("dag.env_vars.DAY").outcome == .differs)
    }

    @Test func `what differs between environments is in environments, and access adds up`() throws {
        func text(_ tag: String, _ bucket: String, _ rows: String) -> String {
            workflow(
                "  schedule: \"0 8 * * *\"\n  env_vars: {ROWS: \(rows), SAME: x}\n",
                "iam: {s3_read_only: [shared/a/*, \(bucket)/b/*]}\n"
            ).replacing("tag: 1.0", with: "tag: \(tag)")
        }
        let made = AirflowImport([
            "environments/development/people/returns/workflow.yml": text("2.0", "people-dev", "10"),
            Self.path: text("1.0", "people-prod", "1000"),
            "environments/test/people/other/workflow.yml": workflow("", "tags: {owner: a@example.gov.uk}\n"),
        ])
        #expect(made.errors.isEmpty, "\(made.errors)")
        let pipeline = try made.text("src/people/returns/pipeline.yaml")
        #expect(
            pipeline.hasSuffix(
                """
                access:
                  s3_read: shared/a/*
                steps:
                  - name: main
                    function: people-returns
                triggers:
                  - name: schedule
                    schedule: "0 8 * * *"
                    environments: [development, production]
                environments:
                  development:
                    functions:
                      people-returns:
                        image: "${image_registry}/ministryofjustice/people-returns:2.0"
                        environment:
                          ROWS: "10"
                    access:
                      s3_read: people-dev/b/*
                  production:
                    access:
                      s3_read: people-prod/b/*

                """), "\(pipeline)")
        #expect(try made.text("dorc.yaml").contains("development:"))
    }

    @Test func `the sizes of tasks are each environment's own`() throws {
        func text(_ profile: String) -> String { workflow("  tasks: {one: {}, two: {compute_profile: \(profile)}}\n") }
        let made = AirflowImport([
            "environments/test/people/returns/workflow.yml": text("general-spot-2vcpu-8gb"),
            Self.path: text("general-on-demand-8vcpu-32gb"),
        ])
        #expect(made.errors.isEmpty, "\(made.errors)")
        let pipeline = try made.text("src/people/returns/pipeline.yaml")
        #expect(pipeline.contains("compute: general-on-demand-8vcpu-32gb"))
        #expect(
            pipeline.hasSuffix(
                "environments:\n  test:\n    functions:\n      people-returns-two:\n        compute: general-spot-2vcpu-8gb\n"
            ), "\(pipeline)")
    }

    @Test func `where the tasks differ, an environment gets a pipeline of its own`() throws {
        let made = AirflowImport([
            "environments/test/people/returns/workflow.yml": workflow("  tasks: {one: {}, two: {}}\n"),
            Self.path: workflow("  tasks: {one: {}}\n"),
        ])
        #expect(made.errors.isEmpty, "\(made.errors)")
        #expect(try made.text("src/people/returns/pipeline.yaml").contains("name: one"))
        #expect(try made.text("src/people/returns-test/pipeline.yaml").contains("name: two"))
    }

    @Test func `who waits for a dataset starts after the pipeline that makes it`() throws {
        let made = AirflowImport([
            "environments/production/people/a/workflow.yml": workflow("  outlets: [\"s3://people/a/\"]\n"),
            "environments/production/people/b/workflow.yml": workflow(
                "  schedule: {datasets: [\"s3://people/c/\", \"s3://people/a/\"]}\n  tasks: {t: {outlets: [\"s3://people/b/\"]}}\n"
            ),
            "environments/production/people/c/workflow.yml": workflow(
                "  schedule: {datasets: [\"s3://people/elsewhere/\"]}\n  outlets: [\"s3://people/c/\"]\n"),
            "environments/production/people/d/workflow.yml": workflow(
                "  schedule: {datasets: [\"s3://people/d/\"]}\n  outlets: [\"s3://people/d/\"]\n"),
        ])
        #expect(made.errors.isEmpty, "\(made.errors)")
        #expect(
            try made.text("src/people/b/pipeline.yaml").contains("after_pipeline:\n      all: [people/c, people/a]"))
        #expect(
            try made.text("src/people/c/pipeline.yaml").contains("s3:\n      bucket: people\n      prefix: elsewhere/"))
        let own = try made.text("src/people/d/pipeline.yaml")
        #expect(own.contains("`people/d` is started by this pipeline"), "\(own)")
    }

    @Test func `the folder's own path says what the paths in it do not`() throws {
        let made = AirflowImport(
            ["workflow.yml": workflow("")], folder: ["repo", "environments", "test", "people", "returns"])
        #expect(try made.text("src/people/returns/pipeline.yaml").contains("people-returns"))
        #expect(try made.text("dorc.yaml").contains("\n  test:\n"))
        let unknown = AirflowImport(["workflow.yml": workflow("")], folder: ["home", "returns"])
        #expect(try unknown.text("src/home/returns/pipeline.yaml").contains("TODO environment"))
    }

    @Test func `a task that depends on nobody, and tasks in Python, are decisions`() throws {
        let (made, text) = try pipeline("  python_dag: true\n  tasks: {one: {dependencies: [nobody]}}\n")
        #expect(text.contains("there is no task `nobody`"))
        #expect(text.contains("# TODO steps: \(Self.path):4: the tasks are in dag.py"))
        #expect(try made.entry("dag.python_dag").outcome == .noEquivalent)
    }
}
