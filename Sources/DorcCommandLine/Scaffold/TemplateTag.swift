/// A `{{ variable }}`, `{% block %}` or `{# comment #}` of a Stencil template, with its place.
///
/// Stencil finds a tag's line by searching for its text, which goes wrong where a line occurs twice, and drops the rest
/// of a file after a tag that is not closed. So tags are found here once more, by Stencil's own rule: the first `}` after
/// the kind's character closes the tag.
struct TemplateTag: Equatable, Sendable {
    enum Kind: Unicode.Scalar, Sendable {
        case variable = "{"
        case block = "%"
        case comment = "#"
    }

    var kind: Kind
    /// Between the delimiters, without the signs that control white space.
    var contents: String
    /// Of the tag's `{`, 1-based.
    var line: Int
    var column: Int
    var isClosed = true

    /// The tags of `text` in order. One that is not closed is the last.
    static func scan(_ text: String) -> [TemplateTag] {
        let scalars = Array(text.unicodeScalars)
        var tags: [TemplateTag] = []
        var (line, column, index) = (1, 1, 0)

        func advance(to end: Int) {
            while index < end {
                if scalars[index] == "\n" { (line, column) = (line + 1, 1) } else { column += 1 }
                index += 1
            }
        }

        while index < scalars.count {
            guard scalars[index] == "{", index + 1 < scalars.count, let kind = kind(scalars[index + 1]) else {
                advance(to: index + 1)
                continue
            }
            let end = kind.end(in: scalars, after: index)
            let inside = (index + 2)..<max(index + 2, (end ?? 0) - 2)
            tags.append(
                TemplateTag(
                    kind: kind, contents: trimmed(scalars[inside], kind), line: line, column: column,
                    isClosed: end != nil))
            advance(to: end ?? scalars.count)
        }
        return tags
    }

    private static func kind(_ scalar: Unicode.Scalar) -> Kind? { Kind(rawValue: scalar) }

    private static func trimmed(_ contents: ArraySlice<Unicode.Scalar>, _ kind: Kind) -> String {
        var contents = contents
        if kind == .block {
            if contents.first == "-" || contents.first == "+" { contents.removeFirst() }
            if contents.last == "-" || contents.last == "+" { contents.removeLast() }
        }
        while let first = contents.first, first.properties.isWhitespace { contents.removeFirst() }
        while let last = contents.last, last.properties.isWhitespace { contents.removeLast() }
        return String(String.UnicodeScalarView(contents))
    }
}

extension TemplateTag.Kind {
    /// The index after the tag that starts at `start`; nil where it is not closed.
    fileprivate func end(in scalars: [Unicode.Scalar], after start: Int) -> Int? {
        let closing: Unicode.Scalar = self == .variable ? "}" : rawValue
        var index = start + 1
        while index + 1 < scalars.count {
            if scalars[index] == closing, scalars[index + 1] == "}" { return index + 2 }
            index += 1
        }
        return nil
    }
}
