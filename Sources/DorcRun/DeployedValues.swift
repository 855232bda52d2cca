internal import CloudFormation
internal import DorcModel
internal import DorcSynth
internal import DorcText

/// Values of a stack's template as CloudFormation makes them at deployment: its functions are resolved (guide, "Intrinsic
/// function reference").
///
/// What only AWS knows becomes a text in angle brackets that names it, as in `<import network-vpc-id>`.
struct DeployedValues {
    typealias JSON = RunPlan.JSON

    private let graph: ResourceGraph
    private let stack: Stack
    private let destination: Destination
    /// Each once, in the order in which they were met.
    private(set) var unknown: [String] = []

    /// Where the stack is deployed to.
    struct Destination: Sendable {
        var account: String
        var region: String
        var partition: Partition

        /// Of an environment that names no account: it is the one that deploys.
        static let unknownAccount = "000000000000"

        init(_ environment: Environment) {
            account = environment.account ?? Self.unknownAccount
            region = environment.region
            partition = environment.partition
        }
    }

    init(_ stack: Stack, of graph: ResourceGraph, _ destination: Destination) {
        self.graph = graph
        self.stack = stack
        self.destination = destination
    }

    mutating func resolve(_ value: JSON) -> JSON {
        switch value {
        case .null, .boolean, .number, .text: return value
        case .list(let items): return .list(items.map { resolve($0) })
        case .object(let members):
            if members.count == 1, let member = members.first, let result = call(member.name, member.value) {
                return result
            }
            return .object(members.map { JSON.Member(name: $0.name, value: resolve($0.value)) })
        }
    }

    /// Nil where the value is not a text.
    mutating func text(_ value: JSON?) -> String? {
        guard let value, case .text(let text) = resolve(value) else { return nil }
        return text
    }

    mutating func text(_ arn: ARN) -> String { substitute(arn.text) }

    func text(_ text: Text) -> String {
        text.filled(
            account: destination.account, partition: destination.partition.id, region: destination.region)
    }

    /// Nil for what is no function.
    private mutating func call(_ function: String, _ argument: JSON) -> JSON? {
        switch (function, argument) {
        case ("Ref", .text(let name)): return .text(reference(name))
        case ("Fn::GetAtt", .list(let items)):
            guard case (.text(let id)?, .text(let attribute)?) = (items.first, items.dropFirst().first) else {
                return nil
            }
            return .text(self.attribute(attribute, of: id))
        case ("Fn::Sub", .text(let text)): return .text(substitute(text))
        case ("Fn::Join", .list(let items)):
            guard case .text(let delimiter)? = items.first, let list = items.dropFirst().first.map({ resolve($0) }),
                case .list(let pieces) = list
            else { return nil }
            return .text(
                pieces.map { if case .text(let text) = $0 { text } else { "" } }.joined(separator: delimiter))
        case ("Fn::Split", .list(let items)):
            guard case .text(let delimiter)? = items.first, !delimiter.isEmpty, let text = text(items.dropFirst().first)
            else { return nil }
            return .list(text.split(separator: delimiter, omittingEmptySubsequences: false).map { .text(String($0)) })
        case ("Fn::Select", .list(let items)):
            guard case .number(let number)? = items.first, let index = Int(number.text), index >= 0,
                let list = items.dropFirst().first.map({ resolve($0) }), case .list(let pieces) = list,
                index < pieces.count
            else { return nil }
            return pieces[index]
        case ("Fn::ImportValue", _): return text(argument).map { .text(named("import", $0)) }
        default: return nil
        }
    }

    // MARK: Names

    private mutating func reference(_ name: String) -> String {
        switch name {
        case "AWS::AccountId": return destination.account
        case "AWS::Partition": return destination.partition.id
        case "AWS::Region": return destination.region
        case "AWS::URLSuffix": return destination.partition.dnsSuffix
        case "AWS::StackName": return stack.name
        default:
            return returned(by: name) { if case .ref = $0 { true } else { false } } ?? named("ref", name)
        }
    }

    private mutating func attribute(_ attribute: String, of id: String) -> String {
        let known = returned(by: id) { if case .attribute(let name) = $0 { "\(name)" == attribute } else { false } }
        return known ?? named("attribute", "\(id).\(attribute)")
    }

    /// What a resource of the stack returns; nil where it does not follow from its name.
    private mutating func returned(by id: String, where isAsked: (ReturnValue) -> Bool) -> String? {
        let node = graph.resource(ResourceID(stack: stack.index, logicalID: LogicalID(text: id)))
        guard let resource = node?.resource else { return nil }
        let kind = type(of: resource)
        // Lambda numbers the versions of a function; here there is one.
        if kind.type.description == RunPlan.Function.versionType, kind.returnValue(for: .arn).map(isAsked) == true,
            let function = resource.references.first.flatMap({ graph.resource($0.target)?.resource.arn })
        {
            return text(function) + ":1"
        }
        if let arn = resource.arn, kind.returnValue(for: .arn).map(isAsked) == true { return text(arn) }
        guard let name = resource.physicalName else { return nil }
        if kind.returnValue(for: .name).map(isAsked) == true { return name }
        // Batch numbers the revisions of a job definition; here there is one.
        if kind.type.description == RunPlan.Function.jobType, kind.returnValue(for: .arn).map(isAsked) == true {
            return text(RunPlan.Function.jobDefinition(name)) + ":1"
        }
        return nil
    }

    private mutating func named(_ kind: String, _ name: String) -> String {
        let text = "<\(kind) \(name)>"
        if !unknown.contains(text) { unknown.append(text) }
        return text
    }

    /// `${Name}`, `${Id.Attribute}`, and `${!Literal}` for `${Literal}`.
    private mutating func substitute(_ text: String) -> String {
        var pieces = text.split(separator: "${", omittingEmptySubsequences: false)
        var result = String(pieces.removeFirst())
        for piece in pieces {
            guard let end = piece.firstIndex(of: "}") else {
                result += "${\(piece)"
                continue
            }
            let name = piece[..<end]
            let rest = piece[piece.index(after: end)...]
            if name.first == "!" {
                result += "${\(name.dropFirst())}"
            } else if let dot = name.firstIndex(of: ".") {
                result += attribute(String(name[name.index(after: dot)...]), of: String(name[..<dot]))
            } else {
                result += reference(String(name))
            }
            result += rest
        }
        return result
    }
}
