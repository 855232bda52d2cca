/// What a task is, by the class of its operator or decorator.
enum OperatorKind: String, CaseIterable, Sendable {
    case bash, python, branch, shortCircuit, empty, container, docker, ecs, batch, lambda, glue, athena, sns, sqs, dag
    case timeDelta, dateTime, s3Sensor, pythonSensor, bashSensor, dagSensor, unknown

    /// By the last part of the path, as in `airflow.providers.standard.operators.bash.BashOperator`; of decorators by the whole path,
    /// as in `airflow.decorators.task`.
    init(_ path: String, isDecorator: Bool) {
        let name = path.split(separator: ".").last.map(String.init) ?? path
        let names = isDecorator ? Self.decorators : Self.classes
        self = names[name] ?? .unknown
    }

    private static let decorators: [String: OperatorKind] = [
        "task": .python, "python": .python, "python_task": .python, "virtualenv": .python, "virtualenv_task": .python,
        "external_python": .python, "branch": .branch, "branch_task": .branch, "short_circuit": .shortCircuit,
        "short_circuit_task": .shortCircuit, "sensor": .pythonSensor, "sensor_task": .pythonSensor,
    ]

    static let classes: [String: OperatorKind] = [
        "BashOperator": .bash,
        "PythonOperator": .python, "PythonVirtualenvOperator": .python, "ExternalPythonOperator": .python,
        "BranchPythonOperator": .branch, "ShortCircuitOperator": .shortCircuit,
        "EmptyOperator": .empty, "DummyOperator": .empty,
        "KubernetesPodOperator": .container, "GKEStartPodOperator": .container, "EksPodOperator": .container,
        "AnalyticalPlatformStandardOperator": .container, "AzureKubernetesOperator": .container,
        "DockerOperator": .docker, "DockerSwarmOperator": .docker,
        "EcsRunTaskOperator": .ecs, "ECSOperator": .ecs, "EcsOperator": .ecs,
        "BatchOperator": .batch, "AwsBatchOperator": .batch,
        "LambdaInvokeFunctionOperator": .lambda, "AwsLambdaInvokeFunctionOperator": .lambda,
        "GlueJobOperator": .glue, "AwsGlueJobOperator": .glue,
        "AthenaOperator": .athena, "AWSAthenaOperator": .athena,
        "SnsPublishOperator": .sns, "SqsPublishOperator": .sqs,
        "TriggerDagRunOperator": .dag,
        "TimeDeltaSensor": .timeDelta, "TimeDeltaSensorAsync": .timeDelta, "WaitSensor": .timeDelta,
        "DateTimeSensor": .dateTime, "DateTimeSensorAsync": .dateTime,
        "S3KeySensor": .s3Sensor, "S3KeySensorAsync": .s3Sensor,
        "PythonSensor": .pythonSensor, "BashSensor": .bashSensor,
        "ExternalTaskSensor": .dagSensor, "ExternalTaskSensorAsync": .dagSensor,
    ]

    /// For the page of the documentation.
    var becomes: String {
        switch self {
        case .bash: "a function whose handler runs the command"
        case .python: "a function whose handler calls the callable, which is copied beside it"
        case .branch: "the same, and a `when` at the steps after it"
        case .shortCircuit: "the same, and a `when` at the steps after it: what comes after those runs all the same"
        case .empty: "`wait: 1s`, which passes its event on"
        case .container, .docker: "a container that was built elsewhere: `image`, `compute`, `command`, `environment`"
        case .ecs: "a `task`, `ecs:runTask.sync`"
        case .batch: "a `task`, `batch:submitJob.sync`"
        case .lambda: "a `task`, `lambda:invoke`"
        case .glue: "a `task`, `glue:startJobRun.sync`"
        case .athena: "a `task`, `athena:startQueryExecution.sync`"
        case .sns: "a `task`, `sns:publish`"
        case .sqs: "a `task`, `sqs:sendMessage`"
        case .dag: "a `pipeline` step"
        case .timeDelta, .dateTime: "`wait`"
        case .s3Sensor: "a function that looks for the object, tried again by `retry`; a trigger `s3` needs no waiting"
        case .pythonSensor, .bashSensor: "a function that raises `NotReady`, tried again by `retry`"
        case .dagSensor: "`wait: 1s` and a TODO: a trigger `after_pipeline` needs no waiting"
        case .unknown: "a function whose handler is not written, with a TODO at the step"
        }
    }

    var isSensor: Bool {
        switch self {
        case .timeDelta, .dateTime, .s3Sensor, .pythonSensor, .bashSensor, .dagSensor: true
        default: false
        }
    }
}
