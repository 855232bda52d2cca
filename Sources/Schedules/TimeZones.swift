internal import DorcText

/// The names of the IANA time zone database, which EventBridge Scheduler takes for a schedule's time zone.
///
/// `time_zones.py` takes them from the PyPI package `tzdata`, without `Factory`, which is
/// the database's placeholder for "not configured". Old names such as `US/Eastern` are included. The longest has 32
/// characters.
package enum TimeZones {
    /// Whether the name is in the database, in exactly this case: EventBridge refuses any other.
    package static func isKnown(_ name: String) -> Bool {
        rules[name[...]] != nil
    }

    /// The name that was probably meant, by its spelling: the same name in another case or with blanks for underscores, or the
    /// zone of a city, such as `Europe/London` for `london`; else a similar name.
    package static func suggestion(for name: String) -> String? {
        sameName(as: name)
            ?? (isKnown(name) ? nil : Suggestion.closest(to: name, among: names.map { String($0) }.sorted()))
    }

    /// Where several zones end in the same city, the shortest name, then the first in alphabetical order.
    static func sameName(as name: String) -> String? {
        guard name.utf8.count <= 100 else { return nil }
        let wanted = String(name.lowercased().map { $0 == " " ? "_" : $0 })
        guard !wanted.isEmpty, !isKnown(name) else { return nil }
        let candidates = names.filter { zone in
            let lowercased = zone.lowercased()
            return lowercased == wanted || lowercased.hasSuffix("/" + wanted)
        }
        return candidates.min { ($0.count, $0) < ($1.count, $1) }.map(String.init)
    }

    /// As this program knows it, for machines without zone files; nil for a name that is not in the database.
    package static func builtIn(_ name: String) -> ZoneRules? {
        guard let rule = rules[name[...]] else { return nil }
        let lines = exceptions.split(separator: "=").map { $0.split(whereSeparator: \.isWhitespace) }
        let own = lines.first { $0.first?.split(separator: ",").contains(name[...]) == true }
        guard let own, let first = own.dropFirst().first.flatMap({ Int($0) }) else {
            return ZoneRules(rule: String(rule))
        }
        let changes = own.dropFirst(2).compactMap { text -> (time: Int, offset: Int)? in
            let parts = text.split(separator: ":").compactMap { Int($0) }
            return parts.count == 2 ? (parts[0] * 60, parts[1] * 60) : nil
        }
        return ZoneRules(rule: String(rule), first: first, changes: changes)
    }

    static var names: some Sequence<Substring> { rules.keys }

    /// The rule of each zone.
    private static let rules: [Substring: Substring] = {
        var rules: [Substring: Substring] = [:]
        var rule: Substring = ""
        for word in table.split(whereSeparator: { $0 == " " || $0 == "\n" }) {
            if word.utf8.first == UInt8(ascii: "=") { rule = word.dropFirst() } else { rules[word] = rule }
        }
        return rules
    }()
}
