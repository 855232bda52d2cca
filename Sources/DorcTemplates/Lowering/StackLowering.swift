package import DorcSynth
package import DorcText
internal import OrderedCollections

/// A stack of the graph -> its CloudFormation template. Here references become `Ref`, `Fn::GetAtt`, computed ARNs and
/// imports; nothing else knows which.
package struct StackLowering {
    let graph: ResourceGraph
    let index: StackIndex
    /// The stack's tags in the form of `Tags`, made once for all its resources.
    let tags: Value
    /// A class, as values are made deep inside of others.
    private let findings = Findings()

    private final class Findings {
        var diagnostics = Diagnostics()

        func report(_ diagnostic: Diagnostic) { diagnostics.report(diagnostic) }
    }

    package init(_ graph: ResourceGraph, _ index: StackIndex) {
        self.graph = graph
        self.index = index
        tags = Self.tagList(graph[index].tags)
    }

    private var stack: Stack { graph[index] }

    package func template(into diagnostics: inout Diagnostics) -> Value {
        defer { diagnostics.report(contentsOf: findings.diagnostics) }
        let resources = stack.resources.values.map { Value.Member($0.id.text, resource($0.resource)) }
        let outputs = stack.resources.values.compactMap { ExportedValue(of: $0, in: graph[index], graph.project) }
        return .object([
            "AWSTemplateFormatVersion": .string("2010-09-09"),
            "Description": .string(stack.description),
            "Parameters": .map([ContentDigest.parameter]),
            "Resources": .map(resources),
            "Outputs": .map([ContentDigest.output] + outputs.map(output)),
        ])
    }

    private func output(_ export: ExportedValue) -> Value.Member {
        Value.Member(
            export.outputID,
            .object([
                "Description": .string(export.description),
                "Value": value(export.reference(in: index)),
                "Export": .object(["Name": .string(export.name)]),
            ]))
    }

    private func resource(_ resource: Resource) -> Value {
        switch resource {
        case .repository(let repository): lower(repository)
        case .encryptionKey(let key): lower(key)
        case .topic(let topic): lower(topic)
        case .topicPolicy(let policy): lower(policy)
        case .queue(let queue): lower(queue)
        case .queuePolicy(let policy): lower(policy)
        case .alarm(let alarm): lower(alarm)
        case .securityGroup(let group): lower(group)
        case .role(let role): lower(role)
        case .scheduleGroup(let group): lower(group)
        case .logGroup(let group): lower(group)
        case .function(let function): lower(function)
        case .stateMachine(let machine): lower(machine)
        case .schedule(let schedule): lower(schedule)
        case .rule(let rule): lower(rule)
        }
    }

    // MARK: Values

    func value(_ expression: Expression) -> Value {
        switch expression {
        case .text(let text): Value(text)
        case .reference(let reference): value(reference)
        case .arn(let arn): value(arn)
        case .accountID: .ref("AWS::AccountId")
        case .deployTime(let value): Value(value)
        case .regionalService(let name): .sub("\(name).${AWS::Region}.${AWS::URLSuffix}")
        }
    }

    func value(_ arn: ARN) -> Value {
        let region = arn.hasRegion ? "${AWS::Region}" : ""
        let account =
            switch arn.account {
            case .own: "${AWS::AccountId}"
            case .id(let id): id
            case .none: ""
            }
        return .sub("arn:${AWS::Partition}:\(arn.service):\(region):\(account):\(arn.resource)")
    }

    func value(_ reference: Reference) -> Value {
        guard reference.target.stack != index else { return local(reference) }
        guard let target = graph.resource(reference.target) else { return unresolved(reference) }
        switch reference.attribute {
        case .arn:
            if let arn = target.resource.arn { return value(arn) }
        case .name:
            if let name = target.resource.name { return .string(name) }
        case .groupID: break
        }
        let exporting = graph[reference.target.stack]
        guard let export = ExportedValue(of: target, in: exporting, graph.project) else { return unresolved(reference) }
        return .importValue(.string(export.name))
    }

    /// What a pass refers to and no pass has made: a finding, and no template.
    func unresolved(_ reference: Reference) -> Value {
        findings.report(
            .internalError(
                "the template of `\(stack.name)` refers to `\(reference.target.logicalID)` of `\(graph[reference.target.stack].name)`,"
                    + " which has no such value", at: stack.origin))
        return .null
    }

    /// Which function gives the attribute depends on the resource's type: its page of the CloudFormation reference,
    /// "Return values".
    private func local(_ reference: Reference) -> Value {
        let id = reference.target.logicalID.text
        guard let target = stack.resources[reference.target.logicalID] else { return unresolved(reference) }
        switch (reference.attribute, target.resource) {
        case (.arn, .topic), (.arn, .stateMachine), (.name, .logGroup): return .ref(id)
        case (.arn, _): return .getAtt("\(id).Arn")
        case (.groupID, _): return .getAtt("\(id).GroupId")
        case (.name, .queue): return .getAtt("\(id).QueueName")
        case (.name, _): return .ref(id)
        }
    }

    // MARK: Parts that several resources have

    /// What becomes of a resource that goes (CloudFormation guide, "DeletionPolicy attribute").
    enum Deletion {
        case delete
        /// Stays, unless it goes since the stack could not be created: the next try would find its name taken.
        case retain
    }

    func resource(
        _ type: String, deletion: Deletion? = nil, _ properties: KeyValuePairs<String, Value?>
    ) -> Value {
        .object([
            "Type": .string(type),
            "DeletionPolicy": deletion.map { .string($0 == .delete ? "Delete" : "RetainExceptOnCreate") },
            "UpdateReplacePolicy": deletion.map { .string($0 == .delete ? "Delete" : "Retain") },
            "Properties": .object(properties),
        ])
    }

    static func tagList(_ tags: [String: String]) -> Value {
        .list(
            tags.sorted { $0.key < $1.key }.map { key, value in
                .object(["Key": .string(key), "Value": .string(value)])
            })
    }
}
