/// A number as JSON's grammar has it, in a spelling that YAML 1.1 reads as the same number.
package struct JSONNumber: Sendable, Equatable {
    /// `12`, `-3`, `1.5`, `1.0e+300`: YAML 1.1 wants a dot and a signed exponent in every float.
    package let text: String

    package init(_ value: Int) {
        self.init(verbatim: String(value))
    }

    /// Nil if `text` is no JSON number, or none that a double can hold.
    package init?(_ text: String) {
        guard let parts = Self.split(text) else { return nil }
        if parts.fraction.isEmpty && parts.exponent.isEmpty {
            self.init(verbatim: text == "-0" ? "0" : text)
            return
        }
        guard let double = Double(text), double.isFinite else { return nil }
        self.init(double)
    }

    /// `value` is finite.
    package init(_ value: Double) {
        self.init(verbatim: Self.spelling(of: value))
    }

    private init(verbatim text: String) {
        self.text = text
    }

    private static func spelling(of value: Double) -> String {
        if value == value.rounded(), abs(value) < 1e15 { return String(Int(value)) }
        let shortest = "\(value)"
        // What is no whole number has a dot, unless it is written with an exponent.
        guard shortest.utf8.contains(UInt8(ascii: "e")) else { return shortest }
        let pieces = shortest.split(separator: "e", maxSplits: 1)
        var mantissa = String(pieces.first ?? "0")
        if !mantissa.contains(".") { mantissa += ".0" }
        guard pieces.count == 2 else { return mantissa }
        let exponent = pieces[1]
        return mantissa + "e" + (exponent.hasPrefix("-") || exponent.hasPrefix("+") ? "" : "+") + exponent
    }

    /// Whether the text has the form of a number, be it too large for one.
    package static func hasForm(_ text: String) -> Bool { split(text) != nil }

    package var double: Double? { Double(text) }

    private static func split(_ text: String) -> (fraction: Substring.UTF8View, exponent: Substring.UTF8View)? {
        var rest = text[...].utf8
        if rest.first == UInt8(ascii: "-") { rest.removeFirst() }
        let integer = rest.prefix(while: isDigit)
        rest = rest.dropFirst(integer.count)
        guard let first = integer.first, integer.count == 1 || first != UInt8(ascii: "0") else { return nil }
        var fraction = text[text.endIndex...].utf8
        if rest.first == UInt8(ascii: ".") {
            fraction = rest.dropFirst().prefix(while: isDigit)
            guard !fraction.isEmpty else { return nil }
            rest = rest.dropFirst(fraction.count + 1)
        }
        var exponent = text[text.endIndex...].utf8
        if rest.first == UInt8(ascii: "e") || rest.first == UInt8(ascii: "E") {
            rest = rest.dropFirst()
            if rest.first == UInt8(ascii: "-") || rest.first == UInt8(ascii: "+") { rest = rest.dropFirst() }
            exponent = rest.prefix(while: isDigit)
            guard !exponent.isEmpty else { return nil }
            rest = rest.dropFirst(exponent.count)
        }
        return rest.isEmpty ? (fraction, exponent) : nil
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
}
