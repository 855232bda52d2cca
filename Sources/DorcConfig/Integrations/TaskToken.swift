internal import DorcModel
internal import DorcText
internal import DorcYAML

/// The token that `.waitForTaskToken` waits for: who calls SendTaskSuccess has to get it from the arguments.
enum TaskToken {
    static func isIn(_ arguments: JSONValue<Text>) -> Bool {
        switch arguments {
        case .null, .boolean, .number: false
        case .text(let text): isIn(text.sample)
        case .list(let items): items.contains(where: isIn)
        case .object(let members): members.contains { isIn($0.value) }
        }
    }

    static func isIn(_ arguments: YAMLNode) -> Bool {
        switch arguments.content {
        case .scalar(let text, _): isIn(text)
        case .sequence(let items): items.contains(where: isIn)
        case .mapping(let entries): entries.contains { isIn($0.value) }
        }
    }

    /// `$states.context.Task.Token` in JSONata, `$$.Task.Token` in JSONPath, or a larger part of the context with it.
    private static func isIn(_ text: String) -> Bool {
        let compact = text.filter { !$0.isWhitespace && $0 != "`" && $0 != "'" && $0 != "\"" && $0 != "[" && $0 != "]" }
        // All of `$states`, the context too.
        for place in compact.ranges(of: "$states") {
            let next = compact[place.upperBound...].unicodeScalars.first
            if next.map({ $0 != "." && !$0.properties.isIDContinue }) != false { return true }
        }
        for start in ["$states.context", "$statescontext", "$$"] {
            for place in compact.ranges(of: start) {
                let rest = compact[place.upperBound...]
                // What follows is another part of the context, or none.
                if rest.hasPrefix(".Task") || rest.hasPrefix("Task") || !rest.hasPrefix(".") { return true }
            }
        }
        return false
    }
}

extension Diagnostic {
    static func noTaskToken(at range: SourceRange, isJSONata: Bool = true) -> Diagnostic {
        let example =
            isJSONata ? "`token: \"{% $states.context.Task.Token %}\"`" : "`token.$: $$.Task.Token`"
        return Diagnostic(
            .noTaskToken, at: range.firstLine,
            "`.waitForTaskToken` waits for an answer with a token, which nobody gets here",
            help: "pass it on in the \(isJSONata ? "arguments" : "parameters"): \(example)")
    }
}
