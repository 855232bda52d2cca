extension ValueType<VariableText> {
    /// A text of pipeline.yaml, which may use `${name}` variables.
    static func variableText(_ format: String = "a text") -> ValueType {
        ValueType(.text(format: format)) { node, diagnostics in
            guard let text = Scalars.text(node, expected: format, &diagnostics) else { return nil }
            return VariableText.parse(VariableText.withoutLineBreak(text), node, &diagnostics)
        }
    }
}

extension ValueType<JSONSource> {
    /// Any YAML value as JSON (see `JSONSource`).
    static var json: ValueType {
        ValueType(.json) { node, diagnostics in jsonSource(node, &diagnostics) }
    }

    /// `names` says what may stand in `${...}`.
    static func jsonSource(
        _ node: YAMLNode, names: (String) -> Bool = Names.isVariable, _ diagnostics: inout Diagnostics
    ) -> JSONSource? {
        if let tag = node.tag {
            diagnostics.report(.tagNotAllowed(tag, at: node.range))
            return nil
        }
        switch node.content {
        case .scalar(let text, .plain):
            if node.isNull { return .null }
            if let boolean = Bool(text) { return .boolean(boolean) }
            if let number = JSONNumber(text) { return .number(number) }
            if JSONNumber.hasForm(text) {
                diagnostics.report(
                    .outOfRange(text, allowed: "a number has at most the size of a double, 1.7e308", at: node.range))
            }
            VariableText.checkExpression(text, node, &diagnostics)
            return VariableText.parse(text, node, names: names, &diagnostics).map { .text(Located($0, node.range)) }
        case .scalar(let written, _):
            let text = VariableText.withoutLineBreak(written)
            VariableText.checkExpression(text, node, &diagnostics)
            return VariableText.parse(text, node, names: names, &diagnostics).map { .text(Located($0, node.range)) }
        case .sequence(let items):
            return .list(items.compactMap { jsonSource($0, names: names, &diagnostics) })
        case .mapping(let entries):
            return .object(
                entries.compactMap { entry in
                    jsonSource(entry.value, names: names, &diagnostics).map {
                        JSONValue.Member(name: entry.key, value: $0)
                    }
                })
        }
    }
}

extension VariableText {
    /// A text with `{%` at its start or `%}` at its end is JSONata, which has both.
    fileprivate static func checkExpression(_ text: String, _ node: YAMLNode, _ diagnostics: inout Diagnostics) {
        guard text.hasPrefix("{%") != text.hasSuffix("%}") else { return }
        diagnostics.report(
            Diagnostic(
                "jsonata-syntax", at: node.range.firstLine,
                text.hasPrefix("{%")
                    ? "the expression has no `%}` at its end" : "the expression has no `{%` at its start",
                help: "JSONata stands between `{%` and `%}`, and nothing beside them"))
    }

    /// JSONata in a block scalar, which ends with a line break: Step Functions wants `%}` at the end.
    static func withoutLineBreak(_ text: String) -> String {
        guard text.hasPrefix("{%"), text.hasSuffix("%}\n") else { return text }
        return String(text.dropLast())
    }

    static func parse(
        _ text: String, _ node: YAMLNode, names: (String) -> Bool = Names.isVariable, _ diagnostics: inout Diagnostics
    ) -> VariableText? {
        do {
            return try VariableText(parsing: text, where: names)
        } catch {
            switch error {
            case .unclosed(let offsets):
                diagnostics.report(.unclosedVariable(at: node.range(of: offsets)))
            case .badName(let name, let offsets):
                diagnostics.report(.badVariableName(name, at: node.range(of: offsets)))
            }
            return nil
        }
    }
}

extension Diagnostic {
    static func unclosedVariable(at range: SourceRange) -> Diagnostic {
        Diagnostic(
            "variable-syntax", at: range, "`${` has no `}`",
            help: "a variable is `${name}`; a literal `${` is written `$${`")
    }

    static func badVariableName(_ name: String, at range: SourceRange) -> Diagnostic {
        Diagnostic(
            "variable-syntax", at: range, "`\(name)` cannot be a variable's name",
            help: "a name has letters, digits and `_`; a literal `${` is written `$${`")
    }
}
