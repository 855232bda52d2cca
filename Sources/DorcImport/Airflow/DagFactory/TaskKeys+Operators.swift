internal import DorcText
internal import DorcYAML

/// The keys of the operators that the importer knows. What is read of them is in `OperatorBuilder` and its like.
extension TaskKeys {
    /// A key whose value the builder of the operator reads.
    fileprivate static func used(
        _ name: String, _ becomes: String, _ outcome: ImportReport.Outcome = .takenOver, _ words: String = ""
    ) -> Rule {
        Rule(name, outcome, "`\(becomes)`") { value, state in
            if value.isNull || value.entries?.isEmpty == true { return .takenOver(nil, "nothing") }
            let target = becomes == "lambda.py" ? state.functionTarget : becomes
            return Verdict(
                outcome: outcome, targets: [Target(target)], words: words, otherwise: "the step has no such thing")
        }
    }

    /// A key of a request, whose templates are expressions: `TaskCalls` says what became of it.
    fileprivate static func sent(_ name: String, _ becomes: String) -> Rule {
        told(name, "`steps[*].arguments.\(becomes)`")
    }

    /// A key of which the builder of the operator says itself what became.
    fileprivate static func told(
        _ name: String, _ becomes: String, expected: String = "",
        _ isRight: @escaping @Sendable (WrittenValue) -> Bool = { _ in true }
    ) -> Rule {
        Rule(name, .takenOver, becomes) { value, _ in
            let isEmpty = value.isNull || value.entries?.isEmpty == true || value.items?.isEmpty == true
            if isEmpty { return .takenOver(nil, "nothing") }
            return isRight(value) ? nil : .wrong(value, expected: expected)
        }
    }

    static func operators(_ kind: OperatorKind) -> [Rule] {
        switch kind {
        case .bash: bash
        case .bashSensor: bash + sensor
        case .python, .branch, .shortCircuit: python
        case .pythonSensor: python + sensor
        case .container, .docker: container
        case .ecs: ecs
        case .batch: batch
        case .lambda: lambda
        case .glue: glue
        case .athena: athena
        case .sns: sns
        case .sqs: sqs
        case .dag: dag
        case .timeDelta: [used("delta", "steps[*].wait"), used("time_to_wait", "steps[*].wait")] + waiting
        case .dateTime: [used("target_time", "steps[*].wait.until")] + waiting
        case .s3Sensor: s3Sensor + sensor
        case .dagSensor: dagSensor + waiting
        case .empty: []
        case .unknown: []
        }
    }

    private static func exitCode(_ name: String) -> Rule {
        Rule(
            name, .noEquivalent, "a function fails with any exit status but 0: let the handler return, and write `when`"
        ) {
            value, _ in
            if value.isNull { return .takenOver(nil, "as dorc does: no exit status skips") }
            let words =
                "exit status \(value.source.shortened(to: 40)) skips the task in Airflow; here it fails like any other"
            return .none(
                words,
                Todo(
                    "when", value, "\(words): let the handler return, and write `when` at what comes after it",
                    at: "steps[*]"))
        }
    }

    private static let bash: [Rule] = [
        told("bash_command", "`lambda.py`; with templates, `arguments` of the step"),
        Rule("env", .takenOver, "`environment` of the function") { value, state in
            state.takeEnvironment(value, isJob: false)
        },
        Rule("append_env", .takenOver, "the command sees what Lambda's environment has") { value, _ in
            value.boolean == true
                ? .takenOver(nil, "as dorc does")
                : .differs(nil, "the command sees the variables of Lambda's environment too")
        },
        Rule("output_encoding", none: "UTF-8"), exitCode("skip_on_exit_code"), exitCode("skip_exit_code"),
        used("cwd", "lambda.py"),
        Rule("output_processor", none: "write it in the handler"),
    ]

