/// The id of a resource in its template: letters and digits, at most 255 (CloudFormation guide, "Resources").
package struct LogicalID: Hashable, Sendable, Comparable, CustomStringConvertible {
    package static let limit = 255

    package let text: String

    package var description: String { text }

    /// Letters and digits.
    package init(text: String) {
        self.text = text
    }

    /// A resource that a stack has once, such as `StateMachine`.
    package init(_ fixed: StaticString) {
        text = "\(fixed)"
    }

    package static func < (left: LogicalID, right: LogicalID) -> Bool { left.text < right.text }
}
