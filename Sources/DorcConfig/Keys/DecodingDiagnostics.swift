internal import DorcText
internal import DorcYAML

extension Diagnostic {
    static func wrongType(expected: String, _ node: YAMLNode, help: String? = nil) -> Diagnostic {
        if let tag = node.tag { return .tagNotAllowed(tag, at: node.range) }
        if let tag = node.stringTag { return .stringTag(tag, expected: expected, at: node.range) }
        return Diagnostic(
            .wrongType, at: node.range.firstLine, "\(expected) is expected here, not \(node.kindName)", help: help)
    }

    static func emptyValue(key: String, shape: Shape, at range: SourceRange) -> Diagnostic {
        Diagnostic(
            .emptyValue, at: range, "`\(key)` has no value", help: "give it \(shape.words), or remove the line")
    }

    static func outOfRange(_ value: String, allowed: String, at range: SourceRange) -> Diagnostic {
        Diagnostic(.outOfRange, at: range, "`\(value)` is out of range: \(allowed)")
    }

    /// `what` is a description, as in "a string of 300 characters".
    static func tooLarge(_ what: String, allowed: String, at range: SourceRange) -> Diagnostic {
        Diagnostic(.outOfRange, at: range, "\(what) is out of range: \(allowed)")
    }

    static func invalidValue(_ value: String, expected: String, at range: SourceRange, help: String? = nil)
        -> Diagnostic
    {
        Diagnostic(.invalidValue, at: range, "`\(value)` is not \(expected)", help: help)
    }

    static func invalidName(
        _ name: String, of what: String, rule: String, at range: SourceRange, replacement: String? = nil
    ) -> Diagnostic {
        if let (visible, character) = InvisibleCharacter.first(in: name) {
            return Diagnostic(
                .invalidName, at: range, "`\(visible)` has an invisible character in it, \(character)",
                help: "delete the name and type it again", replacement: replacement)
        }
        return Diagnostic(
            .invalidName, at: range, "`\(name)` cannot be \(what)", help: rule, replacement: replacement)
    }

    static func invalidChoice(_ value: String, of choices: [String], at range: SourceRange) -> Diagnostic {
        Diagnostic(
            .invalidValue, at: range, "`\(value)` is not one of \(choices.map { "`\($0)`" }.joined(separator: ", "))",
            replacement: Suggestion.closest(to: value, among: choices))
    }

    static func unknownKey(
        _ key: String, of object: String, known: [String], meaning: Elsewhere.Meaning?, at range: SourceRange
    ) -> Diagnostic {
        if let (visible, character) = InvisibleCharacter.first(in: key) {
            return Diagnostic(
                .unknownKey, at: range, "the key `\(visible)` has an invisible character in it, \(character)",
                help: "delete the key and type it again", replacement: known.contains(visible) ? visible : nil)
        }
        let (help, suggestion): (String?, String?) =
            switch meaning {
            case .key(let name): (nil, name)
            case .help(let help): (help, nil)
            case nil: (nil, Suggestion.closest(to: key, among: known))
            }
        return Diagnostic(
            .unknownKey, at: range, "`\(key)` is not a key of \(object)",
            help: help
                ?? (suggestion == nil ? "its keys are \(known.map { "`\($0)`" }.joined(separator: ", "))" : nil),
            replacement: suggestion)
    }

    static func moreUnknownKeys(_ count: Int, of object: String, at range: SourceRange) -> Diagnostic {
        Diagnostic(.unknownKey, at: range.firstLine, "\(count) more keys are not keys of \(object)")
    }

    static func missingKey(_ key: KeyShape, of object: String, at range: SourceRange) -> Diagnostic {
        Diagnostic(
            .missingKey, at: range.firstLine, "\(object) needs `\(key.name)`",
            help: "write `\(key.name)`: \(key.summary.asClause)")
    }

    static func tagNotAllowed(_ tag: String, at range: SourceRange) -> Diagnostic {
        Diagnostic(
            .tagNotAllowed, at: range.firstLine, "`\(tag)` is not allowed here",
            help: tag.hasPrefix("!!")
                ? "remove it: the key decides what its value is, and quotes make a string of it"
                : "use CloudFormation's functions in dorc.yaml, at an environment's network, policies, key and topic")
    }

    /// `!!str` or `!` at something else than a string.
    private static func stringTag(_ tag: String, expected: String, at range: SourceRange) -> Diagnostic {
        Diagnostic(
            .tagNotAllowed, at: range.firstLine, "`\(tag)` makes a string of this, and \(expected) is expected here",
            help: "remove the tag")
    }
}

/// A character that no editor shows, or shows as a plain space.
private enum InvisibleCharacter {
    /// The text without such characters, and what the first of them is called.
    static func first(in text: String) -> (visible: String, character: String)? {
        guard let found = text.unicodeScalars.first(where: isInvisible) else { return nil }
        let visible = String(String.UnicodeScalarView(text.unicodeScalars.filter { !isInvisible($0) }))
        let code = String(found.value, radix: 16).uppercased()
        return (visible, found.value == 0xA0 ? "a no-break space" : "U+\(code)")
    }

    private static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
        !scalar.isASCII && (scalar.properties.isWhitespace || scalar.properties.generalCategory == .format)
    }
}

extension String {
    /// A sentence of the reference as a clause of a message. An abbreviation such as `AWS` keeps its capitals.
    fileprivate var asClause: String {
        let text = hasSuffix(".") ? String(dropLast()) : self
        guard let first = text.first, text.dropFirst().first?.isUppercase == false else { return text }
        return first.lowercased() + text.dropFirst()
    }
}

extension Shape {
    /// As in "give it a duration such as 15m".
    package var words: String {
        switch self {
        case .string(let string):
            string.format + (string.intrinsics.isEmpty ? "" : ", or a CloudFormation function")
        case .boolean: "`true` or `false`"
        case .integer(let range, let unit):
            "a whole number\(unit.map { " of \($0)" } ?? "") from \(range.lowerBound) to \(range.upperBound)"
        case .number(let minimum): "a number of at least \(minimum)"
        case .duration(let duration):
            "a duration such as `15m`, from \(Duration(duration.seconds.lowerBound)) to"
                + " \(Duration(duration.seconds.upperBound))"
        case .choice(let choices): "one of " + choices.map { "`\($0)`" }.joined(separator: ", ")
        case .list(let list): "a list, each item \(list.items.words)"
        case .map(let map): "a mapping of \(map.keys), each \(map.values.words)"
        case .object(let object): object.name
        case .json: "any value"
        case .either(let left, let right): "\(left.words), or \(right.words)"
        case .described(let words, _): words
        }
    }
}