    private static let python: [Rule] = [
        told("python_callable", "`lambda.py`"), told("python_callable_name", "`lambda.py`"),
        told("python_callable_file", "`lambda.py`"),
        told("op_args", "`steps[*].arguments.args`", expected: "a list") { $0.items != nil },
        told("op_kwargs", "`steps[*].arguments.kwargs`", expected: "a mapping") { $0.entries != nil },
        Rule("provide_context", none: "a handler gets the event, not Airflow's context"),
        Rule("templates_dict", none: "write it in `arguments`"),
        Rule("templates_exts", none: "there are no templates of Jinja's"),
        Rule("show_return_value_in_logs", none: "a handler prints what it wants in the log"),
        Rule("python", none: "the image has one Python: see Dockerfile"),
        Rule("python_version", none: "the image has one Python: see Dockerfile"),
        Rule("requirements", none: "write a requirements.txt beside pipeline.yaml"),
        Rule("system_site_packages", none: "the image has what requirements.txt names"),
        Rule("string_args", none: "write them in `arguments`"),
        Rule("ignore_downstream_trigger_rules", none: "see `when`"),
        Rule("use_dill", none: "arguments are JSON"), Rule("serializer", none: "arguments are JSON"),
    ]

    /// Of sensors that become a wait.
    private static let waiting: [Rule] = sensor.map { rule in
        Rule(rule.name, .noEquivalent, "a wait asks nothing and has no tries") { value, _ in
            value.isNull ? .takenOver(nil, "nothing") : .none("a wait asks nothing and has no tries")
        }
    }

    static let sensor: [Rule] = [
        used("poke_interval", "steps[*].retry.interval"), used("timeout", "steps[*].retry.attempts"),
        Rule("mode", none: "between two tries nothing runs"),
        Rule("deferrable", none: "between two tries nothing runs"),
        Rule("soft_fail", none: "write `catch`"), Rule("silent_fail", none: "write `catch`"),
        Rule("exponential_backoff", none: "`retry.backoff_rate`"), Rule("max_wait", none: "`retry.max_delay`"),
        Rule("fail_on_empty", none: "write it in the handler"),
    ]

    /// At the step where a part of it is a template.
    private static func command(
        _ name: String, _ outcome: ImportReport.Outcome = .takenOver, _ words: String = ""
    ) -> Rule {
        Rule(name, outcome, "`functions.*.command`, or `command` of the step where it has templates") { value, _ in
            if value.isNull || value.items?.isEmpty == true { return .takenOver(nil, "nothing") }
            if value.entries != nil { return .wrong(value, expected: "a list") }
            return Verdict(
                outcome: outcome, targets: [Target("steps[*].command"), Target("functions.*.command")], words: words,
                otherwise: "it says nothing")
        }
    }

    private static let container: [Rule] =
        [
            used("image", "functions.*.image"),
            command("cmds", .differs, "in dorc it is what the image's entry point gets"),
            command("arguments"), command("command"),
            Rule("entrypoint", none: "`command` is what an image's entry point gets: build an image with another one"),
            Rule("env_vars", .takenOver, "`environment` of the function, or of the step where it is a template") {
                value, state in
                state.takeEnvironment(value, isJob: true)
            },
            Rule("environment", .takenOver, "`environment` of the function, or of the step where it is a template") {
                value, state in
                // The platform's operator has a string here.
                value.isScalar ? .differs(nil, "the environment is dorc's") : state.takeEnvironment(value, isJob: true)
            },
            used("container_resources", "functions.*.compute", .differs, "the next size that AWS Batch has"),
            used("resources", "functions.*.compute", .differs, "the next size that AWS Batch has"),
            used("cpus", "functions.*.compute", .differs, "the next size that AWS Batch has"),
            used("mem_limit", "functions.*.compute", .differs, "the next size that AWS Batch has"),
            used("compute_profile", "functions.*.compute"),
            Rule(
                "secrets", none: "secrets of Kubernetes: write `secrets` of the function, with names of Secrets Manager"
            ),
            Rule("private_environment", none: "write `secrets` of the function"),
            Rule("env_from", none: "write `environment` or `secrets` of the function"),
            Rule("configmaps", none: "write `environment` of the function"),
            Rule("pod_runtime_info_envs", none: "ask the metadata of ECS"),
            Rule(
                "skip_on_exit_code", none: "a container of dorc's succeeds with exit status 0 and fails with any other"),
        ]
        + [
            "name", "namespace", "in_cluster", "config_file", "cluster_context", "get_logs", "container_logs",
            "is_delete_operator_pod", "on_finish_action", "startup_timeout_seconds", "image_pull_policy",
            "image_pull_secrets",
            "annotations", "labels", "affinity", "tolerations", "node_selector", "security_context",
            "container_security_context", "service_account_name", "host_aliases", "hostnetwork", "dnspolicy",
            "dns_config",
            "schedulername", "volumes", "volume_mounts", "ports", "init_containers", "full_pod_spec",
            "pod_template_file",
            "pod_template_dict", "priority_class_name", "termination_grace_period", "log_events_on_failure",
            "log_pod_spec_on_failure", "reattach_on_restart", "kubernetes_conn_id", "base_container_name", "deferrable",
            "poll_interval", "random_name_suffix", "active_deadline_seconds", "callbacks", "progress_callback",
            "subdomain",
            "hostname", "docker_url", "auto_remove", "network_mode", "mounts", "mount_tmp_dir", "tmp_dir", "user",
            "docker_conn_id", "force_pull", "tty", "privileged", "shm_size", "working_dir", "xcom_all",
            "container_name",
            "retrieve_output", "retrieve_output_path", "api_version", "dns", "extra_hosts", "hmcts_sdp_networking",
            "project",
            "workflow", "project_id", "location", "cluster_name", "pod_name", "aws_conn_id", "region",
        ].map { Rule($0, none: "AWS Batch starts the container: there is no cluster of your own") }

