package import DorcModel
package import DorcText
package import Schedules

/// `AWS::Logs::LogGroup`
package struct LogGroup: Sendable {
    package var name: String
    /// One of `LogRetention.allowedDays`.
    package var retentionDays: Int
    /// Nil: encrypted as CloudWatch does by itself.
    package var key: Expression?
}

/// `AWS::Lambda::Function` that runs a container image.
package struct LambdaFunction: Sendable {
    package enum Image: Sendable {
        /// The account is nil where it is the function's own.
        case repository(Reference, account: String?, tag: String)
        case external(Text)
    }

    package struct Network: Sendable {
        package var securityGroup: Reference
        /// Groups of the user's; nil for none.
        package var otherSecurityGroupIDs: CloudFormationValue?
        package var subnetIDs: CloudFormationValue
        /// Whether the functions send IPv6, for which every subnet has to be of both kinds.
        package var usesIPv6: Bool
    }

    package var name: String
    package var description: String
    package var image: Image
    package var architecture: Architecture
    package var role: Reference
    /// Seconds.
    package var timeout: Int
    /// MB.
    package var memory: Int
    /// MB.
    package var ephemeralStorage: Int
    package var environment: [(name: String, value: Text)]
    package var network: Network?
    package var logGroup: Reference

    var references: [Reference] {
        var references = [role, logGroup]
        if case .repository(let repository, _, _) = image { references.append(repository) }
        if let network { references.append(network.securityGroup) }
        return references
    }
}

/// `AWS::StepFunctions::StateMachine`
package struct StateMachine: Sendable {
    package var name: String
    package var role: Reference
    package var logGroup: Reference
    package var definition: MachineDefinition

    var references: [Reference] { [role, logGroup] + definition.references }
}

/// How often a trigger tries to start a run, and for how long.
package struct StartRetry: Sendable {
    /// Seconds, 60 to 86,400.
    package var maximumAge: Int
    /// 0 to 185.
    package var attempts: Int

    /// A start that has not worked for an hour goes to the dead-letter queue, and from there to the alarm.
    package static let standard = StartRetry(maximumAge: 3600, attempts: 10)
    /// The most that EventBridge offers: for notices, late is better than never.
    package static let longest = StartRetry(maximumAge: 86400, attempts: 185)
}

/// `AWS::Scheduler::Schedule`
package struct Schedule: Sendable {
    package var name: String
    package var group: String
    package var description: String
    package var expression: String
    package var timezone: String?
    package var start: UTCTime?
    package var end: UTCTime?
    /// Minutes; nil for on time.
    package var flexibleWindow: Int?
    package var isEnabled: Bool
    package var target: Reference
    package var role: Reference
    package var deadLetterQueue: Reference
    /// JSON without white space.
    package var input: Text
    package var retry: StartRetry
}

/// `AWS::Events::Rule`
package struct EventRule: Sendable {
    package enum Pattern: Sendable {
        case objectCreated(bucket: Text, prefix: Text?, suffix: Text?)
        /// As the user wrote it.
        case custom(JSONValue<Text>)
        /// Runs of these state machines ended in one of these ways.
        case executionEnded(statuses: [String], machines: Machines)
    }

    package enum Machines: Sendable {
        case prefix(ARN)
        case these([Reference])
    }

    package enum Target: Sendable {
        /// The event becomes the input of a run.
        case stateMachine(Reference, role: Reference, deadLetterQueue: Reference)
        /// A message of several lines about the event; `project in environment` is named in it. `console` is the host of AWS's
        /// console without the region.
        case notice(topic: Expression, about: String, console: String)
    }

    package var name: String
    package var description: String
    package var isEnabled: Bool
    package var pattern: Pattern
    package var target: Target
    package var retry: StartRetry

    var references: [Reference] {
        var references: [Reference] = []
        if case .executionEnded(_, .these(let machines)) = pattern { references = machines }
        switch target {
        case .stateMachine(let machine, let role, let queue): references += [machine, role, queue]
        case .notice(let topic, _, _): references += [topic.reference].compactMap(\.self)
        }
        return references
    }
}
