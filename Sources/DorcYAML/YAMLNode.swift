package import DorcText

/// One node of a YAML document with its place. Scalars stay text: what they mean is decided by the key that they
/// stand at, never by YAML 1.1's guesses.
package struct YAMLNode: Sendable {
    package enum ScalarStyle: Sendable, Equatable {
        case plain, quoted, block
    }

    package struct Entry: Sendable {
        package var key: String
        package var keyRange: SourceRange
        package var value: YAMLNode
        /// A plain `<<`; a quoted one is a key like any other.
        package var isMerge = false
    }

    package enum Content: Sendable {
        case scalar(String, ScalarStyle)
        case sequence([YAMLNode])
        case mapping([Entry])
    }

    package var content: Content
    /// An explicit tag such as `!ImportValue`, as written; nil for none.
    package var tag: String?
    /// `!!str` or `!`, which makes a string of a scalar: it is then as good as quoted, and has no `tag`.
    package var stringTag: String?
    package var range: SourceRange

    package init(_ content: Content, tag: String? = nil, range: SourceRange) {
        var (content, tag, stringTag) = (content, tag, String?.none)
        if let written = tag, case .scalar(let text, _) = content, ["!!str", "!"].contains(written) {
            content = .scalar(text, .quoted)
            (tag, stringTag) = (nil, written)
        }
        self.content = content
        self.tag = tag
        self.stringTag = stringTag
        self.range = range
    }

    /// A value that was left out: `key:` with nothing after it, `~` or `null`.
    package var isNull: Bool {
        guard tag == nil, case .scalar(let text, .plain) = content else { return false }
        return text.isEmpty || text == "~" || text == "null"
    }

    /// What the node is, in the words of an error message.
    package var kindName: String {
        if let tag { return "`\(tag)`" }
        if isNull { return "nothing" }
        switch content {
        case .scalar(let text, .plain) where text == "true" || text == "false": return "a boolean"
        case .scalar(let text, .plain) where Double(text) != nil: return "a number"
        case .scalar: return "a string"
        case .sequence: return "a list"
        case .mapping: return "a mapping"
        }
    }

    /// The place of some characters of a scalar's text, counted in Unicode scalars from 0.
    package func range(of offsets: Range<Int>) -> SourceRange {
        guard case .scalar(let text, _) = content else { return range }
        return range.place(of: offsets, inScalar: text)
    }
}

/// Nodes that are made, not read: they have no place.
extension YAMLNode {
    private static let nowhere = SourceRange.whole("")

    /// Of a string, which is written without quotes where it can be.
    package static func string(_ text: String, tag: String? = nil) -> YAMLNode {
        YAMLNode(.scalar(text, .quoted), tag: tag, range: nowhere)
    }

    /// What is not a string: a number, a boolean, a duration, `null`.
    package static func literal(_ text: String) -> YAMLNode { YAMLNode(.scalar(text, .plain), range: nowhere) }

    package static func list(_ items: [YAMLNode], tag: String? = nil) -> YAMLNode {
        YAMLNode(.sequence(items), tag: tag, range: nowhere)
    }

    package static func mapping(_ entries: [(key: String, value: YAMLNode)]) -> YAMLNode {
        YAMLNode(.mapping(entries.map { Entry(key: $0.key, keyRange: nowhere, value: $0.value) }), range: nowhere)
    }
}
