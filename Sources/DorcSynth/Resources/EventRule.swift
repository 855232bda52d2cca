internal import DorcText
internal import CloudFormation
internal import DorcModel

/// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-events-rule.html
struct EventRule: Resource {
    enum Pattern: Sendable {
        case objectCreated(bucket: Text, prefix: Text?, suffix: Text?)
        /// As the user wrote it.
        case custom(JSONValue<Text>)
        /// Runs of these state machines ended in one of these ways.
        case executionEnded(statuses: [String], machines: Machines)
        /// Jobs of these queues ended, well or not. Not by reference: the queue may be gone before its last job's end is told.
        case jobEnded(queues: [ARN])
    }

    enum Machines: Sendable {
        case prefix(ARN)
        case these([Reference])
    }

    enum Target: Sendable {
        /// The event becomes the input of a run.
        case stateMachine(Reference, role: Reference, deadLetterQueue: Reference)
        /// A message to each topic about the end of a run.
        case notices([RunNotice])
    }

    var name: String
    var description: String
    var isEnabled: Bool
    var pattern: Pattern
    var target: Target
    var retry: StartRetry
}

extension EventRule {
    static let type: StaticString = "AWS::Events::Rule"
    /// EventBridge quotas: rules of an event bus; in some regions 100.
    static let quota: AccountQuota? = AccountQuota(most: 300, what: "rules of its event bus")

    static func returnValue(for attribute: Reference.Attribute) -> ReturnValue? {
        .nameAndARN(attribute)
    }

    var physicalName: String? { name }
    var arn: ARN? { ARN("events", "rule/", name) }
    var export: Export? { nil }

    var references: [Reference] {
        var references: [Reference] = []
        if case .executionEnded(_, .these(let machines)) = pattern { references = machines }
        switch target {
        case .stateMachine(let machine, let role, let queue): references += [machine, role, queue]
        case .notices(let notices): references += notices.flatMap(\.topic.references)
        }
        return references
    }

    func write(to properties: inout TemplateWriter, in stack: TemplateContext) {
        // The pattern's end, which has keys and machines, is beside the name, as the state is.
        properties.key("EventPattern")
        pattern.write(to: &properties, in: stack)
        properties["Name"] = name
        properties["State"] = isEnabled ? "ENABLED" : "DISABLED"
        properties["Description"] = description
        properties.list("Targets") {
            switch target {
            case .stateMachine(let machine, let role, let queue):
                $0.object {
                    $0["Id"] = "StateMachine"
                    $0["Arn"] = stack.value(machine)
                    $0["RoleArn"] = stack.value(role)
                    $0.object("RetryPolicy") { retry.write(to: &$0) }
                    $0.object("DeadLetterConfig") { $0["Arn"] = stack.value(queue) }
                }
            case .notices(let notices):
                for notice in notices {
                    $0.object {
                        notice.write(to: &$0, in: stack)
                        $0.object("RetryPolicy") { retry.write(to: &$0) }
                    }
                }
            }
        }
        stack.writeTags(to: &properties)
    }
}

extension EventRule.Pattern {
    fileprivate func write(to value: inout TemplateWriter, in stack: TemplateContext) {
        switch self {
        case .custom(let pattern): value.add(pattern)
        case .objectCreated(let bucket, let prefix, let suffix):
            value.object {
                $0["source"] = ["aws.s3"]
                $0["detail-type"] = ["Object Created"]
                $0.object("detail") {
                    $0.object("bucket") {
                        $0.list("name") { $0.add(bucket) }
                    }
                    if prefix != nil || suffix != nil {
                        $0.object("object") {
                            $0.list("key") {
                                $0.object { Self.writeKey(prefix: prefix, suffix: suffix, to: &$0) }
                            }
                        }
                    }
                }
            }
        case .executionEnded(let statuses, let machines):
            value.object {
                $0["source"] = ["aws.states"]
                $0["detail-type"] = ["Step Functions Execution Status Change"]
                $0.object("detail") {
                    $0["status"] = statuses
                    $0.list("stateMachineArn") {
                        switch machines {
                        case .prefix(let arn): $0.object { $0["prefix"] = .arn(arn) }
                        case .these(let references):
                            for reference in references { $0.add(stack.value(reference)) }
                        }
                    }
                    // Each child of a Distributed Map is a run too, of `machine/label` (Step Functions guide, "Viewing a Distributed
                    // Map Run execution"). No page says whether its end is told; what it means, the run itself tells.
                    if case .prefix = machines {
                        $0.list("executionArn") {
                            $0.object {
                                $0.object("anything-but") { $0["wildcard"] = "*/*" }
                            }
                        }
                    }
                }
            }
        case .jobEnded(let queues):
            value.object {
                $0["source"] = ["aws.batch"]
                $0["detail-type"] = ["Batch Job State Change"]
                $0.object("detail") {
                    $0["status"] = ["FAILED", "SUCCEEDED"]
                    $0.list("jobQueue") {
                        for queue in queues { $0.add(.arn(queue)) }
                    }
                }
            }
        }
    }

    /// Items of a list mean "or": a prefix and a suffix together are one wildcard. In a wildcard, `*` and `\` of the
    /// user's are escaped (EventBridge guide, "Comparison operators").
    private static func writeKey(prefix: Text?, suffix: Text?, to object: inout TemplateWriter) {
        if let prefix, let suffix {
            object["wildcard"] = prefix.escapedWildcard + .literal("*") + suffix.escapedWildcard
        } else {
            object["prefix"] = prefix
            object["suffix"] = suffix
        }
    }
}

extension Text {
    fileprivate var escapedWildcard: Text {
        func escaped(_ text: String) -> String {
            String(text.flatMap { $0 == "*" || $0 == "\\" ? ["\\", $0] : [$0] })
        }
        switch self {
        case .literal(let text): return .literal(escaped(text))
        case .parts(let parts):
            return .parts(
                parts.map { part in
                    if case .literal(let text) = part { .literal(escaped(text)) } else { part }
                })
        }
    }
}