    private static let ecs: [Rule] =
        [
            used("task_definition", "steps[*].arguments.TaskDefinition"), used("cluster", "steps[*].arguments.Cluster"),
            sent("launch_type", "LaunchType"), sent("overrides", "Overrides"),
            sent("network_configuration", "NetworkConfiguration"),
            sent("capacity_provider_strategy", "CapacityProviderStrategy"),
            sent("group", "Group"), sent("platform_version", "PlatformVersion"),
            sent("placement_constraints", "PlacementConstraints"),
            sent("placement_strategy", "PlacementStrategy"), sent("tags", "Tags"),
        ] + aws

    private static let batch: [Rule] =
        [
            used("job_name", "steps[*].arguments.JobName"), used("job_definition", "steps[*].arguments.JobDefinition"),
            used("job_queue", "steps[*].arguments.JobQueue"),
            Rule("overrides", .takenOver, "`steps[*].arguments.ContainerOverrides`") { value, state in
                state.value["container_overrides"] == nil
                    ? sent("overrides", "ContainerOverrides").take(value, &state)
                    : .none("`container_overrides` holds")
            },
            sent("container_overrides", "ContainerOverrides"),
            sent("parameters", "Parameters"), sent("tags", "Tags"),
        ] + aws

    private static let lambda: [Rule] =
        [
            used("function_name", "steps[*].arguments.FunctionName"), sent("payload", "Payload"),
            sent("qualifier", "Qualifier"),
            Rule("invocation_type", none: "a step waits for the answer"),
            Rule("client_context", none: "write it in the payload"),
        ] + aws

    private static let glue: [Rule] =
        [
            used("job_name", "steps[*].arguments.JobName"), sent("script_args", "Arguments"),
            Rule("script_location", none: "the job exists already"),
            Rule("create_job_kwargs", none: "the job exists already"),
            Rule("iam_role_name", none: "the job exists already"), Rule("iam_role_arn", none: "the job exists already"),
            Rule("s3_bucket", none: "the job exists already"),
            Rule("concurrent_run_limit", none: "the job exists already"),
            Rule("retry_limit", none: "the job exists already"), Rule("num_of_dpus", none: "the job exists already"),
            Rule("run_job_kwargs", none: "write it in `arguments`"), Rule("job_desc", none: "the job exists already"),
            Rule("update_config", none: "the job exists already"),
            Rule("replace_script_file", none: "the job exists already"),
        ] + aws

    private static let athena: [Rule] =
        [
            sent("query", "QueryString"),
            sent("database", "QueryExecutionContext.Database"),
            sent("catalog", "QueryExecutionContext.Catalog"),
            sent("output_location", "ResultConfiguration.OutputLocation"),
            used("workgroup", "steps[*].arguments.WorkGroup"),
            Rule("result_configuration", none: "write it in `arguments`"),
            Rule("query_execution_context", none: "write it in `arguments`"),
            Rule("client_request_token", none: "a run has one of its own"),
        ] + aws

    private static let sns: [Rule] =
        [
            used("target_arn", "steps[*].arguments.TopicArn"), sent("message", "Message"),
            sent("subject", "Subject"), Rule("message_attributes", none: "write it in `arguments`"),
        ] + aws

    private static let sqs: [Rule] =
        [
            used("sqs_queue", "steps[*].arguments.QueueUrl"), sent("message_content", "MessageBody"),
            sent("delay_seconds", "DelaySeconds"),
            Rule("message_attributes", none: "write it in `arguments`"),
            sent("message_group_id", "MessageGroupId"),
        ] + aws

