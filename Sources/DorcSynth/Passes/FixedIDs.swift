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
    static let joinTable = LogicalID("JoinTable")
    static let scheduleGroup = LogicalID("ScheduleGroup")
}

/// The ids of what a pipeline has once.
enum PipelineResourceID {
    static let stateMachine = LogicalID("StateMachine")
    static let stateMachineRole = LogicalID("StateMachineRole")
    static let stateMachineLogGroup = LogicalID("StateMachineLogGroup")
}
