import DorcTestSupport
import Testing
@testable import DorcModel
@testable import DorcText

@Suite struct IntegrationTests {
    private func findings(_ task: String, _ rest: String = "permissions: []") -> [Diagnostic] {
        Repository("timeout: 1h\nsteps:\n  - {name: call, task: \"\(task)\", \(rest)}", functions: []).load().findings
    }

    @Test(arguments: [
        "sns:publish", "glue:startJobRun.sync", "ecs:runTask.sync", "states:startExecution.sync:2",
        "batch:submitJob.sync",
        "sagemaker:createTrainingJob.sync", "elasticmapreduce:addStep.sync", "emr-serverless:startJobRun.sync",
        "codebuild:startBuild.sync", "http:invoke", "dynamodb:getItem", "eks:call", "athena:getQueryResults",
        "aws-sdk:s3:copyObject", "aws-sdk:sfn:listExecutions", "aws-sdk:cloudwatchlogs:createLogGroup",
        "aws-sdk:elasticloadbalancingv2:describeTargetHealth", "aws-sdk:ssoadmin:listInstances",
        "aws-sdk:xray:getTraceSummaries",
        "aws-sdk:accessanalyzer:listAnalyzers", "aws-sdk:dynamodb:query",
        "aws-sdk:databasemigration:startReplicationTask",
        "bedrock-agentcore:invokeHarness", "aws-sdk:ec2:describeVpcs", "aws-sdk:rds:startDBCluster",
        "aws-sdk:applicationautoscaling:putScalingPolicy",
    ])
    func `an integration of AWS is let through`(_ name: String) {
        #expect(findings("arn:aws:states:::\(name)") == [])
    }

    @Test(arguments: [
        ("aws-sdk:stepfunctions:startExecution", "aws-sdk:sfn:startExecution"),
        ("aws-sdk:states:startExecution", "aws-sdk:sfn:startExecution"),
        ("aws-sdk:logs:createLogGroup", "aws-sdk:cloudwatchlogs:createLogGroup"),
        ("aws-sdk:cloudwatch-logs:createLogGroup", "aws-sdk:cloudwatchlogs:createLogGroup"),
        ("aws-sdk:elbv2:describeRules", "aws-sdk:elasticloadbalancingv2:describeRules"),
        ("aws-sdk:dms:startReplicationTask", "aws-sdk:databasemigration:startReplicationTask"),
        ("aws-sdk:events:putEvents", "aws-sdk:eventbridge:putEvents"),
        ("aws-sdk:s3:CopyObject", "aws-sdk:s3:copyObject"),
        ("aws-sdk:s3:copyObjects", "aws-sdk:s3:copyObject"),
        ("aws-sdk:dynamodbb:getItem", "aws-sdk:dynamodb:getItem"),
        ("aws-sdk:glue:startJobRun.sync", "glue:startJobRun.sync"),
        ("snss:publish", "sns:publish"),
        ("glue:startJobRuns.sync", "glue:startJobRun.sync"),
    ])
    func `the name that was meant is suggested`(written: String, meant: String) throws {
        let found = findings("arn:aws:states:::\(written)")
        #expect(found.map(\.id) == [.invalidTask])
        #expect(found.first?.severity == .error)
        #expect(found.first?.replacement == "arn:aws:states:::\(meant)")
    }

    @Test(arguments: [
        ("sns:publish.sync", "`arn:aws:states:::sns:publish` or `arn:aws:states:::sns:publish.waitForTaskToken`"),
        ("dynamodb:getItem.waitForTaskToken", "write `arn:aws:states:::dynamodb:getItem`"),
        ("glue:startJobRun.waitForTaskToken", "`arn:aws:states:::glue:startJobRun.sync`"),
        ("ecs:runTask.sync:2", "`arn:aws:states:::ecs:runTask.waitForTaskToken`"),
        ("aws-sdk:s3:copyObject.sync", "use `.waitForTaskToken`"),
        ("s3:copyObject", "`arn:aws:states:::aws-sdk:s3:copyObject`"),
        ("stepfunctions:listExecutions", "`arn:aws:states:::aws-sdk:sfn:listExecutions`"),
        ("glue:getTables", "`arn:aws:states:::aws-sdk:glue:getTables`"),
    ])
    func `what is possible instead is said`(written: String, help: String) throws {
        let found = findings(
            "arn:aws:states:::\(written)", "permissions: [], arguments: {t: '{% $states.context.Task.Token %}'}")
        #expect(found.map(\.id) == [.invalidTask])
        #expect(found.first?.help?.contains(help) == true, "\(found.first?.help ?? "")")
    }

    /// AWS adds services and actions after this table was made.
    @Test(arguments: [
        "aws-sdk:quantumteapots:brew", "aws-sdk:s3:teleportEverything", "quantumteapots:brew", "sns:teleport",
        // Near to what there is, and not surely a slip.
        "aws-sdk:glue:startJobRunV2", "aws-sdk:sts:assumeRole", "aws-sdk:s3:listObjectsV3",
    ])
    func `what resembles nothing is a warning`(_ name: String) {
        let found = findings("arn:aws:states:::\(name)")
        #expect(found.map(\.severity) == [.warning])
        #expect(found.map(\.id) == [.invalidTask])
    }

