package enum StepName {
    package static let rule =
        "a step's name has 1 to 80 printable characters, without `$` and `, `, without spaces at its ends, without `)` at"
        + " its end; it is not `Ref`, `Condition` or `Fn::...`"

    /// `, ` joins the names of a parallel state, and `)` ends the names of states that belong to a step; `Ref` and its
    /// like would be read as functions of CloudFormation's.
    package static func isValid(_ name: String) -> Bool {
        if let isValid = isValidASCII(name) { return isValid }
        let scalars = name.unicodeScalars
        guard (1...80).contains(scalars.count), scalars.first != " ", scalars.last != " ", scalars.last != ")",
            !name.contains(", "),
            name != "Ref", name != "Condition", !name.hasPrefix("Fn::")
        else {
            return false
        }
        return scalars.allSatisfy { scalar in
            if scalar.isASCII { return scalar.value >= 0x20 && scalar.value != 0x7F && scalar != "$" }
            return switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .unassigned, .privateUse: false
            default: true
            }
        }
    }

    /// The same for a name in ASCII, as nearly all are; nil for another one.
    private static func isValidASCII(_ name: String) -> Bool? {
        var (previous, isASCII, isSound) = (UInt8(ascii: " "), true, true)
        for byte in name.utf8 {
            if byte >= 0x80 { isASCII = false }
            if byte < 0x20 || byte == 0x7F || byte == UInt8(ascii: "$") { isSound = false }
            if previous == UInt8(ascii: ","), byte == UInt8(ascii: " ") { isSound = false }
            previous = byte
        }
        guard isASCII else { return nil }
        return isSound && name.utf8.count <= 80 && name.utf8.first != UInt8(ascii: " ")
            && previous != UInt8(ascii: " ") && previous != UInt8(ascii: ")") && name != "Ref" && name != "Condition"
            && !name.hasPrefix("Fn::")
    }
}
