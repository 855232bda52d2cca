internal import DorcText
internal import DorcYAML

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
                diagnostics.report(.braces(braces, node))
            } else if let attribute = attribute(in: scalars) {
                diagnostics.report(.attribute(attribute.text, known: nil, at: node.range(of: attribute.offsets)))
            }
        case .ignored(let reason):
            // Nothing of a trigger is the template of another language.
            if let marked = MarkedText(scalars), marked.looksLikeJSONata || reason == .trigger {
                diagnostics.report(.ignored(marked, reason, node))
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

/// A text with `{% ... %}` in it, taken apart.
private struct MarkedText {
    enum Piece {
        case literal(ArraySlice<Unicode.Scalar>)
        /// Without its marks.
        case expression(ArraySlice<Unicode.Scalar>)
    }

    private var pieces: [Piece] = []
    /// The first expression as written.
    let first: String

    /// Nil without a whole expression.
    init?(_ scalars: [Unicode.Scalar]) {
        var literalStart = 0
        var index = 0
        var first: Range<Int>?
        while index + 1 < scalars.count {
            guard scalars[index] == "{", scalars[index + 1] == "%" else {
                index += 1
                continue
            }
            guard let end = Self.end(from: index + 2, in: scalars) else { break }
            if literalStart < index { pieces.append(.literal(scalars[literalStart..<index])) }
            pieces.append(.expression(scalars[(index + 2)..<end]))
            first = first ?? index..<end + 2
            index = end + 2
            literalStart = index
        }
        guard let first else { return nil }
        if literalStart < scalars.count { pieces.append(.literal(scalars[literalStart...])) }
        self.first = String(String.UnicodeScalarView(scalars[first]))
    }

    private static func end(from start: Int, in scalars: [Unicode.Scalar]) -> Int? {
        var index = start
        while index + 1 < scalars.count {
            if scalars[index] == "%", scalars[index + 1] == "}" { return index }
            index += 1
        }
        return nil
    }

    /// Templates of other languages have the same marks, as `{% include 'header' %}`: JSONata has a `$` for all that it reads
    /// or calls.
    var looksLikeJSONata: Bool {
        pieces.contains { piece in
            guard case .expression(let scalars) = piece else { return false }
            return scalars.contains("$")
        }
    }

    var isSeveral: Bool {
        pieces.count { if case .expression = $0 { true } else { false } } > 1
    }

    /// The whole as one expression, for a place where it stands alone; nil where it would be long.
    var joined: String? {
        var parts: [String] = []
        for piece in pieces {
            switch piece {
            // Blanks around an expression are none of the value.
            case .literal(let scalars) where !isSeveral && scalars.allSatisfy(\.properties.isWhitespace): continue
            case .literal(let scalars):
                let text = String(String.UnicodeScalarView(scalars))
                if text.contains(where: { "'\"\\".contains($0) || $0.isNewline }) { return nil }
                parts.append("'\(text)'")
            case .expression(let scalars):
                let text = String(String.UnicodeScalarView(scalars)).split(whereSeparator: \.isWhitespace).joined(
                    separator: " ")
                if text.isEmpty || text.contains("\"") { return nil }
                let isSimple = text.allSatisfy { $0.isLetter || $0.isNumber || "$._".contains($0) }
                parts.append(isSimple || pieces.count == 1 ? text : "(\(text))")
            }
        }
        let text = "\"{% \(parts.joined(separator: " & ")) %}\""
        return text.utf8.count <= 200 ? text : nil
    }
}

/// `{{ ... }}` of other tools' templates.
private enum Braces {
    /// What the templates of Airflow, Argo, Kestra, Prefect and GitHub begin with.
    private static let names: Set<String> = [
        "ds", "ds_nodash", "ts", "ts_nodash", "execution_date", "logical_date", "data_interval_start",
        "data_interval_end",
        "prev_ds", "next_ds", "run_id", "dag", "dag_run", "ti", "task_instance", "task", "macros", "var", "conn",
        "params",
        "workflow", "inputs", "outputs", "steps", "execution", "trigger", "flow", "item", "github", "env", "secrets",
        "states",
        "input",
    ]

    /// In an environment variable only what is surely another tool's: a function may fill templates itself. Descriptions may
    /// speak of them.
    static func first(in scalars: [Unicode.Scalar], _ use: ExpressionUse) -> (text: String, offsets: Range<Int>)? {
        if use == .ignored(.description) { return nil }
        var index = 0
        while index + 3 < scalars.count {
            guard scalars[index] == "{", scalars[index + 1] == "{" else {
                index += 1
                continue
            }
            let limit = min(scalars.count - 1, index + 200)
            guard
                let end = (index + 2..<max(index + 2, limit)).first(where: {
                    scalars[$0] == "}" && scalars[$0 + 1] == "}"
                })
            else { return nil }
            let inside = String(String.UnicodeScalarView(scalars[(index + 2)..<end]))
            let name = String(inside.drop(while: \.isWhitespace).prefix { $0.isLetter || $0.isNumber || $0 == "_" })
            let isReference = inside.hasPrefix("resolve:")
            let isWord = name.first.map { $0.isLetter || $0 == "_" } ?? false
            if !isReference, isWord, use != .ignored(.environmentVariable) || names.contains(name) || name == "resolve"
            {
                return ("{{\(inside)}}", index..<end + 2)
            }
            index = end + 2
        }
        return nil
    }
}

extension Diagnostic {
    fileprivate static func dead(
        _ summary: String, at range: SourceRange, help: String, replacement: String? = nil
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
