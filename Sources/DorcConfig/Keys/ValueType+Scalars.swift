internal import DorcText
internal import DorcYAML

extension ValueType<String> {
    /// Any scalar as text, just as written: `0042` and `no` are strings where a string is wanted.
    static func text(
        _ format: String = "a string", maximum: Int? = nil, expressions: ExpressionUse = .ignored(.setting)
    ) -> ValueType<String> {
        ValueType<String>(.text(format: format, expressions: expressions)) { node, diagnostics in
            guard let text = Scalars.text(node, expected: format, &diagnostics) else { return nil }
            DeadExpression.check(text, node, expressions, &diagnostics)
            if let maximum, text.unicodeScalars.count > maximum {
                diagnostics.report(
                    .tooLarge(
                        "a string of \(text.unicodeScalars.count) characters",
                        allowed: "at most \(maximum) are possible",
                        at: node.range.firstLine))
                return nil
            }
            return text
        }
    }

    /// A text that passes a test; `format` says what it should be.
    static func text(
        _ format: String, help: String? = nil, pattern: String? = nil,
        where isValid: @escaping @Sendable (String) -> Bool
    ) -> ValueType<String> {
        ValueType<String>(.text(format: format, pattern: pattern)) { node, diagnostics in
            guard let text = Scalars.text(node, expected: format, &diagnostics) else { return nil }
            guard isValid(text) else {
                diagnostics.report(.invalidValue(text, expected: format, at: node.range.firstLine, help: help))
                return nil
            }
            return text
        }
    }
}

extension ValueType<Bool> {
    static var boolean: ValueType<Bool> {
        ValueType<Bool>(.boolean) { node, diagnostics in
            if node.tag == nil, case .scalar(let text, .plain) = node.content, let value = Bool(text) { return value }
            var finding = Diagnostic.wrongType(expected: "`true` or `false`", node)
            finding.replacement = Scalars.boolean(node).map(String.init)
            diagnostics.report(finding)
            return nil
        }
    }
}

extension ValueType<Int> {
    static func integer(_ range: ClosedRange<Int>, unit: String? = nil) -> ValueType<Int> {
        let shape = Shape.integer(range, unit: unit)
        return ValueType<Int>(shape) { node, diagnostics in
            guard node.tag == nil, case .scalar(let text, .plain) = node.content,
                Scalars.isDigits(text) || JSONNumber(text) != nil
            else {
                var finding = Diagnostic.wrongType(expected: shape.words, node)
                let meant = Scalars.wholeNumber(node, unit: unit)
                finding.replacement = meant.flatMap { range.contains($0) ? String($0) : nil }
                if finding.replacement == nil { finding.help = "write \(shape.words), without a unit" }
                diagnostics.report(finding)
                return nil
            }
            guard let value = Int(text), range.contains(value) else {
                var finding = Diagnostic.outOfRange(text, allowed: shape.words, at: node.range)
                // `512.0`
                finding.replacement = Scalars.wholeNumber(node, unit: unit).flatMap {
                    range.contains($0) ? String($0) : nil
                }
                diagnostics.report(finding)
                return nil
            }
            return value
        }
    }
}

extension ValueType<Double> {
    /// A decimal number, kept as the finite double that it is.
    static func number(minimum: Double) -> ValueType<Double> {
        let shape = Shape.number(minimum: minimum)
        return ValueType<Double>(shape) { node, diagnostics in
            guard node.tag == nil, case .scalar(let text, .plain) = node.content, let value = JSONNumber(text)?.double
            else {
                diagnostics.report(.wrongType(expected: shape.words, node))
                return nil
            }
            guard value >= minimum, value.isFinite else {
                diagnostics.report(.outOfRange(text, allowed: shape.words, at: node.range))
                return nil
            }
            return value
        }
    }
}

