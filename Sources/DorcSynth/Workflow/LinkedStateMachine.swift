internal import DorcText
internal import CloudFormation
internal import DorcModel

/// A machine that the user wrote in the Amazon States Language, linked to the resources of its functions and with the limits of
/// the pipeline added to it.
struct LinkedStateMachine: Sendable {
    /// What a function's name stands for.
    struct Target: Sendable {
        /// Where a task calls it: its version, so that a run keeps its code.
        var called: Reference
        /// Elsewhere, and where the user names a version or an alias.
        var itself: Reference
    }

    let machine: UserStateMachine
    private let functions: [String: Target]
    /// Seconds; where the machine says it itself, that holds.
    private let timeout: Int
    /// States that come before the first one of the machine; JSONata.
    let preamble: StateList?

    init(_ machine: UserStateMachine, functions: [String: Target], of pipeline: PipelineInEnvironment) {
        self.machine = machine
        self.functions = functions
        timeout = pipeline.timeout.seconds
        var names = StateNames(machine.stateNames)
        preamble = Preamble(pipeline, &names).states(before: machine.start)
    }

    var needsText: Bool { machine.needsText }

    var references: [Reference] {
        functions.sorted { $0.key < $1.key }.flatMap { _, target in
            target.called == target.itself ? [target.called] : [target.called, target.itself]
        }
    }

    func write(to value: inout TemplateWriter, in stack: TemplateContext) {
        guard case .object(let members) = machine.value else {
            return stack.report("the state machine of `\(stack.stack.name)` is not an object")
        }
        value.object {
            for member in members {
                $0.key(member.name)
                switch (member.name, member.value, preamble) {
                case ("StartAt", _, let preamble?): $0.add(preamble.start)
                case ("States", .object(let states), let preamble?):
                    $0.object {
                        write(preamble, to: &$0, in: stack)
                        write(states, .data, to: &$0, in: stack)
                    }
                default: write(member.value, .data, to: &$0, in: stack)
                }
            }
            if !machine.hasTimeout { $0["TimeoutSeconds"] = timeout }
        }
    }

    private func write(_ preamble: StateList, to object: inout TemplateWriter, in stack: TemplateContext) {
        for named in preamble.states {
            object.key(named.name)
            object.object {
                $0["QueryLanguage"] = machine.isJSONata ? nil : "JSONata"
                named.write(to: &$0, in: stack)
            }
        }
    }

    private func write(
        _ members: [JSONValue<UserStateMachine.Text>.Member], _ place: Place, to object: inout TemplateWriter,
        in stack: TemplateContext
    ) {
        let inside = Self.places(in: members, at: place)
        for member in members {
            object.key(member.name)
            write(member.value, inside[member.name] ?? .data, to: &object, in: stack)
        }
    }

    /// Whether a function's name is what is called there.
    private enum Place {
        case data, call
        /// The arguments of a task that calls a function.
        case arguments
    }

    private static let argumentNames = ["Arguments", "Parameters"]
    /// JSONPath has the second one, for what it makes of a path.
    private static let (functionNames, qualifierNames) = (
        ["FunctionName", "FunctionName.$"], ["Qualifier", "Qualifier.$"]
    )
    private static let actions = ["lambda:invoke", "aws-sdk:lambda:invoke"]

    /// Of the members in which something is called.
    private static func places(in members: [JSONValue<UserStateMachine.Text>.Member], at place: Place) -> [String:
        Place]
    {
        if place == .arguments {
            // Lambda API, Invoke: a version in the name and another qualifier are refused.
            guard !members.contains(where: { qualifierNames.contains($0.name) }) else { return [:] }
            return Dictionary(uniqueKeysWithValues: functionNames.map { ($0, .call) })
        }
        guard members.contains(where: { $0.name == "Type" && $0.value == .text(.literal("Task")) }),
            case .text(let resource)? = members.first(where: { $0.name == "Resource" })?.value
        else { return [:] }
        var places: [String: Place] = ["Resource": .call]
        let words = resource.sample.split(separator: ":", omittingEmptySubsequences: false)
        if words.count > 6, let integration = Integration(words[5...].filter { !$0.isEmpty }.joined(separator: ":")),
            actions.contains(integration.name)
        {
            for name in argumentNames { places[name] = .arguments }
        }
        return places
    }

    private func write(
        _ json: JSONValue<UserStateMachine.Text>, _ place: Place, to value: inout TemplateWriter,
        in stack: TemplateContext
    ) {
        switch json {
        case .null: if needsText { value.addNull() } else { value.add("{% null %}") }
        case .boolean(let flag): value.add(flag)
        case .number(let number): value.add(number)
        case .text(let text): value.add(self.value(text, isCalled: place == .call, in: stack))
        case .list(let items):
            value.list {
                for item in items { write(item, .data, to: &$0, in: stack) }
            }
        case .object(let members): value.object { write(members, place, to: &$0, in: stack) }
        }
    }

    /// A function alone is its ARN; inside a text it is joined, since `Fn::Sub` would read the user's own `${`.
    private func value(_ text: UserStateMachine.Text, isCalled: Bool, in stack: TemplateContext) -> TemplateValue {
        var pieces: [TemplateValue] = []
        var open = Text.literal("")
        let parts = text.parts
        for (position, part) in parts.enumerated() {
            switch part {
            case .literal(let literal): open = open + .literal(literal)
            case .hole(.pseudoParameter(let parameter)): open = open + .hole(parameter)
            case .hole(.function(let name)):
                if open != .literal("") { pieces.append(TemplateValue(open)) }
                open = .literal("")
                var isQualified = false
                if position + 1 < parts.count, case .literal(let next) = parts[position + 1] {
                    isQualified = next.hasPrefix(":")
                }
                let target = functions[name].map { isCalled && !isQualified ? $0.called : $0.itself }
                pieces.append(target.map(stack.value) ?? unknown(name, in: stack))
            }
        }
        if open != .literal("") || pieces.isEmpty { pieces.append(TemplateValue(open)) }
        if pieces.count == 1, let piece = pieces.first { return piece }
        return .joined(pieces)
    }

    private func unknown(_ name: String, in stack: TemplateContext) -> TemplateValue {
        stack.report("the state machine of `\(stack.stack.name)` calls `\(name)`, not a function of the pipeline")
        return .text(name)
    }
}
