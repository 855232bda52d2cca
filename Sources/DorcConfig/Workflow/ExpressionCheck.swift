internal import DorcModel
internal import DorcText
internal import JSONata

/// What the run was started with, as it came.
private let contextInput = "$states.context.Execution.Input"

/// Texts of a step that may be JSONata: variables replaced, the expressions checked.
struct ExpressionCheck {
    let context: ResolutionContext
    var stepsBefore = StepsBefore()
    /// Whether `$states.context.Map` may be there.
    var hasItem = false
    /// Those that may be read.
    var variables: Set<String> = []
    /// Whether it is worked out in the run of an item of a Distributed Map. Step Functions guide, "Variables": those of the
    /// run that has the items are not there.
    var isInRunOfItem = false
    /// The names that `parameters` declares.
    var parameters: [String] = []

    func expand(_ text: Located<VariableText>, _ diagnostics: inout Diagnostics) -> Text {
        let expanded = context.expand(text, &diagnostics)
        _ = parse(expanded, text, &diagnostics)
        return expanded
    }

    func expand(_ value: JSONSource, _ diagnostics: inout Diagnostics) -> JSONValue<Text> {
        value.mapTexts { text in
            let expanded = expand(text, &diagnostics)
            TemplateHazard.check(expanded.sample, at: text.range, &diagnostics)
            return expanded
        }
    }

    /// `when`
    func condition(_ text: Located<VariableText>, _ diagnostics: inout Diagnostics) -> Text {
        let expanded = context.expand(text, &diagnostics)
        guard expanded.isExpression else {
            diagnostics.report(.noExpression("when", expanded.sample, at: text.range.firstLine))
            return expanded
        }
        if let kind = parse(expanded, text, &diagnostics)?.kind,
            kind != .boolean,
            kind != .unknown
        {
            diagnostics.report(.noCondition(kind, at: text.range.firstLine))
        }
        return expanded
    }

    /// `until` of `wait`
    func time(_ text: Located<VariableText>, _ diagnostics: inout Diagnostics) -> Text {
        let expanded = context.expand(text, &diagnostics)
        if let kind = parse(expanded, text, &diagnostics)?.kind,
            kind != .string,
            kind != .unknown
        {
            diagnostics.report(
                Diagnostic(
                    .invalidValue, at: text.range.firstLine, "a time is a string, and this gives \(kind.words)",
                    help: "as in `$fromMillis($millis() + 3600000)`, which gives `2030-01-01T06:00:00.000Z`"))
        }
        return expanded
    }

    /// `for_each`
    func items(_ value: Located<JSONSource>, _ diagnostics: inout Diagnostics) -> JSONValue<Text> {
        guard case .text(let text) = value.value else {
            if case .list = value.value {} else { diagnostics.report(.noList(at: value.range.firstLine)) }
            return expand(value.value, &diagnostics)
        }
        let expanded = context.expand(text, &diagnostics)
        TemplateHazard.check(expanded.sample, at: text.range, &diagnostics)
        guard expanded.isExpression else {
            diagnostics.report(
                DeadExpression.halfExpression(expanded.sample, at: value.range) ?? .noList(at: value.range.firstLine))
            return .text(expanded)
        }
        if let expression = parse(expanded, text, &diagnostics) {
            if expression.kind != .array, expression.kind != .unknown {
                diagnostics.report(.noList(at: value.range.firstLine, gives: expression.kind))
            } else if expression.mayBeSingle {
                diagnostics.report(.mayBeSingle(expression.text, at: value.range.firstLine))
            }
        }
        return .text(expanded)
    }

    /// In Unicode scalars.
    private static func firstRawInput(in text: String) -> Int? {
        let scalars = text.unicodeScalars
        var rest = scalars[...]
        while let dollar = rest.firstIndex(of: "$") {
            rest = rest[dollar...]
            if rest.starts(with: contextInput.unicodeScalars) {
                return scalars.distance(from: scalars.startIndex, to: dollar)
            }
            rest = rest.dropFirst()
        }
        return nil
    }

