internal import DorcText
internal import DorcYAML

enum Scalars {
    /// The text of an untagged scalar that is not empty.
    static func text(
        _ node: YAMLNode, expected: @autoclosure () -> String, _ diagnostics: inout Diagnostics
    ) -> String? {
        guard node.tag == nil, !node.isNull, case .scalar(let text, _) = node.content else {
            diagnostics.report(.wrongType(expected: expected(), node))
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
