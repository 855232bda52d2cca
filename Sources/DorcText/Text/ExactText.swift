/// A text that is equal to another where all their bytes are. Swift's own strings are equal where Unicode holds them
/// for equivalent, which YAML, JSON and file comparison do not.
package struct ExactText: Hashable, Sendable {
    let text: Substring

    init(_ text: Substring) {
        self.text = text
    }

    package init(_ text: String) {
        self.text = text[...]
    }

    package static func == (left: ExactText, right: ExactText) -> Bool { left.text.utf8.elementsEqual(right.text.utf8) }

    package func hash(into hasher: inout Hasher) {
        for byte in text.utf8 { hasher.combine(byte) }
    }
}
