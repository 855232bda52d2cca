extension Diagnostic {
    static func wrongType(expected: String, _ node: YAMLNode, help: String? = nil) -> Diagnostic {
        if let tag = node.tag { return .tagNotAllowed(tag, at: node.range) }
        if let tag = node.stringTag { return .stringTag(tag, expected: expected, at: node.range) }
        return Diagnostic(
            "wrong-type", at: node.range.firstLine, "\(expected) is expected here, not \(node.kindName)", help: help)
    }

    static func emptyValue(key: String, shape: Shape, at range: SourceRange) -> Diagnostic {
        Diagnostic(
            "empty-value", at: range, "`\(key)` has no value", help: "give it \(shape.words), or remove the line")
    }

    static func outOfRange(_ value: String, allowed: String, at range: SourceRange) -> Diagnostic {
        Diagnostic("out-of-range", at: range, "`\(value)` is out of range: \(allowed)")
    }

    /// `what` is a description, as in "a string of 300 characters".
    static func tooLarge(_ what: String, allowed: String, at range: SourceRange) -> Diagnostic {
        Diagnostic("out-of-range", at: range, "\(what) is out of range: \(allowed)")
    }

    static func invalidValue(_ value: String, expected: String, at range: SourceRange, help: String? = nil)
        -> Diagnostic
    {
        Diagnostic("invalid-value", at: range, "`\(value)` is not \(expected)", help: help)
    }

    static func invalidName(
        _ name: String, of what: String, rule: String, at range: SourceRange, replacement: String? = nil
    ) -> Diagnostic {
        Diagnostic("invalid-name", at: range, "`\(name)` cannot be \(what)", help: rule, replacement: replacement)
    }

    static func invalidChoice(_ value: String, of choices: [String], at range: SourceRange) -> Diagnostic {
        Diagnostic(
            "invalid-value", at: range, "`\(value)` is not one of \(choices.map { "`\($0)`" }.joined(separator: ", "))",
            replacement: Suggestion.closest(to: value, among: choices))
    }

    static func unknownKey(_ key: String, of object: String, known: [String], at range: SourceRange) -> Diagnostic {
        if let character = key.unicodeScalars.first(where: \.isInvisible) {
            let visible = String(String.UnicodeScalarView(key.unicodeScalars.filter { !$0.isInvisible }))
            return Diagnostic(
                "unknown-key", at: range,
                "the key `\(visible)` has an invisible character in it, "
                    + (character.value == 0xA0
                        ? "a no-break space" : "U+\(String(character.value, radix: 16).uppercased())"),
                help: "type the key anew", replacement: known.contains(visible) ? visible : nil)
        }
        let meaning = ForeignKeys.meaning(of: key, in: object)
        let meant = meaning?.key.flatMap { known.contains($0) ? $0 : nil }
        let suggestion = meant ?? (meaning == nil ? Suggestion.closest(to: key, among: known) : nil)
        return Diagnostic(
            "unknown-key", at: range, "`\(key)` is not a key of \(object)",
            help: meaning?.help
                ?? (suggestion == nil ? "its keys are \(known.map { "`\($0)`" }.joined(separator: ", "))" : nil),
            replacement: suggestion)
    }

    static func moreUnknownKeys(_ count: Int, of object: String, at range: SourceRange) -> Diagnostic {
        Diagnostic("unknown-key", at: range.firstLine, "\(count) more keys are not keys of \(object)")
    }

    static func missingKey(_ key: KeyShape, of object: String, at range: SourceRange) -> Diagnostic {
        Diagnostic(
            "missing-key", at: range.firstLine, "\(object) needs `\(key.name)`", help: "\(key.name): \(key.summary)")
    }

    static func tagNotAllowed(_ tag: String, at range: SourceRange) -> Diagnostic {
        Diagnostic(
            "tag-not-allowed", at: range.firstLine, "`\(tag)` is not allowed here",
            help: tag.hasPrefix("!!")
                ? "remove it: the key decides what its value is, and quotes make a string of it"
                : "use CloudFormation's functions in dorc.yaml, at an environment's network, policies, key and topic")
    }

    /// `!!str` or `!` at something else than a string.
    private static func stringTag(_ tag: String, expected: String, at range: SourceRange) -> Diagnostic {
        Diagnostic(
            "tag-not-allowed", at: range.firstLine, "`\(tag)` makes a string of this, and \(expected) is expected here",
            help: "remove the tag")
    }
}

extension Unicode.Scalar {
    /// What no editor shows, or shows as a plain space.
    fileprivate var isInvisible: Bool {
        !isASCII && (properties.isWhitespace || properties.generalCategory == .format)
    }
}

extension SourceRange {
    /// Where a range of several lines starts, for a caret that marks one line.
    var firstLine: SourceRange {
        guard end.line != start.line else { return self }
        return SourceRange(
            file: file, start: start, end: SourcePosition(line: start.line, column: start.column + 1))
    }
}

extension Shape {
    /// As in "give it a duration such as 15m".
    package var words: String {
        switch self {
        case .text(let format, _, _): format
        case .boolean: "`true` or `false`"
        case .integer(let range, let unit):
            "a whole number\(unit.map { " of \($0)" } ?? "") from \(range.lowerBound) to \(range.upperBound)"
        case .number(let minimum): "a number of at least \(minimum)"
        case .duration(let range):
            "a duration such as `15m`, from \(Duration(range.lowerBound)) to \(Duration(range.upperBound))"
        case .choice(let choices): "one of " + choices.map { "`\($0)`" }.joined(separator: ", ")
        case .list(let items): "a list, each item \(items.words)"
        case .map(let keys, let values): "a mapping of \(keys), each \(values.words)"
        case .object(let object): object.name
        case .json: "any value"
        case .either(let left, let right): "\(left.words), or \(right.words)"
        }
    }
}
