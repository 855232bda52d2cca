package import DorcText

/// A statement of a role's policy.
package struct Permission: Sendable {
    package var range: SourceRange
    package var actions: [String]
    package var resources: [Text]

    package init(
        range: SourceRange, actions: [String], resources: [Text]
    ) {
        self.range = range
        self.actions = actions
        self.resources = resources
    }
}

extension Permission {
    /// Whether it allows an action, as in `sns:Publish`; IAM compares actions without regard to case, and takes `*` and `?` in
    /// them for any characters.
    package func allows(_ action: String) -> Bool {
        actions.contains { ActionPattern.matches($0, action) }
    }
}

/// IAM's patterns of actions.
package enum ActionPattern {
    package static func matches(_ pattern: String, _ action: String) -> Bool {
        let pattern = Array(pattern.lowercased().utf8)
        let text = Array(action.lowercased().utf8)
        // The last `*`, and how far the text was when it was met: what follows may start later.
        var (p, t) = (0, 0)
        var star: (pattern: Int, text: Int)?
        while t < text.count {
            if p < pattern.count, pattern[p] == UInt8(ascii: "*") {
                star = (p + 1, t)
                p += 1
            } else if p < pattern.count, pattern[p] == text[t] || pattern[p] == UInt8(ascii: "?") {
                p += 1
                t += 1
            } else if let last = star {
                star = (last.pattern, last.text + 1)
                (p, t) = (last.pattern, last.text + 1)
            } else {
                return false
            }
        }
        return pattern[p...].allSatisfy { $0 == UInt8(ascii: "*") }
    }
}
