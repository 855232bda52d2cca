internal import CloudFormation
internal import DorcModel

/// The ids of what an environment has once.
enum SharedID {
    static let encryptionKey = LogicalID("EncryptionKey")
    static let failureTopic = LogicalID("FailureTopic")
    static let failureTopicPolicy = LogicalID("FailureTopicPolicy")
    static let failureRule = LogicalID("FailureRule")
    static let deadLetterQueue = LogicalID("DeadLetterQueue")
    static let deadLetterQueuePolicy = LogicalID("DeadLetterQueuePolicy")
    static let deadLetterAlarm = LogicalID("DeadLetterAlarm")
    static func lambdaSecurityGroup(in vpcID: CloudFormationValue) -> LogicalID {
        LogicalID("LambdaSecurityGroup", mark: SecurityGroup.mark(vpcID))
    }
    static let lambdaRole = LogicalID("LambdaRole")
    static let stateMachineRole = LogicalID("StateMachineRole")
    static let triggerRole = LogicalID("TriggerRole")
    static let scheduleGroup = LogicalID("ScheduleGroup")
    static let jobRole = LogicalID("JobRole")
    static let jobExecutionRole = LogicalID("JobExecutionRole")
    static let jobInstanceRole = LogicalID("JobInstanceRole")
    static let jobInstanceProfile = LogicalID("JobInstanceProfile")
    static let jobRule = LogicalID("JobRule")
    static let jobWatcher = LogicalID("JobWatcher")
    static let jobWatcherRole = LogicalID("JobWatcherRole")
    static let jobWatcherLogGroup = LogicalID("JobWatcherLogGroup")

    static func jobQueue(_ kind: Compute.Kind) -> LogicalID { LogicalID("JobQueue", mark: kind.word) }

    /// Of one VPC: jobs that run in the one that is left end in the old one.
    static func computeEnvironment(_ kind: Compute.Kind, in vpcID: CloudFormationValue) -> LogicalID {
        LogicalID("ComputeEnvironment", mark: kind.word + SecurityGroup.mark(vpcID))
    }
}

extension Compute.Kind {
    /// As in `FargateSpot`.
    fileprivate var word: String {
        rawValue.split(separator: "-").map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
    }
}

/// The ids of what a pipeline has once.
enum PipelineResourceID {
    static let stateMachine = LogicalID("StateMachine")
    static let stateMachineRole = LogicalID("StateMachineRole")
    static let stateMachineLogGroup = LogicalID("StateMachineLogGroup")
}
