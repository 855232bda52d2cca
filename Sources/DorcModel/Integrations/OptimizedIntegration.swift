/// A row of the table of optimised integrations: what Step Functions can call, how it can wait for it, and what IAM has to
/// allow.
///
/// From the pages "Integrating optimized services" and `connect-<service>` of the Step Functions guide (August 2026), with
/// their example policies. Where a page shows no managed rule but aws-cdk's tasks allow one (EMR), the rule is listed. Where
/// neither says what `.sync` needs, `following` is nil, and a warning tells the user. `required` is what cdk-preflight measured
/// on AWS (pf-sfn-asl-integration-parameters, September 2026).
package struct OptimizedIntegration: Sendable {
    package let action: String
    package let patterns: Set<Integration.Pattern>
    /// Of the call itself.
    let rights: [String]
    let following: FollowingRights?
    /// What AWS refuses a call without, when the machine is created.
    package let required: [String]

    private init(
        _ action: String, _ waiting: Set<Integration.Pattern> = [], _ rights: [String],
        required: [String] = [], following: FollowingRights? = nil
    ) {
        self.action = action
        patterns = waiting.union([.requestResponse])
        self.rights = rights
        self.following = following
        self.required = required
    }

    /// Pages whose name does not follow from the service's.
    static let pages = [
        "apigateway": "connect-api-gateway", "bedrock-agentcore": "connect-bedrockagentcore", "dynamodb": "connect-ddb",
        "elasticmapreduce": "connect-emr",
        "emr-containers": "connect-emr-eks", "events": "connect-eventbridge", "http": "call-https-apis",
        "states": "connect-stepfunctions",
    ]

    /// By the service's name; made when the first task is checked.
    package static let services: [String: [OptimizedIntegration]] = [
        "apigateway": [.init("invoke", [.waitForTaskToken], ["execute-api:Invoke"])],
        "athena": [
            .init(
                "startQueryExecution", [.sync], ["athena:StartQueryExecution"],
                following: .init([
                    (["athena:GetQueryExecution", "athena:StopQueryExecution"], .called(or: "workgroup/*"))
                ])),
            .init("stopQueryExecution", ["athena:StopQueryExecution"]),
            .init("getQueryExecution", ["athena:GetQueryExecution"]),
            .init("getQueryResults", ["athena:GetQueryResults"]),
        ],
        "batch": [
            .init(
                "submitJob", [.sync], ["batch:SubmitJob"],
                following: .init(
                    [(["batch:DescribeJobs", "batch:TerminateJob"], .everything)],
                    rule: "StepFunctionsGetEventsForBatchJobsRule"))
        ],
        "bedrock": [
            .init("invokeModel", [.waitForTaskToken], ["bedrock:InvokeModel"]),
            .init(
                "createModelCustomizationJob", [.sync, .waitForTaskToken], ["bedrock:CreateModelCustomizationJob"],
                following: .init([
                    (
                        ["bedrock:GetModelCustomizationJob", "bedrock:StopModelCustomizationJob"],
                        .own("model-customization-job/*")
                    )
                ])),
        ],
        "bedrock-agentcore": [.init("invokeHarness", ["bedrock-agentcore:InvokeHarness"])],
        "codebuild": [
            .init(
                "startBuild", [.sync], ["codebuild:StartBuild"],
                following: .init(
                    [(["codebuild:BatchGetBuilds", "codebuild:StopBuild"], .called(or: "project/*"))],
                    rule: "StepFunctionsGetEventForCodeBuildStartBuildRule")),
            .init("stopBuild", ["codebuild:StopBuild"]),
            .init("batchDeleteBuilds", ["codebuild:BatchDeleteBuilds"]),
            .init("batchGetReports", ["codebuild:BatchGetReports"]),
            .init(
                "startBuildBatch", [.sync], ["codebuild:StartBuildBatch"],
                following: .init(
                    [(["codebuild:BatchGetBuildBatches", "codebuild:StopBuildBatch"], .called(or: "project/*"))],
                    rule: "StepFunctionsGetEventForCodeBuildStartBuildBatchRule")),
            .init("stopBuildBatch", ["codebuild:StopBuildBatch"]),
            .init("retryBuildBatch", [.sync], ["codebuild:RetryBuildBatch"]),
            .init("deleteBuildBatch", ["codebuild:DeleteBuildBatch"]),
        ],
        "databrew": [
            .init(
                "startJobRun", [.sync], ["databrew:StartJobRun"],
                following: .init([(["databrew:ListJobRuns", "databrew:StopJobRun"], .called(or: "job/*"))]))
        ],
        "dynamodb": [
            .init("getItem", ["dynamodb:GetItem"], required: ["TableName", "Key"]),
            .init("putItem", ["dynamodb:PutItem"], required: ["TableName", "Item"]),
            .init("deleteItem", ["dynamodb:DeleteItem"]), .init("updateItem", ["dynamodb:UpdateItem"]),
        ],
        "ecs": [
            .init(
                "runTask", [.sync, .waitForTaskToken], ["ecs:RunTask"], required: ["TaskDefinition"],
                following: .init(
                    [(["ecs:DescribeTasks", "ecs:StopTask"], .own("task/*"))],
                    rule: "StepFunctionsGetEventsForECSTaskRule"))
        ],
        "eks": eks,
        "elasticmapreduce": emr,
        "emr-containers": [
            .init("createVirtualCluster", ["emr-containers:CreateVirtualCluster"]),
            .init(
                "deleteVirtualCluster", [.sync], ["emr-containers:DeleteVirtualCluster"],
                following: .init([(["emr-containers:DescribeVirtualCluster"], .called(or: "/virtualclusters/*"))])),
            .init(
                "startJobRun", [.sync], ["emr-containers:StartJobRun"],
                following: .init([
                    (
                        ["emr-containers:CancelJobRun", "emr-containers:DescribeJobRun"],
                        .own("/virtualclusters/*/jobruns/*")
                    )
                ])),
        ],
        "emr-serverless": emrServerless,
        "events": [.init("putEvents", [.waitForTaskToken], ["events:PutEvents"], required: ["Entries"])],
        // "AWS Glue does not have resource-based control", says its page.
        "glue": [
            .init(
                "startJobRun", [.sync], ["glue:StartJobRun"], required: ["JobName"],
                following: .init([(["glue:BatchStopJobRun", "glue:GetJobRun", "glue:GetJobRuns"], .everything)]))
        ],
        "http": [.init("invoke", ["states:InvokeHTTPEndpoint"])],
        "lambda": [.init("invoke", [.waitForTaskToken], ["lambda:InvokeFunction"], required: ["FunctionName"])],
        "mediaconvert": [
            .init(
                "createJob", [.sync], ["mediaconvert:CreateJob"],
                following: .init(
                    [(["mediaconvert:CancelJob", "mediaconvert:GetJob"], .everything)],
                    rule: "StepFunctionsGetEventsForMediaConvertJobRule"))
        ],
        "sagemaker": sageMaker,
        "sns": [.init("publish", [.waitForTaskToken], ["sns:Publish"], required: ["Message"])],
        "sqs": [.init("sendMessage", [.waitForTaskToken], ["sqs:SendMessage"], required: ["QueueUrl", "MessageBody"])],
        "states": [
            .init(
                "startExecution", [.sync, .syncVersion2, .waitForTaskToken], ["states:StartExecution"],
                required: ["StateMachineArn"],
                following: .init(
                    [(["states:DescribeExecution", "states:StopExecution"], .executions)],
                    rule: executionRule))
        ],
    ]

    package static let executionRule = "StepFunctionsGetEventsForStepFunctionsExecutionRule"

    /// The Kubernetes API allows `call` and `runJob` itself.
    private static let eks: [OptimizedIntegration] = [
        .init("call", [.waitForTaskToken], []),
        .init("runJob", [.sync, .waitForTaskToken], [], following: FollowingRights.none),
        .init(
            "createCluster", [.sync], ["eks:CreateCluster"],
            following: .init([(["eks:DeleteCluster", "eks:DescribeCluster"], .own("cluster/*"))])),
        .init(
            "deleteCluster", [.sync], ["eks:DeleteCluster"],
            following: .init([(["eks:DescribeCluster"], .called(or: "cluster/*"))])),
        .init(
            "createNodegroup", [.sync], ["eks:CreateNodegroup"],
            following: .init([(["eks:DeleteNodegroup", "eks:DescribeNodegroup"], .own("nodegroup/*"))])),
        .init(
            "deleteNodegroup", [.sync], ["eks:DeleteNodegroup"],
            following: .init([(["eks:DescribeNodegroup"], .called(or: "nodegroup/*"))])),
        .init(
            "createFargateProfile", [.sync], ["eks:CreateFargateProfile"],
            following: .init([(["eks:DeleteFargateProfile", "eks:DescribeFargateProfile"], .own("fargateprofile/*"))])),
        .init(
            "deleteFargateProfile", [.sync], ["eks:DeleteFargateProfile"],
            following: .init([(["eks:DescribeFargateProfile"], .called(or: "fargateprofile/*"))])),
    ]

    private static let emr: [OptimizedIntegration] = [
        .init(
            "createCluster", [.sync], ["elasticmapreduce:RunJobFlow"],
            following: .init(
                [(["elasticmapreduce:DescribeCluster", "elasticmapreduce:TerminateJobFlows"], .own("cluster/*"))],
                rule: "StepFunctionsGetEventForEMRRunJobFlowRule")),
        .init(
            "terminateCluster", [.sync], ["elasticmapreduce:TerminateJobFlows"],
            following: .init(
                [(["elasticmapreduce:DescribeCluster"], .called(or: "cluster/*"))],
                rule: "StepFunctionsGetEventForEMRTerminateJobFlowsRule")),
        .init(
            "addStep", [.sync], ["elasticmapreduce:AddJobFlowSteps"],
            following: .init(
                [(["elasticmapreduce:CancelSteps", "elasticmapreduce:DescribeStep"], .called(or: "cluster/*"))],
                rule: "StepFunctionsGetEventForEMRAddJobFlowStepsRule")),
        .init("cancelStep", ["elasticmapreduce:CancelSteps"]),
        .init("setClusterTerminationProtection", ["elasticmapreduce:SetTerminationProtection"]),
        .init(
            "modifyInstanceFleetByName",
            ["elasticmapreduce:ListInstanceFleets", "elasticmapreduce:ModifyInstanceFleet"]),
        .init(
            "modifyInstanceGroupByName",
            ["elasticmapreduce:ListInstanceGroups", "elasticmapreduce:ModifyInstanceGroups"]),
    ]

    private static let emrServerless: [OptimizedIntegration] = [
        emrServerless("createApplication", "CreateApplication", ["DeleteApplication", "GetApplication"]),
        emrServerless("deleteApplication", "DeleteApplication", ["GetApplication"]),
        emrServerless("startApplication", "StartApplication", ["GetApplication", "StopApplication"]),
        emrServerless("stopApplication", "StopApplication", ["GetApplication"]),
        emrServerless("startJobRun", "StartJobRun", ["CancelJobRun", "GetJobRun"], "Job", "/jobruns/*"),
        emrServerless("cancelJobRun", "CancelJobRun", ["GetJobRun"], "Job", "/jobruns/*"),
    ]

    private static func emrServerless(
        _ action: String, _ right: String, _ following: [String], _ rule: String = "Application", _ path: String = ""
    ) -> OptimizedIntegration {
        OptimizedIntegration(
            action, [.sync], ["emr-serverless:\(right)"],
            following: .init(
                [(following.map { "emr-serverless:\($0)" }, .own("/applications/*\(path)"))],
                rule: "StepFunctionsGetEventsForEMRServerless\(rule)Rule"))
    }

    private static let sageMaker: [OptimizedIntegration] = [
        sageMaker("TrainingJob", "training-job", rule: "TrainingJobs"),
        sageMaker("TransformJob", "transform-job", rule: "TransformJobs"),
        sageMaker("ProcessingJob", "processing-job", rule: "ProcessingJobs"),
        sageMaker("HyperParameterTuningJob", "hyper-parameter-tuning-job", rule: "TuningJobs"),
        // Its page says nothing of labeling jobs.
        .init("createLabelingJob", [.sync], ["sagemaker:CreateLabelingJob"]),
        .init("createEndpoint", ["sagemaker:CreateEndpoint"]),
        .init("createEndpointConfig", ["sagemaker:CreateEndpointConfig"]),
        .init("createModel", ["sagemaker:CreateModel"]),
        .init("updateEndpoint", ["sagemaker:UpdateEndpoint"]),
    ]

    /// Step Functions tags the job as its own.
    private static func sageMaker(_ job: String, _ resource: String, rule: String) -> OptimizedIntegration {
        OptimizedIntegration(
            "create\(job)", [.sync], ["sagemaker:Create\(job)"],
            following: .init(
                [
                    (["sagemaker:Describe\(job)", "sagemaker:Stop\(job)"], .called(or: "\(resource)/*")),
                    (["sagemaker:AddTags", "sagemaker:ListTags"], .everything),
                ], rule: "StepFunctionsGetEventsForSageMaker\(rule)Rule"))
    }
}

extension OptimizedIntegration {
    private init(_ action: String, _ rights: [String], required: [String] = []) {
        self.init(action, [], rights, required: required)
    }
}
