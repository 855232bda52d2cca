/// A `{{ value }}`, `{% block %}` or `{# comment #}` of a blueprint, with its place.
struct BlueprintTag: Equatable, Sendable {
    enum Kind: Unicode.Scalar, Sendable {
        case value = "{"
        case block = "%"
        case comment = "#"

        /// `{{ }}`, `{% %}` or `{# #}`.
        var delimiters: String { "{\(rawValue) \(self == .value ? "}" : rawValue)}" }
    }

    /// What becomes of the white space beside a block: `{%- -%}` takes all of it, `{%+ +%}` none, `{% %}` the spaces
    /// before it on its line and, where nothing follows it there, the rest of the line.
    enum Trim: Unicode.Scalar, Sendable {
        case all = "-"
        case none = "+"
        case line = " "
    }

    var kind: Kind
    /// Between the delimiters and the signs for white space.
    var contents: String
    /// Of the tag's `{`, 1-based.
    var line: Int
    var column: Int
    var before = Trim.none
    var after = Trim.none
    var isClosed = true
}

/// A part of a blueprint, as it is written.
enum BlueprintPart: Equatable, Sendable {
    case text(String)
    case tag(BlueprintTag)
}

/// Cuts a blueprint into text and tags. The first `}` after the kind's character closes a tag, also inside of quotes.
struct BlueprintScanner {
    private let scalars: [Unicode.Scalar]
    private var parts: [BlueprintPart] = []
    private var (index, line, column) = (0, 1, 1)

    /// The parts in order. A tag that is not closed is the last.
    static func scan(_ text: String) -> [BlueprintPart] {
        var scanner = BlueprintScanner(scalars: Array(text.unicodeScalars))
        return scanner.scan()
    }

    private init(scalars: [Unicode.Scalar]) {
        self.scalars = scalars
    }

    private mutating func scan() -> [BlueprintPart] {
        var start = 0
        var trim = BlueprintTag.Trim.none
        while index < scalars.count {
            guard let kind = kindHere else {
                advance(to: index + 1)
                continue
            }
            let tag = tag(kind)
            addText(scalars[start..<index], after: trim, before: tag.tag.before)
            parts.append(.tag(tag.tag))
            trim = tag.tag.after
            advance(to: tag.end)
            start = tag.end
        }
        addText(scalars[start...], after: trim, before: .none)
        return parts
    }

    private var kindHere: BlueprintTag.Kind? {
        guard scalars[index] == "{", index + 1 < scalars.count else { return nil }
        return BlueprintTag.Kind(rawValue: scalars[index + 1])
    }

    /// The tag that begins here, and the index after it.
    private func tag(_ kind: BlueprintTag.Kind) -> (tag: BlueprintTag, end: Int) {
        let closing: Unicode.Scalar = kind == .value ? "}" : kind.rawValue
        var tag = BlueprintTag(kind: kind, contents: "", line: line, column: column)
        var end = index + 2
        while end + 1 < scalars.count, scalars[end] != closing || scalars[end + 1] != "}" { end += 1 }
        guard end + 1 < scalars.count else {
            tag.isClosed = false
            return (tag, scalars.count)
        }
        var contents = scalars[(index + 2)..<end]
        if kind == .block {
            (tag.before, tag.after) = (.line, .line)
            if let sign = contents.first, let trim = BlueprintTag.Trim(rawValue: sign) {
                contents.removeFirst()
                tag.before = trim
            }
            if let sign = contents.last, let trim = BlueprintTag.Trim(rawValue: sign) {
                contents.removeLast()
                tag.after = trim
            }
        }
        tag.contents = String(String.UnicodeScalarView(contents))
        return (tag, end + 2)
    }

    private mutating func addText(
        _ text: ArraySlice<Unicode.Scalar>, after previous: BlueprintTag.Trim, before next: BlueprintTag.Trim
    ) {
        var text = text
        switch previous {
        case .none: break
        case .all: text = text.drop { $0.properties.isWhitespace }
        case .line:
            let rest = text.drop { $0 == " " || $0 == "\t" }
            if rest.first == "\n" { text = rest.dropFirst() }
        }
        switch next {
        case .none: break
        case .all: while text.last?.properties.isWhitespace == true { text.removeLast() }
        case .line: while text.last == " " || text.last == "\t" { text.removeLast() }
        }
        if !text.isEmpty { parts.append(.text(String(String.UnicodeScalarView(text)))) }
    }

    private mutating func advance(to end: Int) {
        while index < end {
            if scalars[index] == "\n" { (line, column) = (line + 1, 1) } else { column += 1 }
            index += 1
        }
    }
}
