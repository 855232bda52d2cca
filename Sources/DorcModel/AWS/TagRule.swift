/// What the keys and values of tags may be, so that every service takes them (`limits.md`, "Tags").
package enum TagRule {
    package static let keyRule =
        "a tag's key has 1 to 127 letters, digits, spaces and `_ . : / = + - @`, and does not start with `aws:`"
    package static let valueRule = "a tag's value has 1 to 255 letters, digits, spaces and `_ . : / = + - @`"

    /// Tags that dorc sets itself.
    package static let own = ["project", "environment", "layer", "pipeline", "managed-by", repository]

    /// From the key of this name in dorc.yaml.
    package static let repository = "repository"

    package static func isKey(_ key: String) -> Bool {
        (1...127).contains(key.unicodeScalars.count) && !key.lowercased().hasPrefix("aws:")
            && key.unicodeScalars.allSatisfy(isTagScalar)
    }

    package static func isValue(_ value: String) -> Bool {
        (1...255).contains(value.unicodeScalars.count) && value.unicodeScalars.allSatisfy(isTagScalar)
    }

    private static func isTagScalar(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.isASCII {
            return (0x30...0x39).contains(scalar.value) || (0x61...0x7A).contains(scalar.value | 0x20)
                || " _.:/=+-@".unicodeScalars.contains(scalar)
        }
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber,
            .letterNumber, .otherNumber, .spaceSeparator:
            return true
        default: return false
        }
    }
}