    private func parse(
        _ text: Text, _ source: Located<VariableText>, _ diagnostics: inout Diagnostics
    ) -> JSONataExpression? {
        Self.parse(
            text, source, variables: isInRunOfItem ? [] : variables, runVariables: isInRunOfItem ? variables : nil,
            parameters: parameters, stepsBefore: stepsBefore, hasItem: hasItem, &diagnostics)
    }

    /// A text of a raw definition, without variables of dorc's. `fields` are those that `$states` has where it is.
    static func check(
        definition text: String, at range: SourceRange, fields: Set<String>, _ diagnostics: inout Diagnostics
    ) {
        _ = parse(
            .literal(text), Located(VariableText(literal: text), range), fields: fields, variables: nil, &diagnostics)
    }

    /// Nil for what is no JSONata, or none that can be parsed, which has been reported.
    private static func parse(
        _ text: Text, _ source: Located<VariableText>, fields: Set<String> = ["input", "context"],
        variables: Set<String>? = [], runVariables: Set<String>? = nil, parameters: [String] = [],
        stepsBefore: StepsBefore = StepsBefore(), hasItem: Bool = true,
        _ diagnostics: inout Diagnostics
    ) -> JSONataExpression? {
        guard text.isExpression else { return nil }
        let whole = text.sample
        let scalars = whole.unicodeScalars.dropFirst(2).dropLast(2)
        guard scalars.contains(where: { !$0.properties.isWhitespace }) else {
            diagnostics.report(.emptyExpression(at: source.range.firstLine))
            return nil
        }
        if let joined = DeadExpression.joined(whole) {
            diagnostics.report(.severalExpressions(joined, at: source.range))
            return nil
        }
        func place(_ offset: Range<Int>) -> SourceRange {
            // Where variables were replaced, offsets are not those of the file.
            guard whole == source.value.source else { return source.range.firstLine }
            return source.range.place(of: offset.lowerBound + 2..<offset.upperBound + 2, inScalar: whole).firstLine
        }
        do {
            let text = String(String.UnicodeScalarView(scalars))
            let expression = try JSONataExpression(parsing: text)
            for finding in expression.findings(
                stateFields: fields, variables: variables, stepsBefore: stepsBefore, hasItem: hasItem,
                runVariables: runVariables, fields: [Workflow.inputVariable: parameters])
            {
                diagnostics.report(.jsonata(finding, at: place(finding.offset)))
            }
            if variables?.contains(Workflow.inputVariable) == true, let start = firstRawInput(in: text) {
                diagnostics.report(.rawInput(at: place(start..<start + contextInput.utf8.count)))
            } else if runVariables != nil, let start = firstRawInput(in: text) {
                diagnostics.report(.inputOfItem(at: place(start..<start + contextInput.utf8.count)))
            }
            return expression
        } catch {
            diagnostics.report(.jsonata(error, at: place(error.offset), opening: error.opening.map(place)))
            return nil
        }
    }
}

extension Diagnostic {
    fileprivate static func rawInput(at range: SourceRange) -> Diagnostic {
        Diagnostic(
            .rawInput, at: range, "`\(contextInput)` is the input as it came, without the defaults of `parameters`",
            help: "the input with them is `$\(Workflow.inputVariable)`",
            replacement: "$\(Workflow.inputVariable)")
    }

    /// Step Functions guide, "Distributed mode": each child workflow execution has its own context object, and the item as
    /// its input.
    fileprivate static func inputOfItem(at range: SourceRange) -> Diagnostic {
        Diagnostic(
            .rawInput, at: range,
            "`\(contextInput)` is the item here: each item of a Distributed Map has a run of its own",
            help: "write `$states.input` for the item; put what else it needs into the items",
            replacement: "$states.input")
    }

    fileprivate static func emptyExpression(at range: SourceRange) -> Diagnostic {
        Diagnostic(
            .jsonataSyntax, at: range, "the expression is empty", help: "as in `{% $states.input.rows > 0 %}`")
    }

