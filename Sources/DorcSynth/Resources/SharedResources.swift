package import DorcModel
internal import DorcText

/// `AWS::KMS::Key` for logs and notices.
package struct EncryptionKey: Sendable {
    package var description: String
    package var policy: PolicyDocument
}

/// `AWS::SNS::Topic`
package struct Topic: Sendable {
    package var name: String
    /// Nil: not encrypted by a key of KMS.
    package var key: Expression?
    package var emails: [String]
}

/// `AWS::SNS::TopicPolicy`
package struct TopicPolicy: Sendable {
    package var topic: Reference
    package var policy: PolicyDocument
}

/// `AWS::SQS::Queue`
package struct Queue: Sendable {
    package var name: String
    /// Seconds, at most 1,209,600.
    package var retention: Int
}

/// `AWS::SQS::QueuePolicy`
package struct QueuePolicy: Sendable {
    package var queue: Reference
    package var policy: PolicyDocument
}

/// `AWS::CloudWatch::Alarm` that fires when a message comes into a queue.
package struct Alarm: Sendable {
    package var name: String
    package var description: String
    package var queueName: Reference
    package var topic: Expression
}

/// `AWS::EC2::SecurityGroup`: no way in, HTTPS and what the user wants out.
///
/// It has no name of its own: CloudFormation could not replace it then, as the new one is made before the old one goes.
package struct SecurityGroup: Sendable {
    package var description: String
    package var vpcID: CloudFormationValue
    /// Beside HTTPS.
    package var egress: [EgressRule]

    /// Of one VPC: what is exported cannot change while it is imported, so another VPC's group is another export.
    package var mark: String { Self.mark(vpcID) }

    package static func mark(_ vpcID: CloudFormationValue) -> String { HexadecimalDigest.short(vpcID.spelling) }
}

/// `AWS::IAM::Role`
package struct Role: Sendable {
    package var name: String
    package var description: String
    package var trust: PolicyDocument
    package var policy: PolicyDocument
    package var managedPolicies: [CloudFormationValue]
    package var permissionsBoundary: CloudFormationValue?
}

/// `AWS::Scheduler::ScheduleGroup`
package struct ScheduleGroup: Sendable {
    package var name: String
}
