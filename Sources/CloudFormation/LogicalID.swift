/// The id of a resource in its template: letters and digits, at most 255 (CloudFormation guide, "Resources").
package struct LogicalID: Hashable, Sendable, Comparable, CustomStringConvertible {
    package static let limit = 255

    package let text: String
    /// Of the text, and made once: ids are looked up for every reference.
    private let digest: UInt64

    package var description: String { text }

    /// Letters and digits.
    package init(text: String) {
        self.text = text
        var text = text
        digest = text.withUTF8 { bytes in
            bytes.reduce(0) { ($0 ^ UInt64($1)) &* 0x9E37_79B9_7F4A_7C15 }
        }
    }

    /// A resource that a stack has once, such as `StateMachine`.
    package init(_ fixed: StaticString) {
        self.init(text: "\(fixed)")
    }

    package func hash(into hasher: inout Hasher) { hasher.combine(digest) }

    package static func == (left: LogicalID, right: LogicalID) -> Bool {
        left.digest == right.digest && left.text == right.text
    }

    package static func < (left: LogicalID, right: LogicalID) -> Bool { left.text < right.text }
}
