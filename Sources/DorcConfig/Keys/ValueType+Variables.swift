internal import DorcModel
internal import DorcText
internal import DorcYAML

extension ValueType<VariableText> {
    /// A string of pipeline.yaml, which may use `${name}` variables.
    static func variableText(
        _ format: String = "a string", expressions: ExpressionUse = .ignored(.setting), example: String = "text"
    ) -> ValueType {
        ValueType(
            .string(
                StringShape(
                    format: format, numbers: expressions == .required ? nil : NumberText(),
                    takesBooleans: expressions != .required, examples: [example], expressions: expressions,
                    hasVariables: true)),
            decode: { node, diagnostics in
                guard let written = Scalars.text(node, expected: format, &diagnostics) else { return nil }
                let text = VariableText.withoutLineBreak(written)
                DeadExpression.check(text, node, expressions, &diagnostics)
                return VariableText.parse(text, node, &diagnostics)
            }, encode: { .string($0.written) })
    }
}

extension ValueType<JSONSource> {
    /// Any YAML value as JSON (see `JSONSource`).
    static func json(_ expressions: ExpressionUse) -> ValueType {
        ValueType(
            .json(expressions), decode: { jsonSource($0, expressions: expressions, &$1) }, encode: { node(of: $0) })
    }

    private static func node(of value: JSONSource) -> YAMLNode {
        switch value {
        case .null: .literal("null")
        case .boolean(let value): .literal(String(value))
        case .number(let number): .literal(number.text)
        case .text(let text): .string(text.value.written)
        case .list(let items): .list(items.map(node))
        case .object(let members): .mapping(members.map { ($0.name, node(of: $0.value)) })
        }
    }

    /// `names` says what may stand in `${...}`; `isForPath` is said of what is under a key for paths.
    static func jsonSource(
        _ node: YAMLNode, names: (String) -> Bool = Names.isVariable, expressions: ExpressionUse = .definition,
        isForPath: Bool = false, _ diagnostics: inout Diagnostics
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
            DeadExpression.check(text, node, expressions, isForPath: isForPath, &diagnostics)
            return VariableText.parse(text, node, names: names, &diagnostics).map { .text(Located($0, node.range)) }
        case .scalar(let written, _):
            let text = VariableText.withoutLineBreak(written)
            DeadExpression.check(text, node, expressions, isForPath: isForPath, &diagnostics)
            return VariableText.parse(text, node, names: names, &diagnostics).map { .text(Located($0, node.range)) }
        case .sequence(let items):
            return .list(
                items.compactMap {
                    jsonSource($0, names: names, expressions: expressions, isForPath: isForPath, &diagnostics)
                })
        case .mapping(let entries):
            return .object(
                entries.compactMap { entry in
                    DeadExpression.check(key: entry, expressions, &diagnostics)
                    if [.evaluated, .ignored(.trigger)].contains(expressions) {
                        TemplateHazard.check(key: entry.key, of: entries.count, at: entry.keyRange, &diagnostics)
                    }
                    return jsonSource(
                        entry.value, names: names, expressions: expressions,
                        isForPath: isForPath || entry.key.hasSuffix(".$")
                            || entry.key.lowercased().contains("path"), &diagnostics
                    ).map { JSONValue.Member(name: entry.key, value: $0) }
                })
        }
    }
}

extension VariableText {
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
            .variableSyntax, at: range, "`${` has no `}`",
            help: "a variable is `${name}`; a literal `${` is written `$${`")
    }

    static func badVariableName(_ name: String, at range: SourceRange) -> Diagnostic {
        Diagnostic(
            .variableSyntax, at: range, "`\(name)` cannot be a variable's name",
            help: "a name has letters, digits and `_`; a literal `${` is written `$${`")
    }
}
