extension Grant {
    /// Whether everything that the other one speaks of is spoken of here too: `s3:Get*` covers `s3:GetObject`, a shorter
    /// prefix a longer one, fewer conditions more of them.
    func covers(_ other: Grant) -> Bool {
        guard isDeny == other.isDeny, action.covers(other.action, ignoringCase: true),
            resource.covers(other.resource)
        else { return false }
        switch (principal, other.principal) {
        case (nil, nil): break
        case (let own?, let others?): if !own.covers(others) { return false }
        default: return false
        }
        return condition.allSatisfy { own in other.condition.contains { own.isWeaker(than: $0) } }
    }
}

extension Grant.Pattern {
    fileprivate func covers(_ other: Grant.Pattern, ignoringCase: Bool = false) -> Bool {
        func matches(_ pattern: String, _ text: String) -> Bool {
            ignoringCase
                ? Glob.covers(pattern.lowercased(), text.lowercased()) : Glob.covers(pattern, text)
        }
        if values.isEmpty || other.values.isEmpty { return values == other.values && isNegated == other.isNegated }
        switch (isNegated, other.isNegated) {
        case (false, false): return other.values.allSatisfy { text in values.contains { matches($0, text) } }
        // All but these: fewer exceptions cover more.
        case (true, true): return values.allSatisfy { text in other.values.contains { matches($0, text) } }
        case (false, true): return values.contains("*")
        case (true, false): return false
        }
    }
}

extension Grant.Constraint {
    /// Whether it holds wherever the other one holds.
    fileprivate func isWeaker(than other: Grant.Constraint) -> Bool {
        if self == other { return true }
        guard test == other.test, key == other.key else { return false }
        // The tests in which one of several values is enough; of all others, only equal ones are compared.
        let name = test.hasSuffix("IfExists") ? String(test.dropLast(8)) : test
        switch name {
        case "StringEquals", "StringEqualsIgnoreCase", "ArnEquals", "NumericEquals", "IpAddress":
            return other.values.allSatisfy(values.contains)
        case "StringLike", "ArnLike":
            return other.values.allSatisfy { text in values.contains { Glob.covers($0, text) } }
        case "StringNotEquals", "StringNotEqualsIgnoreCase", "ArnNotEquals", "NumericNotEquals", "NotIpAddress":
            return values.allSatisfy(other.values.contains)
        case "StringNotLike", "ArnNotLike":
            return values.allSatisfy { text in other.values.contains { Glob.covers($0, text) } }
        default: return false
        }
    }
}

/// Patterns with `*` for any characters and `?` for one, as IAM has them.
enum Glob {
    /// Whether `pattern` matches every text that `other` matches.
    static func covers(_ pattern: String, _ other: String) -> Bool {
        if pattern == other || pattern == "*" { return true }
        guard pattern.utf8.contains(where: { $0 == star || $0 == mark }) else { return false }
        let (pattern, text) = (Array(pattern.utf8), Array(other.utf8))
        var (place, index) = (0, 0)
        var retry: (place: Int, index: Int)?
        while index < text.count {
            if place < pattern.count, pattern[place] == star {
                retry = (place, index)
                place += 1
            } else if place < pattern.count,
                pattern[place] == text[index] || pattern[place] == mark && text[index] != star
            {
                (place, index) = (place + 1, index + 1)
            } else if let last = retry {
                retry = (last.place, last.index + 1)
                (place, index) = (last.place + 1, last.index + 1)
            } else {
                return false
            }
        }
        return pattern[place...].allSatisfy { $0 == star }
    }

    private static let star = UInt8(ascii: "*")
    private static let mark = UInt8(ascii: "?")
}
