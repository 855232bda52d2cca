/// Reading a definition that may be anything.
extension YAMLNode {
    var fields: [String: YAMLNode]? {
        guard case .mapping(let entries) = content, tag == nil else { return nil }
        return Dictionary(entries.map { ($0.key, $0.value) }, uniquingKeysWith: { first, _ in first })
    }

    var items: [YAMLNode]? {
        if case .sequence(let items) = content { items } else { nil }
    }

    var text: String? {
        guard case .scalar(let text, _) = content, !isNull else { return nil }
        return text
    }
}

extension Diagnostic {
    static func definition(
        _ summary: String, at range: SourceRange, help: String? = nil
    ) -> Diagnostic {
        Diagnostic("invalid-definition", at: range.firstLine, summary, help: help)
    }

    static func unknownType(
        _ state: String, _ node: YAMLNode?, _ types: [String], at range: SourceRange
    ) -> Diagnostic {
        Diagnostic(
            "invalid-definition", at: node?.range.firstLine ?? range,
            node?.text.map { "`\($0)` is no type of a state" } ?? "the state `\(state)` has no `Type`",
            help: "types are \(types.map { "`\($0)`" }.joined(separator: ", "))",
            replacement: node?.text.flatMap { Suggestion.closest(to: $0, among: types) })
    }
}