    private static let dag: [Rule] = [
        told("trigger_dag_id", "`steps[*].pipeline`"),
        told("conf", "`steps[*].arguments`", expected: "a mapping") { $0.entries != nil },
        Rule("wait_for_completion", .takenOver, "`steps[*].wait_for_completion`") { value, _ in
            guard let waits = value.boolean else { return .wrong(value, expected: "true or false") }
            return waits
                ? .takenOver(nil, "as dorc does")
                : .takenOver("steps[*].wait_for_completion", else: "no pipeline is started: see `trigger_dag_id`")
        },
        Rule("poke_interval", none: "Step Functions tells when the run has ended"),
        Rule("deferrable", none: "a step that waits costs nothing"),
        Rule("trigger_run_id", none: "a run's name is its own"),
        Rule("execution_date", none: "a run has no date but its start"),
        Rule("logical_date", none: "a run has no date but its start"),
        Rule("reset_dag_run", none: "each start is a run of its own"),
        Rule("allowed_states", none: "the run has to succeed"),
        Rule("failed_states", none: "the run has to succeed"),
        Rule("skip_when_already_exists", none: "each start is a run of its own"),
        Rule("fail_when_dag_is_paused", none: "a pipeline that is started by a step runs"),
    ]

    private static let s3Sensor: [Rule] =
        [
            told("bucket_key", "`lambda.py`; with templates, `arguments` of the step"),
            used("bucket_name", "lambda.py"), used("wildcard_match", "lambda.py"),
            Rule("use_regex", none: "write it in the handler"), Rule("check_fn", none: "write it in the handler"),
            Rule("metadata_keys", none: "write it in the handler"),
        ] + aws

    private static let dagSensor: [Rule] =
        [
            Rule("external_dag_id", .noEquivalent, "a trigger `after_pipeline`") { value, state in
                let todo = Todo(
                    "triggers", value, "it waited for \(value.text ?? "?"): write a trigger with `after_pipeline`",
                    at: "steps[*]")
                return .none("a run does not wait for another one: a trigger `after_pipeline` starts it", todo)
            }
        ]
        + [
            "external_task_id", "external_task_ids", "external_task_group_id", "allowed_states", "skipped_states",
            "failed_states", "execution_delta", "execution_delta_secs", "execution_date_fn", "execution_date_fn_name",
            "execution_date_fn_file", "check_existence", "poll_interval",
        ].map { Rule($0, none: "`after_pipeline` is for whole runs, and for those of the moment") }

    /// What operators for AWS have alike.
    private static let aws: [Rule] = [
        ("aws_conn_id", "the role of the pipeline calls"), ("region", "it is called in the environment's region"),
        ("region_name", "it is called in the environment's region"), ("verify", "Step Functions calls"),
        ("botocore_config", "Step Functions calls"), ("deferrable", "a step that waits costs nothing"),
        ("wait_for_completion", "the step waits for the end"),
        ("waiter_delay", "Step Functions tells when it has ended"),
        ("waiter_max_attempts", "`timeout` of the step"), ("poll_interval", "Step Functions tells when it has ended"),
        ("status_retries", "Step Functions tells when it has ended"), ("max_retries", "`retry` of the step"),
        ("sleep_time", "Step Functions tells when it has ended"), ("max_polling_attempts", "`timeout` of the step"),
        ("verbose", "logs are in CloudWatch"), ("awslogs_group", "logs are where the task writes them"),
        ("awslogs_region", "logs are where the task writes them"),
        ("awslogs_stream_prefix", "logs are where the task writes them"),
        ("reattach", "a run is gone on with by a redrive"),
        ("quota_retry", "`retry` of the step"), ("number_logs_exception", "logs are where the task writes them"),
        ("stop_job_run_on_kill", "a run that is stopped stops it"),
        ("stop_task_on_failure", "a run that is stopped stops it"),
        ("log_type", "logs are in CloudWatch"), ("keep_json_array_format", "the answer is JSON"),
        ("array_properties", "`for_each`"),
        ("node_overrides", "write it in `arguments`"), ("share_identifier", "write it in `arguments`"),
        ("scheduling_priority_override", "write it in `arguments`"),
    ].map { Rule($0.0, none: $0.1) }
}
