/// YAMLNode -> YAML as a person would write it: short lists and mappings on one line, strings without quotes where YAML 1.1
/// and 1.2 read them as strings without, everything else in blocks with an indent of two.
package struct YAMLText {
    private var text = ""
    private let layout: Layout
    private let comments: YAMLComments.Placed?
    /// Of the value that is written; kept only where there are comments.
    private var path: [YAMLPathPart] = []

    /// What may be on one line.
    package enum Layout: Sendable {
        /// Short lists and mappings, one inside another at most.
        case compact
        /// Short lists of scalars: each entry of a mapping has a line of its own, as in files that are edited and reviewed.
        case blocks
    }

    /// What fits into this many columns is on one line.
    private static let width = 100
    /// Lists and mappings on one line have at most this many inside each other.
    private static let depth = 2

    /// A whole file.
    package static func file(
        _ root: YAMLNode, layout: Layout = .compact, comments: YAMLComments = YAMLComments()
    ) -> String {
        var writer = YAMLText(layout, comments.isEmpty ? nil : comments.placed(in: root))
        writer.comment(comments.top, indent: 0)
        writer.comment(writer.comments?.before[[]] ?? [], indent: 0)
        switch root.content {
        case .mapping(let entries) where root.tag == nil && !entries.isEmpty: writer.append(entries, indent: 0)
        case .sequence(let items) where root.tag == nil && !items.isEmpty: writer.append(items, indent: 0)
        case .scalar, .sequence, .mapping: writer.text += line(root) + "\n"
        }
        return writer.text
    }

    private init(_ layout: Layout, _ comments: YAMLComments.Placed?) {
        self.layout = layout
        self.comments = comments
    }

    private mutating func comment(_ lines: [String], indent: Int) {
        for line in lines { text += String(repeating: " ", count: indent) + (line.isEmpty ? "#" : "# " + line) + "\n" }
    }

    /// Those before a value that is part of the one at `path`.
    private mutating func comment(before part: YAMLPathPart, indent: Int) {
        if let comments { comment(comments.before[path + [part]] ?? [], indent: indent) }
    }

    private mutating func within(_ part: YAMLPathPart, _ body: (inout YAMLText) -> Void) {
        guard comments != nil else { return body(&self) }
        path.append(part)
        body(&self)
        path.removeLast()
    }

    /// On one line, however long.
    package static func line(_ node: YAMLNode) -> String {
        let content =
            switch node.content {
            case .scalar(let text, .plain): text
            case .scalar(let text, .quoted), .scalar(let text, .block): scalar(text)
            case .sequence(let items): "[\(items.map(line).joined(separator: ", "))]"
            case .mapping(let entries):
                "{\(entries.map { "\(scalar($0.key)): \(line($0.value))" }.joined(separator: ", "))}"
            }
        return node.tag.map { "\($0) \(content)" } ?? content
    }

    private mutating func append(_ entries: [YAMLNode.Entry], indent: Int, isInItem: Bool = false) {
        for (position, entry) in entries.enumerated() {
            if position > 0 || !isInItem {
                comment(before: .key(entry.key), indent: indent)
                text += String(repeating: " ", count: indent)
            }
            text += Self.scalar(entry.key) + ":"
            within(.key(entry.key)) {
                $0.append(entry.value, indent: indent, from: indent + entry.key.unicodeScalars.count + 2)
            }
        }
        comment(comments?.atEnd[path] ?? [], indent: indent)
    }

    private mutating func append(_ items: [YAMLNode], indent: Int) {
        for (position, item) in items.enumerated() {
            comment(before: .item(position), indent: indent)
            within(.item(position)) { writer in
                if case .mapping(let entries) = item.content, item.tag == nil, !writer.fits(item, from: indent + 2) {
                    // Its first key is on the line of the dash.
                    entries.first.map { writer.comment(before: .key($0.key), indent: indent) }
                    writer.text += String(repeating: " ", count: indent) + "- "
                    writer.append(entries, indent: indent + 2, isInItem: true)
                } else {
                    writer.text += String(repeating: " ", count: indent) + "-"
                    writer.append(item, indent: indent, from: indent + 2)
                }
            }
        }
    }

    /// A value after its key or dash, with the line break after it.
    private mutating func append(_ node: YAMLNode, indent: Int, from column: Int) {
        if let lines = Self.block(node) {
            text += lines.isClosed ? " |\n" : " |-\n"
            for line in lines.lines {
                text += (line.isEmpty ? "" : String(repeating: " ", count: indent + 2) + line) + "\n"
            }
            return
        }
        switch node.content {
        case .sequence(let items) where !fits(node, from: column):
            text += "\n"
            append(items, indent: indent + 2)
        case .mapping(let entries) where !fits(node, from: column):
            text += "\n"
            append(entries, indent: indent + 2)
        case .scalar, .sequence, .mapping: text += " " + Self.line(node) + "\n"
        }
    }

    private func fits(_ node: YAMLNode, from column: Int) -> Bool {
        // What has a tag is on one line always.
        if node.tag != nil { return true }
        switch node.content {
        case .scalar: return true
        case .sequence(let items):
            if items.isEmpty { return true }
            if layout == .blocks, Self.height(node) > 1 { return false }
        case .mapping(let entries):
            if entries.isEmpty { return true }
            if layout == .blocks { return false }
        }
        if let comments, comments.opened.contains(path) { return false }
        return Self.height(node) <= Self.depth && column + Self.line(node).unicodeScalars.count <= Self.width
    }

    /// How many lists and mappings are inside each other; text that wants a block counts as too many.
    private static func height(_ node: YAMLNode) -> Int {
        switch node.content {
        case .scalar: block(node) == nil ? 0 : depth
        case .sequence(let items): 1 + (items.map(height).max() ?? 0)
        case .mapping(let entries): 1 + (entries.map { height($0.value) }.max() ?? 0)
        }
    }

    /// The lines of a text of several that a literal block shows just as they are.
    private static func block(_ node: YAMLNode) -> (lines: [Substring], isClosed: Bool)? {
        guard node.tag == nil, case .scalar(let text, let style) = node.content, style != .plain else { return nil }
        let isClosed = text.hasSuffix("\n")
        let lines = (isClosed ? text.dropLast() : text[...]).split(separator: "\n", omittingEmptySubsequences: false)
        guard isClosed || lines.count > 1, let first = lines.first, let last = lines.last, !first.isEmpty,
            !last.isEmpty,
            !first.hasPrefix(" "), lines.allSatisfy({ !$0.hasSuffix(" ") && $0.unicodeScalars.allSatisfy(isPrintable) })
        else { return nil }
        return (lines, isClosed)
    }

    /// A string on one line, in block and in flow context, that YAML 1.1 and 1.2 read back as the same string.
    package static func scalar(_ text: String) -> String {
        if isPlain(text) { return text }
        if !text.contains("'"), text.contains("\"") || text.contains("\\"), text.unicodeScalars.allSatisfy(isPrintable)
        {
            return "'\(text)'"
        }
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\t": result += "\\t"
            case "\r": result += "\\r"
            case _ where isPrintable(scalar): result.unicodeScalars.append(scalar)
            default:
                let digits = String(scalar.value, radix: 16, uppercase: true)
                let (mark, width) =
                    scalar.value <= 0xFF ? ("\\x", 2) : scalar.value <= 0xFFFF ? ("\\u", 4) : ("\\U", 8)
                result += mark + String(repeating: "0", count: width - digits.count) + digits
            }
        }
        return result + "\""
    }

    /// What no reader takes for the end of a line, or drops.
    static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.isASCII { return (0x20..<0x7F).contains(scalar.value) }
        return switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .unassigned, .privateUse: false
        default: true
        }
    }

    /// Whether a string needs no quotes, not even inside `[...]`: letters first, and no mark of YAML's anywhere.
    private static func isPlain(_ text: String) -> Bool {
        let scalars = text.unicodeScalars
        guard let first = scalars.first, let last = scalars.last, first.properties.isAlphabetic || first == "/",
            last != ":", last != " ", !text.contains(": "), !text.contains(" #")
        else { return false }
        return scalars.allSatisfy {
            $0.properties.isAlphabetic || ("0"..."9").contains($0)
                || " _-./:+=@()#*%;<>!?~^".unicodeScalars.contains($0)
        } && !words.contains(text.lowercased())
    }

    /// What YAML 1.1 reads as a boolean, null or a number (<https://yaml.org/type/>), in lower case.
    private static let words: Set<String> = [
        "y", "n", "yes", "no", "on", "off", "true", "false", "null", "nan", "inf",
    ]
}
