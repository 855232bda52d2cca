internal import DorcModel
internal import DorcText
internal import DorcYAML

/// Which strings a key takes, said twice: as code, for decoding, and as a pattern, for editors. `ShapeTests` holds the two
/// together.
struct StringRule: Sendable {
    private let makePattern: @Sendable () -> String
    /// In Unicode scalars; nil where the pattern says it.
    let maximum: Int?
    /// The largest of the numbers among them, where there is one.
    let largest: Int?
    let examples: [String]
    let isValid: @Sendable (String) -> Bool

    /// `pattern` is a regular expression of ECMA 262 with the flag `u`, for the whole string.
    init(
        _ pattern: @autoclosure @escaping @Sendable () -> String, maximum: Int? = nil, largest: Int? = nil,
        _ examples: String..., where isValid: @escaping @Sendable (String) -> Bool
    ) {
        makePattern = pattern
        self.maximum = maximum
        self.largest = largest
        self.examples = examples
        self.isValid = isValid
    }

    var pattern: String { makePattern() }

    func shape(_ format: String, intrinsics: [Intrinsic] = []) -> Shape {
        .string(
            StringShape(
                format: format, pattern: pattern, maximum: maximum, numbers: numbers,
                takesBooleans: Self.booleans.contains(where: isValid), examples: examples, intrinsics: intrinsics))
    }

    private var numbers: NumberText? {
        if Self.otherNumbers.contains(where: isValid) { return NumberText(largest: largest) }
        return Self.wholeNumbers.contains(where: isValid) ? NumberText(isWhole: true, largest: largest) : nil
    }

    // Forms of the core schema of YAML 1.2 (10.3.2).
    private static let booleans = ["true", "True", "TRUE", "false", "False", "FALSE"]
    private static let wholeNumbers = ["0", "7", "42", "2024", "00012345", "111122223333", "12345678901234567"]
    private static let otherNumbers = [
        "-3", "+1", "1.5", "1.0", ".5", "5.", "1e3", "1E3", "1e+3", "1.5e-3", "0x1f", "0x1F", "0o17", ".inf", "-.Inf",
        ".nan",
        ".NaN", "00012345e7", "111122e33333",
    ]
}

extension ValueType<String> {
    /// Any scalar as a string, just as written: `0042` and `no` are strings where a string is wanted. `maximum` counts
    /// Unicode scalars.
    static func text(
        _ format: String = "a string", maximum: Int? = nil, expressions: ExpressionUse = .ignored(.setting),
        example: String = "text"
    ) -> ValueType {
        ValueType(
            .string(StringShape(format: format, maximum: maximum, examples: [example], expressions: expressions)),
            decode: { node, diagnostics in
                guard let text = Scalars.text(node, expected: format, &diagnostics) else { return nil }
                DeadExpression.check(text, node, expressions, &diagnostics)
                if let maximum, text.unicodeScalars.count > maximum {
                    diagnostics.report(
                        .tooLarge(
                            "a string of \(text.unicodeScalars.count) characters",
                            allowed: "at most \(maximum) are possible", at: node.range.firstLine))
                    return nil
                }
                return text
            }, encode: { .string($0) })
    }

    /// A string by a rule; `format` says what it should be.
    static func text(_ format: String, _ rule: StringRule, help: String? = nil) -> ValueType {
        ValueType(
            rule.shape(format),
            decode: { node, diagnostics in
                guard let text = Scalars.text(node, expected: format, &diagnostics) else { return nil }
                guard rule.isValid(text) else {
                    diagnostics.report(.invalidValue(text, expected: format, at: node.range.firstLine, help: help))
                    return nil
                }
                return text
            }, encode: { .string($0) })
    }

    /// A name by a rule, which `words` tells; `suggestion` makes one that would do.
    static func name(
        _ what: String, _ rule: StringRule, _ words: String,
        suggestion: @escaping @Sendable (String) -> String? = { Names.folderName(from: $0) }, isFunction: Bool = false
    ) -> ValueType {
        ValueType(
            rule.shape(what),
            decode: { node, diagnostics in
                guard let text = Scalars.text(node, expected: what, &diagnostics) else { return nil }
                guard rule.isValid(text) else {
                    let better = suggestion(text).flatMap { rule.isValid($0) ? $0 : nil }
                    var finding = Diagnostic.invalidName(
                        text, of: what, rule: words, at: node.range.firstLine, replacement: better)
                    if isFunction { finding.writtenFunction = text }
                    diagnostics.report(finding)
                    return nil
                }
                return text
            }, encode: { .string($0) })
    }
}