extension ValueType<Duration> {
    /// Bounds are in seconds.
    /// `tooLong` is what to do about a value above them.
    static func duration(_ range: ClosedRange<Int>, tooLong: String? = nil) -> ValueType<Duration> {
        let shape = Shape.duration(range)
        return ValueType<Duration>(shape) { node, diagnostics in
            guard node.tag == nil, case .scalar(let text, _) = node.content else {
                diagnostics.report(.wrongType(expected: shape.words, node))
                return nil
            }
            guard let value = Duration(text) else {
                // A number alone: seconds, or days where days are meant.
                let unit = range.lowerBound >= 86400 ? ["d"] : ["m", "h", "d"]
                let units = Int(text) == nil ? [] : unit.compactMap { Duration(text + $0) }
                let guesses = [Duration.guess(text)].compactMap { $0 } + units
                let possible = guesses.first { range.contains($0.seconds) }
                let isTooLong = possible == nil && guesses.first.map { $0.seconds > range.upperBound } ?? false
                let form = "write \(shape.words)"
                diagnostics.report(
                    Diagnostic(
                        .invalidDuration, at: node.range.firstLine, "`\(text)` is not a duration",
                        help: possible == nil ? form + (isTooLong ? tooLong.map { "; \($0)" } ?? "" : "") : nil,
                        replacement: possible?.description))
                return nil
            }
            guard range.contains(value.seconds) else {
                var finding = Diagnostic.outOfRange(text, allowed: shape.words, at: node.range)
                if value.seconds > range.upperBound { finding.help = tooLong }
                diagnostics.report(finding)
                return nil
            }
            return value
        }
    }
}

extension ValueType where Value: CaseIterable & RawRepresentable<String> {
    static var choice: ValueType {
        let choices = Value.allCases.map(\.rawValue)
        return ValueType(.choice(choices)) { node, diagnostics in
            guard let text = Scalars.text(node, expected: Shape.choice(choices).words, &diagnostics) else { return nil }
            guard let choice = Value(rawValue: text) else {
                diagnostics.report(.invalidChoice(text, of: choices, at: node.range.firstLine))
                return nil
            }
            return choice
        }
    }
}

enum Scalars {
    /// The text of an untagged scalar that is not empty.
    static func text(_ node: YAMLNode, expected: String, _ diagnostics: inout Diagnostics) -> String? {
        guard node.tag == nil, !node.isNull, case .scalar(let text, _) = node.content else {
            diagnostics.report(.wrongType(expected: expected, node))
            return nil
        }
        return text
    }

    /// The whole number that something else was meant as: one in quotes, or with a unit beside it, such as `1GB` where MB
    /// are wanted.
    static func wholeNumber(_ node: YAMLNode, unit: String?) -> Int? {
        guard node.tag == nil, case .scalar(let text, _) = node.content, text.utf8.count <= 30 else { return nil }
        // `1_024` and `512.0`
        let digits = text.prefix { $0.isASCII && ($0.isNumber || "._".contains($0)) }
        let suffix = text.dropFirst(digits.count).filter { !$0.isWhitespace }.lowercased()
        guard let number = Double(digits.filter { $0 != "_" }), number <= 1e9 else { return nil }
        let factor: Double? =
            switch suffix {
            case "": 1
            case "m", "mb", "mi", "mib": unit == "MB" ? 1 : nil
            case "g", "gb", "gi", "gib": unit == "MB" ? 1024 : nil
            default: nil
            }
        return factor.flatMap { Int(exactly: number * $0) }
    }

    /// What YAML 1.1 and other tools take for a boolean (<https://yaml.org/type/bool.html>).
    static func boolean(_ node: YAMLNode) -> Bool? {
        guard node.tag == nil, case .scalar(let text, _) = node.content, text.utf8.count <= 10 else { return nil }
        switch text.lowercased() {
        case "yes", "y", "on", "true", "1": return true
        case "no", "n", "off", "false", "0": return false
        default: return nil
        }
    }

    static func isDigits(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { (0x30...0x39).contains($0) }
    }
}
