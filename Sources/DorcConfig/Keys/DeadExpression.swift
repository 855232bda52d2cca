internal import DorcText
internal import DorcYAML

/// What becomes of `{% ... %}` and the like in a value: a key declares it with its type, so that no value is forgotten.
package enum ExpressionUse: Sendable, Equatable {
    /// JSONata is evaluated while the run goes on, where it is the whole text.
    case evaluated
    /// The key takes nothing but JSONata, or has another form without it; its own rule speaks of the rest.
    case required
    /// Nothing evaluates it: the text stays as it is written.
    case ignored(Reason)
    /// The key's own rule refuses such a text: a name, an ARN, a date.
    case refused
    /// It goes to where a variable is used.
    case passedOn
    /// Of a definition in Amazon States Language, which has rules of its own.
    case definition

    /// Of a text that is JSONata, for editors; a block scalar ends with a line break.
    static let pattern = #"^\{%(?:[\s\S]*%)?\}\n?$"#

    package enum Reason: Sendable, Equatable {
        /// Fixed at deployment.
        case setting
        case description
        case environmentVariable
        /// Of a schedule, where EventBridge Scheduler replaces its own attributes.
        case scheduleInput
        /// Of a trigger: there is no run yet.
        case trigger
        /// Data of a case, which may be a template or a path of anything.
        case testCase
    }
}

/// Warns of what looks like an expression, in a value where nothing evaluates it: one finding for each value.
enum DeadExpression {
    /// EventBridge Scheduler guide, "Adding context attributes".
    private static let attributes = [
        "<aws.scheduler.attempt-number>", "<aws.scheduler.execution-id>", "<aws.scheduler.schedule-arn>",
        "<aws.scheduler.scheduled-time>",
    ]

    /// - Parameter isForPath: whether the value is under a key that may take a path itself, such as `InputPath`.
    static func check(
        _ text: String, _ node: YAMLNode, _ use: ExpressionUse, isForPath: Bool = false,
        _ diagnostics: inout Diagnostics
    ) {
        if use == .evaluated, !isForPath, let path = DeadPath(text) {
            diagnostics.report(.deadPath(path, text, at: node.range))
            return
        }
        // Most texts have none of these characters in a row.
        guard text.utf8.contains(where: { $0 == UInt8(ascii: "{") || $0 == UInt8(ascii: "<") }) || text.hasSuffix("%}")
        else { return }
        let scalars = Array(text.unicodeScalars)
        switch use {
        case .required, .refused, .passedOn: return
        case .definition:
            if let half = halfExpression(text, scalars, at: node.range) { diagnostics.report(half) }
        case .evaluated:
            if text.hasPrefix("{%"), text.hasSuffix("%}") { return }
            let marked = MarkedText(scalars)
            if let half = halfExpression(text, scalars, at: node.range) {
                diagnostics.report(half)
            } else if let marked, marked.looksLikeJSONata {
                diagnostics.report(.insideText(replacement: marked.joined, node))
            } else if let braces = Braces.first(in: scalars, .evaluated) {
                diagnostics.report(
                    braces.text.drop { "{ ".contains($0) }.hasPrefix("$")
                        ? .bracesOfJSONata(braces, in: scalars, node) : .braces(braces, node))
            } else if let attribute = attribute(in: scalars) {
                diagnostics.report(.attribute(attribute.text, known: nil, at: node.range(of: attribute.offsets)))
            }
        case .ignored(let reason):
            // Nothing of a trigger is the template of another language.
            if let marked = MarkedText(scalars), marked.looksLikeJSONata || reason == .trigger {
                diagnostics.report(.ignored(marked, reason, node))
            } else if reason == .testCase {
                return
            } else if let braces = Braces.first(in: scalars, use) {
                diagnostics.report(.braces(braces, node))
            } else if let attribute = attribute(in: scalars) {
                // A description may speak of them.
                let isOfScheduler = [.scheduleInput, .description].contains(reason)
                if isOfScheduler, Self.attributes.contains(attribute.text) { return }
                diagnostics.report(
                    .attribute(
                        attribute.text, known: isOfScheduler ? Self.attributes : nil,
                        at: node.range(of: attribute.offsets)))
            }
        }
    }

    /// For a text with `{%` at its start or `%}` at its end, but not both.
    static func halfExpression(_ text: String, at range: SourceRange) -> Diagnostic? {
        halfExpression(text, Array(text.unicodeScalars), at: range)
    }

    private static func halfExpression(_ text: String, _ scalars: [Unicode.Scalar], at range: SourceRange)
        -> Diagnostic?
    {
        let opens = text.hasPrefix("{%")
        guard opens != text.hasSuffix("%}") else { return nil }
        return .halfExpression(opens: opens, replacement: MarkedText(scalars)?.joined, at: range)
    }

    /// What two expressions side by side are as one; nil for any other text.
    static func joined(_ text: String) -> String? {
        guard text.hasPrefix("{%"), text.hasSuffix("%}") else { return nil }
        let marked = MarkedText(Array(text.unicodeScalars))
        return marked.flatMap { $0.isSeveral ? $0.joined ?? "" : nil }
    }

    /// A key of JSON that ends in `.$`, as in JSONPath.
    static func check(key entry: YAMLNode.Entry, _ use: ExpressionUse, _ diagnostics: inout Diagnostics) {
        guard entry.key.hasSuffix(".$"), entry.key.utf8.count > 2 else { return }
        switch use {
        case .ignored(.testCase): return
        case .evaluated, .required, .ignored: break
        case .refused, .passedOn, .definition: return
        }
        diagnostics.report(.pathKey(entry, isEvaluated: use == .evaluated))
    }

