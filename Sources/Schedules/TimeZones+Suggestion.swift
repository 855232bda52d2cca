extension TimeZones {
    /// What to write for a name that is not in the database.
    package struct Hint: Equatable {
        package var zone: String?
        package var help: String
    }

    private static let form = "write a name of the IANA database, such as `Europe/London` or `UTC`"

    /// The name that was probably meant: by a table for abbreviations and offsets, whose spelling says nothing; else the same
    /// name in another case or with blanks for underscores, the zone of a city, or a similar name.
    package static func hint(for name: String) -> Hint {
        let folded = name.uppercased().split(whereSeparator: { " _".contains($0) }).joined(separator: " ")
        if ambiguous.contains(folded) {
            return Hint(zone: nil, help: "`\(folded)` is the name of several zones: \(form)")
        }
        if let zone = abbreviations[folded] { return Hint(zone: zone, help: form) }
        if let hint = offset(folded) { return hint }
        // An abbreviation that is not known is not a misspelt name.
        let isAbbreviation = name.utf8.count <= 5 && name == name.uppercased()
        return Hint(zone: isAbbreviation ? sameName(as: name) : suggestion(for: name), help: form)
    }

    /// `UTC+1`, `GMT-05:00`, `+02:00`, `Z`.
    private static func offset(_ name: String) -> Hint? {
        var rest = name[...]
        for prefix in ["UTC", "GMT", "Z"] where rest.hasPrefix(prefix) {
            rest = rest.dropFirst(prefix.count)
            break
        }
        let digits = rest.drop { "+-− ±".contains($0) }
        let isNegative = rest.contains { "-−".contains($0) }
        let parts = digits.split(separator: ":", omittingEmptySubsequences: false)
        guard rest.utf8.count <= 8, parts.count <= 2,
            parts.allSatisfy({ $0.utf8.allSatisfy { (0x30...0x39).contains($0) } })
        else { return nil }
        var hours = parts.first.flatMap { Int($0) } ?? 0
        var minutes = parts.count == 2 ? Int(parts[1]) ?? 0 : 0
        if parts.count == 1, digits.utf8.count == 4 { (hours, minutes) = (hours / 100, hours % 100) }
        if hours == 0, minutes == 0, !name.isEmpty, rest.utf8.count < name.utf8.count || !digits.isEmpty {
            return Hint(zone: "UTC", help: form)
        }
        guard !digits.isEmpty, minutes == 0, hours <= (isNegative ? 12 : 14) else {
            return digits.isEmpty ? nil : Hint(zone: nil, help: form)
        }
        // In the names of `Etc/` the sign is reversed, as in POSIX (tz database, file `etcetera`).
        return Hint(
            zone: "Etc/GMT\(isNegative ? "+" : "-")\(hours)",
            help:
                "the sign of the `Etc/` names is reversed; the zone of a place, such as `Europe/London`, follows its summer time"
        )
    }

    /// In common use for zones of more than one country.
    private static let ambiguous: Set<String> = ["CST", "IST", "AST", "ECT", "ADT", "AMT", "GST", "SST", "WST", "BT"]

    private static let abbreviations: [String: String] = [
        "BST": "Europe/London", "UK": "Europe/London", "LONDON TIME": "Europe/London", "UK TIME": "Europe/London",
        "GMT/BST": "Europe/London", "GMT STANDARD TIME": "Europe/London", "ENGLAND": "Europe/London",
        "CEST": "Europe/Berlin", "MEZ": "Europe/Berlin", "MESZ": "Europe/Berlin", "CET/CEST": "Europe/Berlin",
        "W. EUROPE STANDARD TIME": "Europe/Berlin", "ROMANCE STANDARD TIME": "Europe/Paris",
        "WEST": "Europe/Lisbon", "EEST": "Europe/Athens", "MSK": "Europe/Moscow", "TRT": "Europe/Istanbul",
        "PST": "America/Los_Angeles", "PDT": "America/Los_Angeles", "PT": "America/Los_Angeles",
        "PACIFIC": "America/Los_Angeles", "PACIFIC STANDARD TIME": "America/Los_Angeles", "MDT": "America/Denver",
        "MT": "America/Denver", "MOUNTAIN STANDARD TIME": "America/Denver", "CDT": "America/Chicago",
        "CT": "America/Chicago", "CENTRAL STANDARD TIME": "America/Chicago", "EDT": "America/New_York",
        "ET": "America/New_York", "EASTERN": "America/New_York", "EASTERN STANDARD TIME": "America/New_York",
        "AKST": "America/Anchorage", "AKDT": "America/Anchorage", "NST": "America/St_Johns",
        "NDT": "America/St_Johns", "BRT": "America/Sao_Paulo", "ART": "America/Argentina/Buenos_Aires",
        "JST": "Asia/Tokyo", "KST": "Asia/Seoul", "SGT": "Asia/Singapore", "HKT": "Asia/Hong_Kong",
        "PHT": "Asia/Manila", "ICT": "Asia/Bangkok", "WIB": "Asia/Jakarta", "PKT": "Asia/Karachi",
        "INDIA STANDARD TIME": "Asia/Kolkata", "CHINA STANDARD TIME": "Asia/Shanghai", "BEIJING": "Asia/Shanghai",
        "SAST": "Africa/Johannesburg", "EAT": "Africa/Nairobi", "CAT": "Africa/Maputo", "WAT": "Africa/Lagos",
        "AEST": "Australia/Sydney", "AEDT": "Australia/Sydney", "ACST": "Australia/Adelaide",
        "ACDT": "Australia/Adelaide", "AWST": "Australia/Perth", "NZST": "Pacific/Auckland",
        "NZDT": "Pacific/Auckland", "NZT": "Pacific/Auckland", "Z": "UTC",
    ]
}
