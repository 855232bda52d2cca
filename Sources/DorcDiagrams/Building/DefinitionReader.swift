internal import DorcModel
internal import DorcText

/// A definition in the Amazon States Language -> the nodes and edges of its outermost states.
struct DefinitionReader {
    private typealias Value = JSONValue<UserStateMachine.Text>

    private let start: String
    private let states: [Value.Member]
    private let positions: [String: Int]

    init(_ machine: UserStateMachine) {
        start = machine.start
        let members = Self.members(machine.value)
        let all = members.first { $0.name == "States" }.map { Self.members($0.value) } ?? []
        // The first one first: the drawing begins with it.
        states = all.filter { $0.name == machine.start } + all.filter { $0.name != machine.start }
        positions = Dictionary(
            states.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
    }

    func add(to diagram: inout PipelineDiagram) {
        diagram.isDefinition = true
        diagram.flow = .graph
        diagram.nodes = states.map { node($0.name, Self.members($0.value)) }
        for (source, state) in states.enumerated() {
            let members = Self.members(state.value)
            for target in nexts(members) where !diagram.edges.contains(.init(source: source, target: target)) {
                diagram.edges.append(.init(source: source, target: target))
            }
            diagram.edges += diagram.nodes[source].catchers.map {
                .init(source: source, target: $0.handler, kind: .error)
            }
        }
    }

    private func nexts(_ state: [Value.Member]) -> [Int] {
        var names = [Self.text(state, "Next"), Self.text(state, "Default")]
        for choice in Self.items(state, "Choices") { names.append(Self.text(Self.members(choice), "Next")) }
        return names.compactMap { $0.flatMap { positions[$0] } }
    }

    private func node(_ name: String, _ state: [Value.Member]) -> DiagramNode {
        let resource = Self.text(state, "Resource") ?? ""
        let functions = Self.functions(.object(state))
        var node = DiagramNode(name: name, kind: .pass)
        switch Self.text(state, "Type") {
        case "Task":
            let function = functions.first
            node.kind = function == nil ? .task : .function
            let action =
                resource.hasPrefix("arn:")
                ? String(resource.split(separator: ":").suffix(2).joined(separator: ":")) : resource
            node.runs = function ?? action
            node.detail = node.runs == name ? "" : node.runs
        case "Wait":
            node.kind = .wait
            node.detail = Self.text(state, "Seconds").map { "waits \($0) s" } ?? "waits"
        case "Map":
            node.kind = state.contains { $0.name == "ItemReader" } ? .distributedMap : .map
            node.detail = functions.isEmpty ? "for each item" : "each item: \(functions.joined(separator: ", "))"
        case "Parallel":
            node.kind = .parallel
            node.detail = Words.count(Self.items(state, "Branches").count, "branch", "branches")
        case "Choice":
            node.kind = .choice
            node.detail = Words.count(Self.items(state, "Choices").count, "choice")
        case "Succeed": node.kind = .succeed
        case "Fail":
            node.kind = .fail
            node.detail = Self.text(state, "Error") ?? ""
        default: break
        }
        for catcher in Self.items(state, "Catch").map(Self.members) {
            guard let next = Self.text(catcher, "Next").flatMap({ positions[$0] }) else { continue }
            let errors = Self.items(catcher, "ErrorEquals").compactMap(Self.text)
            node.catchers.append(.init(errors: StepWords.errors(errors), handler: next))
        }
        node.settings = settings(state, functions)
        return node
    }

    private func settings(_ state: [Value.Member], _ functions: [String]) -> [Setting] {
        var settings = [Setting("State", Self.text(state, "Type") ?? "")]
        if !functions.isEmpty { settings.append(Setting("Functions", functions.joined(separator: ", "))) }
        for (key, name) in [("Comment", "Comment"), ("Resource", "Resource"), ("TimeoutSeconds", "Timeout in seconds")]
        {
            if let text = Self.text(state, key) { settings.append(Setting(name, text)) }
        }
        return settings
    }

    // MARK: JSON

    private static func members(_ value: Value) -> [Value.Member] {
        if case .object(let members) = value { members } else { [] }
    }

    private static func items(_ state: [Value.Member], _ name: String) -> [Value] {
        if case .list(let items)? = state.first(where: { $0.name == name })?.value { items } else { [] }
    }

    private static func text(_ state: [Value.Member], _ name: String) -> String? {
        state.first { $0.name == name }.flatMap { text($0.value) }
    }

    private static func text(_ value: Value) -> String? {
        switch value {
        case .text(let text):
            text.filled { hole in
                switch hole {
                case .pseudoParameter: "${account}"
                case .function(let name): name
                }
            }
        case .number(let number): number.text
        default: nil
        }
    }

    /// Those that a state calls, also in states inside of it.
    private static func functions(_ state: Value) -> [String] {
        var names: [String] = []
        state.forEachText { text in
            for case .function(let name) in text.holes where !names.contains(name) { names.append(name) }
        }
        return names
    }
}
