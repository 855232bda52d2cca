// Written by replacement_rules.py.

extension ReplacementRules {
    /// By the type of the resource.
    static let table: [String: ReplacementRules] = [
        "AWS::Batch::ComputeEnvironment": ReplacementRules(
            always: [
                "ComputeEnvironmentName",
                "ComputeResources.SpotIamFleetRole",
                "EksConfiguration",
                "Tags",
                "Type",
            ],
            maybe: [
                "ComputeResources.AllocationStrategy",
                "ComputeResources.BidPercentage",
                "ComputeResources.Ec2Configuration",
                "ComputeResources.Ec2KeyPair",
                "ComputeResources.ImageId",
                "ComputeResources.InstanceRole",
                "ComputeResources.InstanceTypes",
                "ComputeResources.LaunchTemplate",
                "ComputeResources.PlacementGroup",
                "ComputeResources.ScalingPolicy",
                "ComputeResources.SecurityGroupIds",
                "ComputeResources.Subnets",
                "ComputeResources.Tags",
                "ComputeResources.Type",
            ]),
        "AWS::Batch::JobDefinition": ReplacementRules(
            always: ["JobDefinitionName"],
            maybe: []),
        "AWS::Batch::JobQueue": ReplacementRules(
            always: ["JobQueueName", "JobQueueType", "Tags"],
            maybe: []),
        "AWS::Chatbot::SlackChannelConfiguration": ReplacementRules(
            always: ["ConfigurationName", "SlackWorkspaceId"],
            maybe: []),
        "AWS::CloudWatch::Alarm": ReplacementRules(
            always: ["AlarmName"],
            maybe: []),
        "AWS::DynamoDB::Table": ReplacementRules(
            always: ["ImportSourceSpecification", "TableName"],
            maybe: ["KeySchema"]),
        "AWS::EC2::LaunchTemplate": ReplacementRules(
            always: ["LaunchTemplateName"],
            maybe: []),
        "AWS::EC2::SecurityGroup": ReplacementRules(
            always: ["GroupDescription", "GroupName", "VpcId"],
            maybe: []),
        "AWS::ECR::Repository": ReplacementRules(
            always: [
                "EncryptionConfiguration",
                "EncryptionConfiguration.EncryptionType",
                "EncryptionConfiguration.KmsKey",
                "RepositoryName",
            ],
            maybe: []),
        "AWS::Events::Rule": ReplacementRules(
            always: ["Name"],
            maybe: ["EventBusName"]),
        "AWS::IAM::InstanceProfile": ReplacementRules(
            always: ["InstanceProfileName", "Path"],
            maybe: []),
        "AWS::IAM::ManagedPolicy": ReplacementRules(
            always: ["Description", "ManagedPolicyName", "Path"],
            maybe: []),
        "AWS::IAM::Role": ReplacementRules(
            always: ["Path", "RoleName"],
            maybe: []),
        "AWS::KMS::Alias": ReplacementRules(
            always: ["AliasName"],
            maybe: []),
        "AWS::KMS::Key": ReplacementRules(
            always: [],
            maybe: []),
        "AWS::Lambda::Function": ReplacementRules(
            always: ["FunctionName", "PackageType", "TenancyConfig"],
            maybe: ["DurableConfig"]),
        "AWS::Lambda::Permission": ReplacementRules(
            always: [
                "Action",
                "EventSourceToken",
                "FunctionName",
                "FunctionUrlAuthType",
                "InvokedViaFunctionUrl",
                "Principal",
                "PrincipalOrgID",
                "SourceAccount",
                "SourceArn",
            ],
            maybe: []),
        "AWS::Lambda::Version": ReplacementRules(
            always: [
                "CodeSha256",
                "Description",
                "FunctionName",
                "ProvisionedConcurrencyConfig",
                "RuntimePolicy",
            ],
            maybe: []),
        "AWS::Logs::LogGroup": ReplacementRules(
            always: ["LogGroupName"],
            maybe: []),
        "AWS::SNS::Subscription": ReplacementRules(
            always: ["Endpoint", "Protocol", "TopicArn"],
            maybe: ["Region"]),
        "AWS::SNS::Topic": ReplacementRules(
            always: ["FifoTopic", "TopicName"],
            maybe: []),
        "AWS::SNS::TopicPolicy": ReplacementRules(
            always: [],
            maybe: []),
        "AWS::SQS::Queue": ReplacementRules(
            always: ["FifoQueue", "QueueName"],
            maybe: []),
        "AWS::SQS::QueuePolicy": ReplacementRules(
            always: [],
            maybe: []),
        "AWS::Scheduler::Schedule": ReplacementRules(
            always: ["Name"],
            maybe: []),
        "AWS::Scheduler::ScheduleGroup": ReplacementRules(
            always: ["Name"],
            maybe: []),
        "AWS::StepFunctions::StateMachine": ReplacementRules(
            always: ["StateMachineName", "StateMachineType"],
            maybe: []),
    ]

    /// CloudFormation hands the stack's tags on to these when they are made; they cannot change them.
    static let withFixedTags: Set<String> = [
        "AWS::Batch::ComputeEnvironment",
        "AWS::Batch::JobQueue",
    ]
}
