/// One step on the way from the root of a document to a value.
package enum YAMLPathPart: Hashable, Sendable, ExpressibleByStringLiteral, ExpressibleByIntegerLiteral {
    case key(String)
    /// From 0.
    case item(Int)

    package init(stringLiteral key: String) { self = .key(key) }
    package init(integerLiteral index: Int) { self = .item(index) }
}

/// The comments of a file that is made: lines before its entries, and at the end of its mappings.
package struct YAMLComments: Sendable {
    private var added: [(path: [YAMLPathPart], lines: [String])] = []
    /// At the top of the file.
    package private(set) var top: [String] = []

    /// What is longer is cut: source lines of any length are quoted.
    private static let longestLine = 240

    package init() {}

    package var isEmpty: Bool { added.isEmpty && top.isEmpty }

    /// Lines at the top, before everything else.
    package mutating func header(_ text: String) { top += Self.lines(text) }

    /// Before the entry or item at `path`. Where the file has none, at the end of the nearest mapping around it, or before the
    /// nearest value that is not a mapping with entries.
    package mutating func add(_ text: String, at path: [YAMLPathPart]) { added.append((path, Self.lines(text))) }

    /// Comments cannot end early, whatever they quote.
    private static func lines(_ text: String) -> [String] {
        text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            var result = String.UnicodeScalarView()
            for scalar in line.unicodeScalars.prefix(longestLine) {
                result.append(scalar == "\t" ? " " : YAMLText.isPrintable(scalar) ? scalar : "\u{FFFD}")
            }
            if line.unicodeScalars.count > longestLine { result.append("…") }
            while result.last == " " { result.removeLast() }
            return String(result)
        }
    }

    /// Each at a place that the document has.
    func placed(in root: YAMLNode) -> Placed {
        var placed = Placed()
        for comment in added {
            var (node, path) = (root, [YAMLPathPart]())
            for part in comment.path {
                guard let next = node.child(part) else { break }
                node = next
                path.append(part)
            }
            if path.count < comment.path.count, node.hasEntries {
                placed.atEnd[path, default: []] += comment.lines
                placed.open(path)
            } else {
                placed.before[path, default: []] += comment.lines
                placed.open(Array(path.dropLast()))
            }
        }
        return placed
    }

    struct Placed {
        var before: [[YAMLPathPart]: [String]] = [:]
        /// Of mappings.
        var atEnd: [[YAMLPathPart]: [String]] = [:]
        /// Values that cannot be on one line, since there is a comment in them.
        private(set) var opened: Set<[YAMLPathPart]> = []

        fileprivate mutating func open(_ path: [YAMLPathPart]) {
            for count in 0...path.count { opened.insert(Array(path.prefix(count))) }
        }
    }
}

extension YAMLNode {
    fileprivate var hasEntries: Bool {
        if case .mapping(let entries) = content { !entries.isEmpty && tag == nil } else { false }
    }

    fileprivate func child(_ part: YAMLPathPart) -> YAMLNode? {
        switch (content, part) {
        case (.mapping(let entries), .key(let key)): tag == nil ? entries.first { $0.key == key }?.value : nil
        case (.sequence(let items), .item(let index)): tag == nil && items.indices.contains(index) ? items[index] : nil
        default: nil
        }
    }
}
