internal import DorcModel
internal import DorcText

/// An event in the fields of a task, which do not take every JSON value.
extension JSONValue<Text> {
    /// For `Arguments`, which is an object or one expression.
    var asArguments: StateValue {
        switch self {
        case .object: self
        case .text(let text) where text.isExpression: self
        case .null, .boolean, .number, .text, .list: .text(JSONataText.expression(of: self))
        }
    }

    /// For the `Input` of StartExecution, which is a text that holds JSON. Step Functions writes an object as JSON by
    /// itself, and takes a text for JSON that is written already, so that everything else has to be such a text.
    var asExecutionInput: StateValue {
        if case .object = self { return self }
        if !hasExpressions { return .text(EmbeddedJSON.text(of: self)) }
        return .text(JSONataText.executionInput(of: self))
    }

    /// For a variable of a job's container: always the text of its JSON. One that is too long is an error in the run, with words
    /// that SubmitJob does not have.
    var asJobEvent: Text { hasExpressions ? JSONataText.jobEvent(of: self) : EmbeddedJSON.text(of: self) }

    /// As a part of an expression; one in it that gives nothing is an error.
    var asJSONata: Text { JSONataText.whole(self) }

    var hasExpressions: Bool {
        switch self {
        case .null, .boolean, .number: false
        case .text(let text): text.isExpression
        case .list(let items): items.contains(where: \.hasExpressions)
        case .object(let members): members.contains { $0.value.hasExpressions }
        }
    }
}

/// JSON values as JSONata.
///
/// JSON is JSONata as it is. Where expressions are in it, two rules of JSONata are in the way: a list within a list
/// is joined to it unless it is written there, and what gives nothing is left out, where Step Functions would fail.
private enum JSONataText {
    static func expression(of value: StateValue) -> Text { .literal("{% ") + whole(value) + .literal(" %}") }

    /// `$string` keeps 15 digits of a number (JSONata documentation, "$string"), and a whole number may have 16 in JSON
    /// that every reader takes as it is. Such numbers are written by `$formatBase`.
    static func executionInput(of value: StateValue) -> Text {
        .literal("{% ( $event := ") + whole(value)
            + .literal(
                """
                ; \(json); \
                $exists($event) ? ($type($event) = 'object' ? $event : $json($event)) ) %}
                """)
    }

    private static let json = """
        $json := function($v) {( $text := $string([$v]); $kind := $type($v); \
        $isExact := $not($contains($text, /[0-9]{16}/)); \
        $kind = 'array' ? ($isExact ? $text : '[' & $join($map($v, function($i) { $json($i) }), ',') & ']') \
        : $kind = 'object' and $not($isExact) \
        ? '{' & $join($each($v, function($i, $k) { $json($k) & ':' & $json($i) }), ',') & '}' \
        : $kind = 'number' and $not($isExact) and $abs($v) < 9007199254740992 and $floor($v) = $v \
        ? $formatBase($v) : $substring($text, 1, $length($text) - 2) )}
        """

    /// Quotes and backslashes count twice: the text is in JSON again. A backslash before `]` or the last `/` would be taken for an escape by
    /// JSONata.
    static func jobEvent(of value: StateValue) -> Text {
        .literal("{% ( $event := ") + whole(value)
            + .literal(
                """
                ; \(json); $text := $exists($event) ? $json($event) : $error('the event of the job is nothing'); \
                $length($replace($text, /\\\\|"/, '__')) <= \(BatchLimit.eventLength) ? $text : $error('the event of a job has \
                at most \(BatchLimit.eventLength) characters of JSON: write the data to S3, and pass its place') ) %}
                """)
    }

    static func whole(_ value: StateValue) -> Text {
        if case .text(let text) = value, text.isExpression { return inner(text) }
        guard value.hasExpressions else { return EmbeddedJSON.text(of: value) }
        return .literal(
            """
            ( $value := function($x) { $exists($x) ? $x : $error('an expression in the arguments gives nothing') }; \
            $item := function($x) { $type($value($x)) = 'array' ? [[$x]] : [$x] }; 
            """) + part(value) + .literal(" )")
    }

    private static func part(_ value: StateValue) -> Text {
        guard value.hasExpressions else { return EmbeddedJSON.text(of: value) }
        switch value {
        case .null, .boolean, .number: return EmbeddedJSON.text(of: value)
        case .text(let text): return .literal("$value(") + inner(text) + .literal(")")
        case .object(let members):
            var text = Text.literal("{")
            for (position, member) in members.enumerated() {
                text =
                    text + .literal((position > 0 ? ", " : "") + JSONText.literal(member.name) + ": ")
                    + part(member.value)
            }
            return text + .literal("}")
        case .list(let items):
            var text = Text.literal("[]")
            for item in items {
                text = .literal("$append(") + text + .literal(", $item(") + part(item) + .literal("))")
            }
            return text
        }
    }

    /// What is between `{%` and `%}`, in parentheses: it may be several expressions.
    private static func inner(_ text: Text) -> Text {
        var parts = text.parts
        if case .literal(let first)? = parts.first { parts[0] = .literal(String(first.dropFirst(2))) }
        if case .literal(let last)? = parts.last { parts[parts.count - 1] = .literal(String(last.dropLast(2))) }
        let trimmed = parts.count == 1 ? Text.literal(trimmed(parts[0])) : .parts(parts)
        return .literal("(") + trimmed + .literal(")")
    }

    private static func trimmed(_ part: Text.Part) -> String {
        guard case .literal(let text) = part else { return "" }
        var rest = text[...]
        while rest.first?.isWhitespace == true { rest.removeFirst() }
        while rest.last?.isWhitespace == true { rest.removeLast() }
        return String(rest)
    }
}
