internal import CloudFormation
internal import DorcModel

/// The ids of what an environment has once.
enum SharedID {
    static let encryptionKey = LogicalID("EncryptionKey")
    static let failureTopic = LogicalID("FailureTopic")
    static let failureTopicPolicy = LogicalID("FailureTopicPolicy")
    static let failureRule = LogicalID("FailureRule")
    static func slackTopic(_ channel: SlackChannel) -> LogicalID { LogicalID("SlackTopic", mark: channel.channel) }
    static func slackTopicPolicy(_ channel: SlackChannel) -> LogicalID {
        LogicalID("SlackTopicPolicy", mark: channel.channel)
    }
    static func slackChannel(_ channel: SlackChannel) -> LogicalID { LogicalID("SlackChannel", mark: channel.channel) }
    static let slackRole = LogicalID("SlackRole")
    static let throttleAlarm = LogicalID("ThrottleAlarm")
    static let droppedStartAlarm = LogicalID("DroppedStartAlarm")
    static let undeliveredEventAlarm = LogicalID("UndeliveredEventAlarm")
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

/// The ids of what a pipeline has once. None ends like those of its functions and triggers.
enum PipelineResourceID {
    static let noticeTopic = LogicalID("NoticeTopic")
    static let noticeTopicPolicy = LogicalID("NoticeTopicPolicy")
    static let failureNotices = LogicalID("FailureNotices")
    static let successNotices = LogicalID("SuccessNotices")
    static let withoutSuccessAlarm = LogicalID("WithoutSuccessAlarm")
    static let stateMachine = LogicalID("StateMachine")
    static let stateMachineRole = LogicalID("StateMachineRole")
    static let stateMachineLogGroup = LogicalID("StateMachineLogGroup")
}