    @Test(arguments: [
        ("arguments: {QueueUrl: q, MessageBody: m}", true),
        ("arguments: {QueueUrl: q, MessageBody: '{% $states.context.Execution.Id %}'}", true),
        ("arguments: {QueueUrl: q, MessageBody: '{% $states.context.Task.Token %}'}", false),
        ("arguments: {QueueUrl: q, MessageBody: {t: '{% $states.context.`Task`.Token %}'}}", false),
        ("arguments: {QueueUrl: q, MessageBody: '{% $states %}'}", false),
        ("arguments: '{% {\"c\": $states.context} %}'", false),
    ])
    func `a task that waits for a token has to pass it on`(arguments: String, isMissing: Bool) {
        let task = "arn:aws:states:::sqs:sendMessage.waitForTaskToken"
        let found = Repository(
            "timeout: 1h\nsteps:\n  - name: call\n    task: \"\(task)\"\n    permissions: []\n    \(arguments)",
            functions: []
        ).load().findings
        #expect(found.map(\.id) == (isMissing ? [.noTaskToken] : []))
    }

    @Test(arguments: [
        ("sqs:sendMessage", "{QueueUrl: q}", ["MessageBody"]), ("sqs:sendMessage", "{}", ["QueueUrl", "MessageBody"]),
        ("dynamodb:putItem", "{TableName: t, item: {}}", ["Item"]), ("glue:startJobRun.sync", "{JobName: j}", []),
        ("lambda:invoke", "'{% $states.input %}'", []), ("aws-sdk:sqs:sendMessage", "{}", []),
    ])
    func `the fields that a request needs are asked for`(task: String, arguments: String, missing: [String]) {
        let found = findings("arn:aws:states:::\(task)", "permissions: [], arguments: \(arguments)")
        #expect(found.map(\.id) == missing.map { _ in .invalidTask })
        for field in missing { #expect(found.contains { $0.summary.contains("needs `\(field)`") }) }
    }

    @Test(arguments: [
        ("sns:Publish", true), ("sns:*", true), ("SNS:pub*", true), ("*", true), ("sns:Subscribe", false),
    ])
    func `permissions that do not allow the call are a warning`(action: String, isEnough: Bool) {
        let found = findings(
            "arn:aws:states:::sns:publish",
            "permissions: [{actions: '\(action)', resources: 'arn:aws:sns:eu-west-2:111122223333:t'}]"
        ).filter { $0.severity == .warning }
        #expect(found.map(\.id) == (isEnough ? [] : [.taskWithoutPermissions]))
    }

    @Test func `a pipeline's permissions count for its steps`() {
        let pipeline = """
            permissions: [{actions: 'sns:Publish', resources: 'arn:aws:sns:eu-west-2:111122223333:t'}]
            steps: [{name: call, task: "arn:aws:states:::sns:publish"}]
            """
        #expect(Repository(pipeline, functions: []).load().findings == [])
    }

    @Test(arguments: [
        ("cloudwatchlogs:CreateLogGroup", "logs:CreateLogGroup"),
        ("stepfunctions:StartExecution", "states:StartExecution"),
        ("elasticloadbalancingv2:DescribeRules", "elasticloadbalancing:DescribeRules"),
        ("emr:ListSteps", "elasticmapreduce:ListSteps"),
    ])
    func `a prefix of the SDK is not one of IAM`(action: String, meant: String) {
        let found = findings(
            "arn:aws:states:::sns:publish",
            "permissions: [{actions: [sns:Publish, '\(action)'], resources: 'arn:aws:sns:eu-west-2:111122223333:t'}]")
        #expect(found.map(\.id) == [.invalidValue])
        #expect(found.first?.replacement == meant)
    }

    @Test func `rights are named as IAM does`() {
        #expect(Integration("aws-sdk:cloudwatchlogs:createLogGroup")?.rights == ["logs:CreateLogGroup"])
        #expect(Integration("aws-sdk:s3:listObjectsV2")?.rights == ["s3:ListBucket"])
        #expect(Integration("aws-sdk:lambda:invoke")?.rights == ["lambda:InvokeFunction"])
        #expect(Integration("elasticmapreduce:addStep.sync")?.rights == ["elasticmapreduce:AddJobFlowSteps"])
        // IAM has no such action.
        #expect(Integration("aws-sdk:cloudcontrol:getResource")?.rights == [])
    }

    @Test func `unknown rights of .sync are a warning`() {
        let found = findings("arn:aws:states:::sagemaker:createLabelingJob.sync")
        #expect(found.map(\.id) == [.taskWithoutPermissions])
        #expect(found.first?.help?.contains("events:PutRule") == true)
    }

    /// Every line of the table is found by its name, the first and the last too.
    @Test func `every service of the table is found by its name`() {
        let services = SDKActions.services
        #expect(services.count > 400)
        for service in services { #expect(SDKActions.service(service.name)?.name == service.name) }
        for name in ["", "a", "zzz", "s3 ", "s"] { #expect(SDKActions.service(name) == nil) }
        #expect(services.reduce(0) { $0 + $1.actions.count } > 15_000)
    }

    /// Each optimised integration that waits has a row, or is known to have none.
    @Test func `every integration that waits has rights, or is known to have none`() {
        let lacking = OptimizedIntegration.services.flatMap { service, rows in
            rows.filter { $0.patterns.contains(.sync) && $0.following == nil }.map { "\(service):\($0.action)" }
        }
        #expect(lacking.sorted() == ["codebuild:retryBuildBatch", "sagemaker:createLabelingJob"])
    }
}