    /// The first that is not one of the scheduler's, else the first.
    private static func attribute(in scalars: [Unicode.Scalar]) -> (text: String, offsets: Range<Int>)? {
        let opening = Array("<aws.scheduler.".unicodeScalars)
        var first: (text: String, offsets: Range<Int>)?
        var index = 0
        while let start = scalars[index...].firstIndex(of: "<") {
            index = start + 1
            guard scalars[start...].starts(with: opening),
                let end = scalars[start...].prefix(200).firstIndex(of: ">")
            else { continue }
            let text = String(String.UnicodeScalarView(scalars[start...end]))
            if !attributes.contains(text) { return (text, start..<end + 1) }
            first = first ?? (text, start..<end + 1)
        }
        return first
    }
}

extension Diagnostic {
    fileprivate static func dead(
        _ summary: String, at range: SourceRange, help: String?, replacement: String? = nil
    ) -> Diagnostic {
        let isOneLine = range.start.line == range.end.line
        return Diagnostic(
            .deadExpression, at: range.firstLine, summary, help: help,
            replacement: isOneLine ? replacement : nil)
    }

    /// A text with `{%` at its start or `%}` at its end is JSONata, which has both (Step Functions guide, "Transforming data
    /// with JSONata").
    fileprivate static func halfExpression(opens: Bool, replacement: String?, at range: SourceRange) -> Diagnostic {
        Diagnostic(
            .jsonataSyntax, at: range.firstLine,
            opens ? "the expression has no `%}` at its end" : "the expression has no `{%` at its start",
            help: "write JSONata between `{%` and `%}`, and nothing outside them; join strings with `&`",
            replacement: range.start.line == range.end.line ? replacement : nil)
    }

    fileprivate static func insideText(replacement: String?, _ node: YAMLNode) -> Diagnostic {
        dead(
            "an expression inside a longer string is not evaluated", at: node.range,
            help: "write the whole value as one expression, and join strings with `&`", replacement: replacement)
    }

    fileprivate static func ignored(_ text: MarkedText, _ reason: ExpressionUse.Reason, _ node: YAMLNode) -> Diagnostic
    {
        let works = "JSONata works in a step's `arguments`, `when`, `for_each` and `wait`"
        let help =
            switch reason {
            case .setting: "write the value itself, or a variable as `${name}`: \(works)"
            case .description: "write it as words: \(works)"
            case .environmentVariable:
                "give the value to the step as `arguments`: an environment variable is the same for every run"
            case .scheduleInput:
                "write an attribute of the scheduler, such as `<aws.scheduler.scheduled-time>`, or JSONata in the `arguments` of"
                    + " the first step"
            case .trigger: "write the value itself, or a variable as `${name}`: no run has started yet"
            case .testCase: "write the value itself, or a variable as `${name}`: a case is data"
            }
        return dead("nothing evaluates `\(text.first)` here", at: node.range, help: help)
    }

    fileprivate static func braces(_ found: (text: String, offsets: Range<Int>), _ node: YAMLNode) -> Diagnostic {
        let isReference = found.text.dropFirst(2).drop(while: \.isWhitespace).hasPrefix("resolve")
        return dead(
            "nothing replaces `\(found.text)` here", at: node.range(of: found.offsets),
            help: isReference
                ? "write it without spaces: `{{resolve:ssm:/network/vpc-id}}`"
                : "write a variable of dorc.yaml as `${name}`, or JSONata such as `{% $states.input.day %}` in a step's `arguments`"
        )
    }

    /// JSONata between the marks of other languages, where it would be evaluated.
    fileprivate static func bracesOfJSONata(
        _ found: (text: String, offsets: Range<Int>), in scalars: [Unicode.Scalar], _ node: YAMLNode
    ) -> Diagnostic {
        let inside = found.text.dropFirst(2).dropLast(2)
        let isWhole = found.offsets == scalars.indices
        let isSimple = !inside.contains { "\"\\".contains($0) || $0.isNewline }
        let expression = inside.split(separator: " ").joined(separator: " ")
        return dead(
            "nothing replaces `\(found.text)` here: JSONata is written between `{%` and `%}`",
            at: isWhole ? node.range : node.range(of: found.offsets),
            help: isWhole ? nil : "write the whole value as one expression, and join strings with `&`",
            replacement: isWhole && isSimple ? "\"{% \(expression) %}\"" : nil)
    }

    /// `known` where the attributes of the scheduler are replaced.
    fileprivate static func attribute(_ text: String, known: [String]?, at range: SourceRange) -> Diagnostic {
        dead(
            known == nil ? "nothing replaces `\(text)` here" : "EventBridge Scheduler has no attribute `\(text)`",
            at: range,
            help: known.map { "its attributes are \($0.map { "`\($0)`" }.joined(separator: ", "))" }
                ?? "write it in the `input` of a schedule, and read it as `{% $states.input.… %}` in a step",
            replacement: known.flatMap { Suggestion.closest(to: text, among: $0) })
    }

    fileprivate static func pathKey(_ entry: YAMLNode.Entry, isEvaluated: Bool) -> Diagnostic {
        let name = String(entry.key.dropLast(2))
        var value = "$states.input.\(name)"
        if case .scalar(let text, _) = entry.value.content, text.utf8.count <= 100 {
            if text.hasPrefix("$$.") {
                value = "$states.context." + text.dropFirst(3)
            } else if text.hasPrefix("$.") {
                value = "$states.input." + text.dropFirst(2)
            } else if text == "$" {
                value = "$states.input"
            }
        }
        return dead(
            "nothing evaluates the key `\(entry.key)`: `.$` is for JSONPath", at: entry.keyRange,
            help: isEvaluated
                ? "write JSONata: `\(name): \"{% \(value) %}\"`"
                : "write the value itself, or JSONata in a step's `arguments`")
    }
}
