internal import DorcYAML

/// What a function in Python is called with: `args` and `kwargs` of a task, whose values are constants, templates and outputs of other
/// tasks.
struct TaskArguments {
    /// The steps that the step runs after, by what its tasks are called.
    let upstream: [String: String]
    let parameters: Set<String>
    /// What could not be said.
    private(set) var problems: [String] = []

    init(upstream: [String: String], parameters: Set<String>) {
        self.upstream = upstream
        self.parameters = parameters
    }

    /// Of a step's event: the output of another step.
    func output(of task: String) -> String? {
        guard let step = upstream[task] else { return nil }
        return upstream.count == 1 ? "$states.input" : "$states.input.`\(step)`"
    }

    /// The task that a value names: `+task`, `task.output`, `XComArg(task)`.
    static func reference(_ value: WrittenValue) -> String? {
        guard let text = value.text?.trimmed else { return nil }
        if text.hasPrefix("+"), text.count > 1, Int(text) == nil, Double(text) == nil {
            return String(text.dropFirst())
        }
        if text.hasSuffix(".output"), !text.contains(" ") { return String(text.dropLast(".output".count)) }
        for start in ["XcomArg(", "XComArg("] where text.hasPrefix(start) && text.hasSuffix(")") {
            return String(text.dropFirst(start.count).dropLast())
        }
        return nil
    }

    /// `{{ ti.xcom_pull(task_ids='task') }}`
    private static func pulled(_ text: String) -> String? {
        let trimmed = text.trimmed
        guard trimmed.hasPrefix("{{"), trimmed.hasSuffix("}}") else { return nil }
        let inner = String(trimmed.dropFirst(2).dropLast(2)).trimmed
        for prefix in ["ti.", "task_instance."] {
            for quote in ["'", "\""] {
                for argument in ["task_ids=", ""] {
                    let start = "\(prefix)xcom_pull(\(argument)\(quote)"
                    guard inner.hasPrefix(start), inner.hasSuffix("\(quote))") else { continue }
                    return String(inner.dropFirst(start.count).dropLast(2))
                }
            }
        }
        return nil
    }

    /// - Parameter takesReferences: whether `+task` is one; to operators it is a text.
    mutating func node(_ value: WrittenValue, takesReferences: Bool) -> YAMLNode {
        switch value.content {
        case .list(let items):
            return .list(items.map { node($0, takesReferences: takesReferences) })
        case .mapping(let entries):
            return .mapping(entries.map { ($0.name, node($0.value, takesReferences: takesReferences)) })
        case .scalar(let text, _):
            if takesReferences, let task = Self.reference(value) {
                if let output = output(of: task) { return .string("{% \(output) %}") }
                problems.append("`\(text)` is the output of no step before it")
            }
            guard JinjaText.isTemplate(text) else { return value.node.withoutHoles }
            if let task = Self.pulled(text), let output = output(of: task) { return .string("{% \(output) %}") }
            if let expression = JinjaText.expression(text, parameters: parameters) { return .string(expression) }
            problems.append("`\(text.shortened(to: 60))` is a template without a counterpart")
            return .string("TODO: " + text.withoutHoles)
        }
    }

    /// Whether it is made of constants alone.
    static func isConstant(_ value: WrittenValue) -> Bool {
        switch value.content {
        case .scalar(let text, _): reference(value) == nil && !JinjaText.isTemplate(text)
        case .list(let items): items.allSatisfy(isConstant)
        case .mapping(let entries): entries.allSatisfy { isConstant($0.value) }
        }
    }

    /// The tasks whose outputs a value names.
    static func references(_ value: WrittenValue) -> [String] {
        switch value.content {
        case .scalar: reference(value).map { [$0] } ?? []
        case .list(let items): items.flatMap(references)
        case .mapping(let entries): entries.flatMap { references($0.value) }
        }
    }
}
