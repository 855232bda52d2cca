internal import DorcText
internal import CloudFormation
internal import DorcModel

/// A machine that the user wrote in the Amazon States Language, linked to the resources of its functions and with the limits of
/// the pipeline added to it.
struct LinkedStateMachine: Sendable {
    let machine: UserStateMachine
    private let functions: [String: Reference]
    /// Seconds; where the machine says it itself, that holds.
    private let timeout: Int
    /// States that come before the first one of the machine; JSONata.
    let preamble: StateList?

    init(_ machine: UserStateMachine, functions: [String: Reference], of pipeline: PipelineInEnvironment) {
        self.machine = machine
        self.functions = functions
        timeout = pipeline.timeout.seconds
        var names = StateNames(machine.stateNames)
        preamble = Preamble(pipeline, &names).states(before: machine.start)
    }

    var needsText: Bool { machine.needsText }

    var references: [Reference] { functions.sorted { $0.key < $1.key }.map(\.value) }

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
                        write(states, to: &$0, in: stack)
                    }
                default: write(member.value, to: &$0, in: stack)
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
        _ members: [JSONValue<UserStateMachine.Text>.Member], to object: inout TemplateWriter, in stack: TemplateContext
    ) {
        for member in members {
            object.key(member.name)
            write(member.value, to: &object, in: stack)
        }
    }

    private func write(
        _ json: JSONValue<UserStateMachine.Text>, to value: inout TemplateWriter, in stack: TemplateContext
    ) {
        switch json {
        case .null: if needsText { value.addNull() } else { value.add("{% null %}") }
        case .boolean(let flag): value.add(flag)
        case .number(let number): value.add(number)
        case .text(let text): value.add(self.value(text, in: stack))
        case .list(let items):
            value.list {
                for item in items { write(item, to: &$0, in: stack) }
            }
        case .object(let members): value.object { write(members, to: &$0, in: stack) }
        }
    }

    /// A function alone is its ARN; inside a text it is joined, since `Fn::Sub` would read the user's own `${`.
    private func value(_ text: UserStateMachine.Text, in stack: TemplateContext) -> TemplateValue {
        var pieces: [TemplateValue] = []
        var open = Text.literal("")
        for part in text.parts {
            switch part {
            case .literal(let literal): open = open + .literal(literal)
            case .hole(.pseudoParameter(let parameter)): open = open + .hole(parameter)
            case .hole(.function(let name)):
                if open != .literal("") { pieces.append(TemplateValue(open)) }
                open = .literal("")
                pieces.append(functions[name].map(stack.value) ?? unknown(name, in: stack))
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
