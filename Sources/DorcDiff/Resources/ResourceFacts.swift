/// What a reviewer has to know of a type of resource beside its properties.
enum ResourceFacts {
    /// The property with its name in AWS.
    private static let names = [
        "AWS::Batch::ComputeEnvironment": "ComputeEnvironmentName", "AWS::Batch::JobDefinition": "JobDefinitionName",
        "AWS::Batch::JobQueue": "JobQueueName", "AWS::Chatbot::SlackChannelConfiguration": "ConfigurationName",
        "AWS::CloudWatch::Alarm": "AlarmName", "AWS::DynamoDB::Table": "TableName",
        "AWS::EC2::LaunchTemplate": "LaunchTemplateName",
        "AWS::EC2::SecurityGroup": "GroupName", "AWS::ECR::Repository": "RepositoryName", "AWS::Events::Rule": "Name",
        "AWS::IAM::InstanceProfile": "InstanceProfileName", "AWS::IAM::ManagedPolicy": "ManagedPolicyName",
        "AWS::IAM::Role": "RoleName", "AWS::KMS::Alias": "AliasName", "AWS::Lambda::Function": "FunctionName",
        "AWS::Logs::LogGroup": "LogGroupName", "AWS::SNS::Topic": "TopicName", "AWS::SQS::Queue": "QueueName",
        "AWS::Scheduler::Schedule": "Name", "AWS::Scheduler::ScheduleGroup": "Name",
        "AWS::StepFunctions::StateMachine": "StateMachineName",
    ]

    /// What is gone with the resource itself: no template brings it back.
    private static let contents: [String: [String]] = [
        // Batch API, DeleteJobQueue: "All jobs in the queue are eventually terminated when you delete a job queue".
        "AWS::Batch::JobQueue": ["the jobs that wait in it or run"],
        // DynamoDB API, DeleteTable: "deletes a table and all of its items".
        "AWS::DynamoDB::Table": ["all items in it"],
        // EC2 guide, "Delete a security group": rules that others added to it go with it, and others name it by its id.
        "AWS::EC2::SecurityGroup": ["its id, and rules that were added to it elsewhere"],
        // ECR API, DeleteRepository: with `force` the images go too; without, a repository with images is not deleted.
        "AWS::ECR::Repository": ["all images in it"],
        // KMS guide, "Deleting AWS KMS keys": irreversible after the waiting period.
        "AWS::KMS::Key": ["everything that is encrypted with it, after the waiting period"],
        // CloudWatch Logs API, DeleteLogGroup: "permanently deletes all the archived log events".
        "AWS::Logs::LogGroup": ["all log events in it"],
        // SNS API, DeleteTopic: "Deletes a topic and all its subscriptions".
        "AWS::SNS::Topic": ["all its subscriptions, those made elsewhere too"],
        // SNS guide, "Confirm the subscription": an address is asked again.
        "AWS::SNS::Subscription": ["the confirmation of an email address"],
        // SQS API, DeleteQueue: "regardless of the queue's contents"; messages "are no longer available".
        "AWS::SQS::Queue": ["all messages in it"],
        // Scheduler API, DeleteScheduleGroup: deletes "all schedules associated with the group".
        "AWS::Scheduler::ScheduleGroup": ["all schedules in it"],
        // Step Functions API, DeleteStateMachine: "On the next state transition, the state machine's executions are terminated";
        // the executions of a machine are found through it.
        "AWS::StepFunctions::StateMachine": ["its runs: those that are going on end, and the history is gone"],
    ]

    /// What is lost although a new one takes its place at once.
    private static let identities: [String: [String]] = [
        // IAM guide, "AWS JSON policy elements: Principal": a policy that names a role is bound to its unique id; a new role of
        // the same name is another one.
        "AWS::IAM::Role": ["what policies outside of the project allow it: they know it by its unique id"],
        // Lambda guide, "Asynchronous invocation": Lambda keeps the events in a queue of the function's.
        "AWS::Lambda::Function": [
            "events that wait for an asynchronous call, and what is configured outside of the project"
        ],
    ]

    /// Nil where CloudFormation makes the name.
    static func name(of resource: TemplateFile.Resource) -> String? {
        names[resource.type].flatMap { resource.properties[$0] }.flatMap(Tree.plain)
    }

    static func losses(of type: String) -> [String] { contents[type] ?? [] }

    /// Of one that leaves a stack that stays: what runs still need of it.
    static func lossesOfRemoved(_ resource: TemplateFile.Resource) -> [String] {
        losses(of: resource.type) + needs(of: resource)
    }

    /// A run that is going on, or is redriven, has the definition and the role that it began with (Step Functions API,
    /// UpdateStateMachine; guide, "Restarting state machine executions with redrive"): which versions of functions and revisions of job
    /// definitions, and those the roles of their time.
    private static func needs(of resource: TemplateFile.Resource) -> [String] {
        switch resource.type {
        case "AWS::IAM::Role":
            let statements = resource.properties["AssumeRolePolicyDocument"]?["Statement"]?.items ?? []
            let services = statements.flatMap { statement -> [String] in
                guard let service = statement["Principal"]?["Service"] else { return [] }
                return service.items.isEmpty ? [service.shown] : service.items.map(\.shown)
            }
            if services.contains("states.amazonaws.com") {
                return ["older runs: those that are going on fail at their next step, and none can be redriven"]
            }
            if services.contains("lambda.amazonaws.com") || services.contains("ecs-tasks.amazonaws.com") {
                return ["older runs fail at a step that needs it, also when they are redriven"]
            }
            return []
        case "AWS::Lambda::Function":
            return ["all its versions: older runs fail at a step that calls one, also when they are redriven"]
        case "AWS::Batch::JobDefinition":
            // Batch API, DeregisterJobDefinition: with the resource goes the revision that it is.
            return ["its last revision: older runs fail at a step that submits it, also when they are redriven"]
        default: return []
        }
    }

    /// Of one that is replaced: what is in it, and its name where that changes.
    static func lossesOfReplaced(_ old: TemplateFile.Resource, by new: TemplateFile.Resource) -> [String] {
        var losses = losses(of: old.type) + (identities[old.type] ?? []) + needs(of: old)
        if let name = name(of: old), name != self.name(of: new) { losses.append("the name `\(name)`") }
        return losses
    }

    /// Whether a resource that leaves its stack stays in AWS (CloudFormation guide, "DeletionPolicy attribute").
    static func isKept(_ resource: TemplateFile.Resource) -> Bool {
        ["Retain", "RetainExceptOnCreate"].contains(resource.tree["DeletionPolicy"]?.text)
    }

    /// Whether the one that is replaced stays in AWS (CloudFormation guide, "UpdateReplacePolicy attribute"). Where the attribute
    /// itself changes in the same update, the worse one is assumed.
    static func isKeptWhenReplaced(old: TemplateFile.Resource, new: TemplateFile.Resource) -> Bool {
        [old, new].allSatisfy { $0.tree["UpdateReplacePolicy"]?.text == "Retain" }
    }
}
