internal import DorcText
internal import DorcYAML

/// An event pattern as EventBridge checks it in PutRule (EventBridge guide, "Amazon EventBridge event patterns"): fields
/// lead to fields or to lists of values and matchers.
enum EventPatternCheck {
    /// What an event has (EventBridge guide, "Events").
    private static let fields = [
        "version", "id", "detail-type", "source", "account", "time", "region", "resources", "detail",
    ]
    /// Deeper than the fields of any event.
    private static let depthLimit = 50

    static func run(_ node: YAMLNode, _ diagnostics: inout Diagnostics) {
        guard case .mapping(let entries) = node.content, node.tag == nil, !entries.isEmpty else {
            diagnostics.report(.noPattern(at: node.range.firstLine))
            return
        }
        for entry in entries where entry.key != "$or" && !fields.contains(entry.key) {
            diagnostics.report(.unknownField(entry.key, known: fields, at: entry.keyRange))
        }
        check(entries, depth: 0, &diagnostics)
    }

    private static func check(_ entries: [YAMLNode.Entry], depth: Int, _ diagnostics: inout Diagnostics) {
        for entry in entries {
            if entry.key == "$or" {
                checkAlternatives(entry, depth: depth, &diagnostics)
                continue
            }
            switch entry.value.content {
            case .mapping(let inner):
                if depth == depthLimit {
                    diagnostics.report(.tooDeep(at: entry.keyRange))
                } else if inner.isEmpty {
                    diagnostics.report(.emptyField(entry.key, at: entry.value.range.firstLine))
                } else if inner.count == 1, let only = inner.first, EventMatcher(rawValue: only.key) != nil {
                    diagnostics.report(.matcherWithoutList(entry.key, only.key, at: entry.value.range.firstLine))
                } else {
                    check(inner, depth: depth + 1, &diagnostics)
                }
            case .sequence(let items):
                if items.isEmpty { diagnostics.report(.emptyField(entry.key, at: entry.value.range.firstLine)) }
                for item in items { checkItem(item, &diagnostics) }
            case .scalar(let text, _):
                diagnostics.report(.valueWithoutList(entry.key, text, at: entry.value.range.firstLine))
            }
        }
    }

    private static func checkAlternatives(
        _ entry: YAMLNode.Entry, depth: Int, _ diagnostics: inout Diagnostics
    ) {
        guard case .sequence(let items) = entry.value.content, items.count >= 2 else {
            diagnostics.report(.alternatives(at: entry.value.range.firstLine))
            return
        }
        for item in items {
            guard case .mapping(let inner) = item.content, !inner.isEmpty, depth < depthLimit else {
                diagnostics.report(.alternatives(at: item.range.firstLine))
                continue
            }
            check(inner, depth: depth + 1, &diagnostics)
        }
    }

    private static func checkItem(_ item: YAMLNode, _ diagnostics: inout Diagnostics) {
        switch item.content {
        case .scalar:
            if item.isNull { diagnostics.report(.null(at: item.range.firstLine)) }
        case .sequence: diagnostics.report(.listInList(at: item.range.firstLine))
        case .mapping(let entries):
            guard entries.count == 1, let entry = entries.first else {
                diagnostics.report(.severalMatchers(at: item.range.firstLine))
                return
            }
            guard let matcher = EventMatcher(rawValue: entry.key) else {
                diagnostics.report(.unknownMatcher(entry.key, at: entry.keyRange))
                return
            }
            matcher.check(entry.value, &diagnostics)
        }
    }
}

extension Diagnostic {
    fileprivate static func noPattern(at range: SourceRange) -> Diagnostic {
        Diagnostic(
            .eventPattern, at: range, "an event pattern is a mapping of an event's fields",
            help: "as in `{source: [my.app], detail-type: [Ready]}`")
    }

    fileprivate static func unknownField(_ name: String, known: [String], at range: SourceRange) -> Diagnostic {
        Diagnostic(
            .eventPattern, .warning, at: range, "events have no field `\(name)`: the pattern matches none",
            help: "they have \(known.map { "`\($0)`" }.joined(separator: ", "))",
            replacement: Suggestion.closest(to: name, among: known))
    }

    fileprivate static func emptyField(_ name: String, at range: SourceRange) -> Diagnostic {
        Diagnostic(
            .eventPattern, at: range, "`\(name)` allows nothing: an empty list or mapping matches no event",
            help: "list the values that it may have, or remove the field")
    }

    fileprivate static func valueWithoutList(_ name: String, _ text: String, at range: SourceRange) -> Diagnostic {
        Diagnostic(
            .eventPattern, at: range, "the values of `\(name)` are written in a list",
            help: "any of them matches", replacement: text.isEmpty ? nil : "[\(text)]")
    }

    fileprivate static func matcherWithoutList(_ name: String, _ matcher: String, at range: SourceRange) -> Diagnostic {
        Diagnostic(
            .eventPattern, at: range, "`\(matcher)` belongs in the list of what `\(name)` may be",
            help: "as in `\(name): [{\(matcher): ...}]`")
    }

    fileprivate static func alternatives(at range: SourceRange) -> Diagnostic {
        Diagnostic(
            .eventPattern, at: range, "`$or` takes a list of two or more patterns",
            help: "as in `$or: [{source: [a]}, {detail-type: [b]}]`")
    }

    fileprivate static func null(at range: SourceRange) -> Diagnostic {
        Diagnostic(
            .eventPattern, at: range, "CloudFormation does not accept `null` in a pattern",
            help: "`{exists: false}` matches a field that is not there")
    }

    fileprivate static func listInList(at range: SourceRange) -> Diagnostic {
        Diagnostic(
            .eventPattern, at: range, "a list of values has no list in it", help: "write all values into one list")
    }

    fileprivate static func severalMatchers(at range: SourceRange) -> Diagnostic {
        Diagnostic(
            .eventPattern, at: range, "a matcher has one key, as in `{prefix: census/}`",
            help: "make an item of each: any of them matches")
    }

    fileprivate static func unknownMatcher(_ name: String, at range: SourceRange) -> Diagnostic {
        let known = EventMatcher.allCases.map(\.rawValue)
        return Diagnostic(
            .eventPattern, at: range, "EventBridge has no matcher `\(name)`",
            help: "its matchers are \(known.map { "`\($0)`" }.joined(separator: ", "))",
            replacement: Suggestion.closest(to: name, among: known))
    }

    fileprivate static func tooDeep(at range: SourceRange) -> Diagnostic {
        Diagnostic(
            .eventPattern, at: range, "the pattern is too deep", help: "no event has fields this deep")
    }
}