    fileprivate static func severalExpressions(_ joined: String, at range: SourceRange) -> Diagnostic {
        Diagnostic(
            .jsonataSyntax, at: range.firstLine, "a value is one expression, but here are several",
            help: "write all between one `{%` and one `%}`, and join strings with `&`",
            replacement: joined.isEmpty || range.start.line != range.end.line ? nil : joined)
    }

    /// What is there is suggested where it would be an expression.
    fileprivate static func noExpression(_ key: String, _ text: String, at range: SourceRange) -> Diagnostic {
        let expression = try? JSONataExpression(parsing: text)
        let isSound = expression?.findings(stateFields: ["input", "context"], variables: []).isEmpty == true
        return Diagnostic(
            .jsonataSyntax, at: range, "`\(key)` is JSONata, which is written between `{%` and `%}`",
            help: "as in `\(key): \"{% $states.input.rows > 0 %}\"`",
            replacement: isSound ? "\"{% \(text) %}\"" : nil)
    }

    fileprivate static func noList(at range: SourceRange, gives kind: JSONataKind? = nil) -> Diagnostic {
        Diagnostic(
            .noList, at: range, "`for_each` needs a list" + (kind.map { ", and this gives \($0.words)" } ?? ""),
            help:
                "a list such as `[a, b]`, JSONata that gives one such as `\"{% $states.input.files %}\"`, or a mapping with"
                + " `s3`, `csv` or `json_lines`")
    }

    fileprivate static func jsonata(_ problem: JSONataProblem, at range: SourceRange, opening: SourceRange?)
        -> Diagnostic
    {
        Diagnostic(
            .jsonataSyntax, at: range, problem.summary, help: problem.help,
            notes: opening.map { [Note($0, "it was opened here")] } ?? [],
            replacement: problem.replacement?.isEmpty == true ? nil : problem.replacement)
    }

    fileprivate static func jsonata(_ finding: JSONataFinding, at range: SourceRange) -> Diagnostic {
        // What is next to the caret need not be below it too.
        let repeatsReplacement = finding.replacement != nil && finding.help?.hasPrefix("did you mean ") == true
        let help = repeatsReplacement ? nil : finding.help
        if finding.rule == .unknownContextField {
            return Diagnostic(
                .unknownContext, at: range, finding.summary, help: help, replacement: finding.replacement)
        }
        if finding.rule == .unlikelyField {
            return Diagnostic(
                .unlikelyParameter, at: range, "\(finding.summary) in `parameters`",
                help: "without a default, the run fails where its input lacks it", replacement: finding.replacement)
        }
        return Diagnostic(
            .jsonataMistake, at: range, finding.summary, help: help, replacement: finding.replacement)
    }

    fileprivate static func noCondition(_ kind: JSONataKind, at range: SourceRange) -> Diagnostic {
        Diagnostic(
            .noCondition, at: range, "`when` needs `true` or `false`, and this gives \(kind.words)",
            help: "compare it with something: `$states.input.rows > 0`")
    }

    fileprivate static func mayBeSingle(_ text: String, at range: SourceRange) -> Diagnostic {
        Diagnostic(
            .mayBeNoList, at: range,
            "JSONata gives no list here if there is one item, but the item itself, and nothing if there is none",
            help: "put brackets around it, which make a list of whatever there is",
            replacement: "\"{% [\(text.trimmed)] %}\"")
    }
}

extension JSONataKind {
    fileprivate var words: String {
        switch self {
        case .array: "a list"
        case .object: "an object"
        case .string: "a string"
        case .number: "a number"
        case .boolean: "a boolean"
        case .null: "`null`"
        case .function: "a function"
        case .unknown: "something else"
        }
    }
}

extension String {
    fileprivate var trimmed: Substring {
        var text = self[...]
        while text.first?.isWhitespace == true { text.removeFirst() }
        while text.last?.isWhitespace == true { text.removeLast() }
        return text
    }
}
