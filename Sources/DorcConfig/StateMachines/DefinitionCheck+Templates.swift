internal import DorcYAML

/// What a state works out when it runs: JSONata, payload templates and paths.
extension DefinitionCheck {
    /// JSON with expressions in JSONata, with names that end in `.$` in JSONPath.
    mutating func checkTemplate(_ node: YAMLNode, _ scope: StateScope, _ language: QueryLanguage) {
        switch node.content {
        case .scalar: if language == .jsonata { check(expression: node, scope) }
        case .sequence(let items):
            for item in items { checkTemplate(item, scope, language) }
        case .mapping(let entries):
            for entry in entries {
                if language == .jsonPath, entry.key.hasSuffix(".$") {
                    check(selection: entry)
                } else {
                    checkTemplate(entry.value, scope, language)
                }
            }
        }
    }

    private mutating func check(expression node: YAMLNode, _ scope: StateScope) {
        guard let text = node.jsonText, !node.hasVariables else { return }
        ExpressionCheck.check(definition: text, at: node.range, fields: scope.fields, &diagnostics)
    }

    /// `Condition` of a choice.
    mutating func check(condition node: YAMLNode, _ name: String, _ language: QueryLanguage) {
        if node.boolean != nil { return }
        guard isExpression(node, language) else {
            if !node.hasVariables { reportForm(name, "an expression between `{%` and `%}`", node) }
            return
        }
        check(expression: node, .input)
    }

    /// Step Functions guide, "Passing data between states with variables": at most 80 characters, a letter first.
    mutating func check(variables node: YAMLNode, _ name: String, _ scope: StateScope, _ language: QueryLanguage) {
        guard node.tag == nil, case .mapping(let entries) = node.content else {
            // In JSONata an expression may give all of them.
            if !isExpression(node, language) { reportForm(name, "a mapping of variables", node) }
            checkTemplate(node, scope, language)
            return
        }
        for entry in entries {
            let isSelection = language == .jsonPath && entry.key.hasSuffix(".$")
            let variable = isSelection ? String(entry.key.dropLast(2)) : entry.key
            let scalars = variable.unicodeScalars
            let isNamed =
                scalars.first?.properties.isIDStart == true && scalars.count <= 80
                && scalars.allSatisfy(\.properties.isIDContinue)
            if variable == "states" {
                report("a variable cannot be named `states`: `$states` is Step Functions' own", at: entry.keyRange)
            } else if !isNamed {
                report(
                    "`\(variable)` cannot be the name of a variable", at: entry.keyRange,
                    help: "a name has 1 to 80 letters, digits and `_`, and starts with a letter")
            }
        }
        checkTemplate(node, scope, language)
    }

    // MARK: JSONPath

    /// A name that ends with `.$` takes its value from a path or an intrinsic function.
    private mutating func check(selection entry: YAMLNode.Entry) {
        guard let text = entry.value.jsonText else {
            report(
                "`\(entry.key)` takes a path or an intrinsic function, and this is \(entry.value.jsonKind)",
                at: entry.value.range,
                help: "remove the `.$` at the end of the name, or write a path such as `$.rows`")
            return
        }
        guard !entry.value.hasVariables else { return }
        if let problem = IntrinsicFunction.problem(in: text)
            ?? (text.hasPrefix("$") ? JSONPathText.problem(in: text) : nil)
        {
            report(problem.summary, at: entry.value.range, help: problem.help)
        } else if !text.hasPrefix("$"), !IntrinsicFunction.isMeant(by: text) {
            report(
                "`\(text)` is neither a path nor an intrinsic function", at: entry.value.range,
                help: "remove the `.$` at the end of `\(entry.key)`, or write a path such as `$.rows`")
        }
    }

    mutating func check(
        path node: YAMLNode, _ name: String, isNullable: Bool, isReference: Bool, isOfContext: Bool = true
    ) {
        if node.isNull {
            if !isNullable { reportForm(name, "a path such as `$.rows`", node) }
            return
        }
        guard let text = node.jsonText else { return reportForm(name, "a path such as `$.rows`", node) }
        guard !node.hasVariables else { return }
        if ["ErrorPath", "CausePath"].contains(name), IntrinsicFunction.isMeant(by: text) {
            if let problem = IntrinsicFunction.problem(in: text) { report(problem.summary, at: node.range) }
            return
        }
        let problem =
            JSONPathText.problem(in: text)
            ?? (isReference ? JSONPathText.referenceProblem(in: text) : nil)
        if let problem {
            report("`\(name)`: \(problem.summary)", at: node.range, help: problem.help)
        } else if !isOfContext, text.hasPrefix("$$") {
            report(
                "`\(name)` cannot be a path into the Context object", at: node.range,
                help: "it starts with one `$`, as in `$.rows`")
        }
    }
}
