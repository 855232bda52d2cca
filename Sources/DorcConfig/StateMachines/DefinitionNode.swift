internal import DorcModel
internal import DorcText
internal import DorcYAML

/// Reading a definition that may be anything. Scalars mean what JSON means by them: a plain `5` is a number, a quoted one is a
/// text.
extension YAMLNode {
    var fields: [String: YAMLNode]? {
        guard case .mapping(let entries) = content, tag == nil else { return nil }
        return Dictionary(entries.map { ($0.key, $0.value) }, uniquingKeysWith: { first, _ in first })
    }

    var items: [YAMLNode]? {
        if case .sequence(let items) = content, tag == nil { items } else { nil }
    }

    /// Any scalar that is not null.
    var text: String? {
        guard case .scalar(let text, _) = content, !isNull else { return nil }
        return text
    }

    /// A scalar that is a text in JSON; JSONata in a block scalar has no line break at its end.
    var jsonText: String? {
        guard case .scalar(let text, let style) = content, !isNull else { return nil }
        if style == .plain, Bool(text) != nil || JSONNumber(text) != nil { return nil }
        return VariableText.withoutLineBreak(text)
    }

    var number: Double? {
        guard case .scalar(let text, .plain) = content else { return nil }
        return JSONNumber(text)?.double
    }

    var boolean: Bool? {
        guard case .scalar(let text, .plain) = content else { return nil }
        return Bool(text)
    }

    /// Whether what it says is known only when its variables are replaced.
    var hasVariables: Bool {
        guard let text = jsonText else { return false }
        return text.contains("${")
    }

    /// In the words of JSON.
    var jsonKind: String {
        if isNull { return "`null`" }
        if case .sequence(let items) = content, items.isEmpty { return "an empty list" }
        if boolean != nil { return "a boolean" }
        if let text = jsonText, text.unicodeScalars.count <= 40 { return "the string `\(text)`" }
        if let number, case .scalar(let text, _) = content, text.utf8.count <= 40, number.isFinite {
            return "`\(text)`"
        }
        return kindName
    }

    var containsNull: Bool {
        if isNull { return true }
        switch content {
        case .scalar: return false
        case .sequence(let items): return items.contains(where: \.containsNull)
        case .mapping(let entries): return entries.contains { $0.value.containsNull }
        }
    }
}

extension Diagnostic {
    static func definition(
        _ summary: String, at range: SourceRange, help: String? = nil
    ) -> Diagnostic {
        Diagnostic(.invalidDefinition, at: range.firstLine, summary, help: help)
    }

    static func unknownType(
        _ state: String, _ node: YAMLNode?, _ types: [String], at range: SourceRange
    ) -> Diagnostic {
        Diagnostic(
            .invalidDefinition, at: node?.range.firstLine ?? range,
            node?.text.map { "`\($0)` is not a type of a state" } ?? "the state `\(state)` has no `Type`",
            help: "types are \(types.map { "`\($0)`" }.joined(separator: ", "))",
            replacement: node?.text.flatMap { Suggestion.closest(to: $0, among: types) })
    }
}
