package enum StepName {
    package static let rule =
        "a step's name has 1 to 80 printable characters, without `$` and `, `, without spaces at its ends, without `)` at"
        + " its end; it is not `Ref`, `Condition` or `Fn::...`"

    /// `, ` joins the names of a parallel state, and `)` ends the names of states that belong to a step; `Ref` and its
    /// like would be read as functions of CloudFormation's.
    package static func isValid(_ name: String) -> Bool {
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
}
