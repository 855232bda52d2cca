internal import DorcText
internal import DorcYAML

extension ValueType<Bool> {
    static var boolean: ValueType<Bool> {
        ValueType(
            .boolean,
            decode: { node, diagnostics in
                if node.tag == nil, case .scalar(let text, .plain) = node.content, let value = Bool(text) {
                    return value
                }
                var finding = Diagnostic.wrongType(expected: "`true` or `false`", node)
                finding.replacement = Scalars.boolean(node).map(String.init)
                diagnostics.report(finding)
                return nil
            }, encode: { .literal(String($0)) })
    }
}

extension ValueType<Int> {
    /// `tooLarge` is what to do about a value above the range.
    static func integer(
        _ range: ClosedRange<Int>, unit: String? = nil, tooLarge: (@Sendable (Int) -> String)? = nil
    ) -> ValueType {
        ValueType(
            .integer(range, unit: unit),
            decode: { node, diagnostics in
                guard node.tag == nil, case .scalar(let text, .plain) = node.content,
                    Scalars.isDigits(text) || JSONNumber(text) != nil
                else {
                    let words = Shape.integer(range, unit: unit).words
                    var finding = Diagnostic.wrongType(expected: words, node)
                    let meant = Scalars.wholeNumber(node, unit: unit)
                    finding.replacement = meant.flatMap { range.contains($0) ? String($0) : nil }
                    if finding.replacement == nil { finding.help = "write \(words), without a unit" }
                    diagnostics.report(finding)
                    return nil
                }
                guard let value = Int(text), range.contains(value) else {
                    var finding = Diagnostic.outOfRange(
                        text, allowed: Shape.integer(range, unit: unit).words, at: node.range)
                    // `512.0`
                    finding.replacement = Scalars.wholeNumber(node, unit: unit).flatMap {
                        range.contains($0) ? String($0) : nil
                    }
                    if let value = Int(text), value > range.upperBound { finding.help = tooLarge?(value) }
                    diagnostics.report(finding)
                    return nil
                }
                return value
            }, encode: { .literal(String($0)) })
    }
}

extension ValueType<Double> {
    /// A decimal number, kept as the finite double that it is.
    static func number(minimum: Double) -> ValueType {
        ValueType(
            .number(minimum: minimum),
            decode: { node, diagnostics in
                guard node.tag == nil, case .scalar(let text, .plain) = node.content,
                    let value = JSONNumber(text)?.double
                else {
                    diagnostics.report(.wrongType(expected: Shape.number(minimum: minimum).words, node))
                    return nil
                }
                guard value >= minimum, value.isFinite else {
                    diagnostics.report(
                        .outOfRange(text, allowed: Shape.number(minimum: minimum).words, at: node.range))
                    return nil
                }
                return value
            }, encode: { .literal(JSONNumber($0).text) })
    }
}

extension ValueType where Value: CaseIterable & RawRepresentable<String> {
    /// One of the enum's raw values.
    static var choice: ValueType {
        @Sendable func choices() -> [String] { Value.allCases.map(\.rawValue) }
        return ValueType(
            .choice(choices()),
            decode: { node, diagnostics in
                guard let text = Scalars.text(node, expected: Shape.choice(choices()).words, &diagnostics) else {
                    return nil
                }
                guard let choice = Value(rawValue: text) else {
                    diagnostics.report(.invalidChoice(text, of: choices(), at: node.range.firstLine))
                    return nil
                }
                return choice
            }, encode: { .string($0.rawValue) })
    }
}
