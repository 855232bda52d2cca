internal import DorcYAML

/// What a function in Python is called with: `args` and `kwargs` of a task, whose values are constants, templates and outputs of other
/// tasks.
struct TaskArguments {
    /// The steps that the step runs after, by what its tasks are called.
    let upstream: [String: String]
    private(set) var context: JinjaText.Context
    /// What became of the values that were taken.
    private(set) var verdicts: [(value: WrittenValue, verdict: Verdict)] = []

    init(upstream: [String: String], context: JinjaText.Context) {
        self.upstream = upstream
        self.context = context
        for task in upstream.keys { self.context.outputs[task] = output(of: task) }
    }

    /// Of a step's event: the output of another step.
    func output(of task: String) -> String? {
        guard let step = upstream[task] else { return nil }
        return Set(upstream.values).count == 1 ? "$states.input" : "$states.input.`\(step)`"
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
    static func pulled(_ text: String) -> String? {
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

    /// - Parameters:
    ///   - target: where the value is written.
    ///   - holder: the list that has the account of a scalar in it.
    ///   - takesReferences: whether `+task` is one; to operators it is a text.
    mutating func node(
        _ value: WrittenValue, at target: Target, holder: WrittenValue? = nil, takesReferences: Bool
    ) -> YAMLNode {
        switch value.content {
        case .list(let items):
            let isPlain = value.account != nil
            if items.isEmpty { settle(holder ?? value, .takenOver([target], else: Self.replaced)) }
            return .list(
                items.enumerated().map { index, item in
                    var inner = target
                    if !isPlain { inner.parts.append(.item(index)) }
                    return node(
                        item, at: inner, holder: holder ?? (isPlain ? value : nil), takesReferences: takesReferences)
                })
        case .mapping(let entries):
            if entries.isEmpty { settle(holder ?? value, .takenOver([target], else: Self.replaced)) }
            return .mapping(
                entries.map { entry in
                    (
                        entry.name,
                        node(
                            entry.value, at: target.appending(entry.name), holder: holder,
                            takesReferences: takesReferences)
                    )
                })
        case .scalar(let written, _):
            let holder = holder ?? value
            let text = JinjaText.uncommented(written)
            if takesReferences, let task = Self.reference(value) {
                if let output = output(of: task) {
                    settle(holder, .takenOver([target], "the output of the step", else: Self.replaced))
                    return .string("{% \(output) %}")
                }
                decide(holder, value, target, "the output of no step right before it")
                return .string(text.withoutHoles)
            }
            guard JinjaText.isTemplate(text) else {
                settle(holder, .takenOver([target], value, isText: false, else: Self.replaced))
                return text == written ? value.node.withoutHoles : .string(text.withoutHoles)
            }
            if let task = Self.pulled(text), let output = output(of: task) {
                settle(holder, .takenOver([target], "the output of the step", else: Self.replaced))
                return .string("{% \(output) %}")
            }
            if let template = JinjaText(text, context) {
                var verdict = Verdict.differs([target], template.words, else: Self.replaced)
                verdict.todo = template.todo(holder, "arguments", context)
                settle(holder, verdict)
                return .string(template.expression)
            }
            decide(holder, value, target, JinjaText.problem(text))
            // A template with statements would be taken for an expression of dorc's.
            return .string(text.contains("{%") ? text.replacing("{%", with: "{ %").withoutHoles : text.withoutHoles)
        }
    }

    private static let replaced = "`expand` gives the arguments instead"

    private mutating func settle(_ value: WrittenValue, _ verdict: Verdict) { verdicts.append((value, verdict)) }

    private mutating func decide(_ holder: WrittenValue, _ value: WrittenValue, _ target: Target, _ words: String) {
        var verdict = Verdict.differs(
            [target], "`\(value.source.shortened(to: 60))` is \(words): it is written as it is")
        verdict.todo = Todo("arguments", holder, "\(value.source.shortened(to: 120)) is \(words)")
        settle(holder, verdict)
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
