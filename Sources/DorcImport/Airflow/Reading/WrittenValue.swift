internal import DorcText
internal import DorcYAML

/// A value of a source file with its place, its path in the file, and the account that is kept of it.
///
/// Accounts are kept of leaves: keys whose value has no keys of its own. A list of scalars is one leaf; of lists and mappings in a
/// list, each has its own.
struct WrittenValue: Sendable {
    enum Content: Sendable {
        case scalar(String, isPlain: Bool)
        case list([WrittenValue])
        case mapping([Entry])
    }

    struct Entry: Sendable {
        var name: String
        var value: WrittenValue
    }

    var content: Content
    /// As in `dag.tasks.load.env_vars`.
    var path: String
    /// Of the key, or of the item of a list.
    var place: SourceRange
    var tag: String?
    /// Of a leaf.
    var account: ImportLedger.Key?

    /// What is read; each leaf gets an account.
    init(_ node: YAMLNode, path: String = "", place: SourceRange, in ledger: inout ImportLedger) {
        self.path = path
        self.place = place
        tag = node.tag
        switch node.content {
        case .scalar(let text, let style):
            content = .scalar(text, isPlain: style == .plain)
        case .sequence(let items):
            let isPlain = items.allSatisfy { if case .scalar = $0.content { true } else { false } }
            content = .list(
                items.enumerated().map { index, item in
                    let inner = "\(path)[\(index)]"
                    return isPlain
                        ? WrittenValue(scalar: item, path: inner)
                        : WrittenValue(item, path: inner, place: item.range, in: &ledger)
                })
        case .mapping(let entries):
            content = .mapping(
                entries.map { entry in
                    let inner = path.isEmpty ? entry.key : "\(path).\(entry.key)"
                    return Entry(
                        name: entry.key,
                        value: WrittenValue(entry.value, path: inner, place: entry.keyRange, in: &ledger))
                })
        }
        if isLeaf { account = ledger.found(path.isEmpty ? "(file)" : path, at: place) }
    }

    /// An item of a list of scalars: the list has the account.
    private init(scalar node: YAMLNode, path: String) {
        if case .scalar(let text, let style) = node.content {
            content = .scalar(text, isPlain: style == .plain)
        } else {
            content = .list([])
        }
        self.path = path
        place = node.range
        tag = node.tag
    }

    private var isLeaf: Bool {
        switch content {
        case .scalar: true
        case .list(let items): items.allSatisfy { $0.isScalar }
        case .mapping(let entries): entries.isEmpty
        }
    }

    /// The account of a mapping alone, without those of keys that defaults have given it.
    var withoutEntries: WrittenValue {
        var result = self
        result.content = .mapping([])
        return result
    }

    var isScalar: Bool { if case .scalar = content { true } else { false } }

    /// Of everything in it.
    var accounts: [ImportLedger.Key] {
        var result: [ImportLedger.Key] = []
        collect(into: &result)
        return result
    }

    private func collect(into result: inout [ImportLedger.Key]) {
        if let account { result.append(account) }
        switch content {
        case .scalar: break
        case .list(let items): for item in items { item.collect(into: &result) }
        case .mapping(let entries): for entry in entries { entry.value.collect(into: &result) }
        }
    }
}

/// What it says.
extension WrittenValue {
    /// A value that was left out, or Python's `None`, which templates of YAML leave behind.
    var isNull: Bool {
        guard tag == nil, case .scalar(let text, true) = content else { return false }
        return ["", "~", "null", "Null", "NULL", "None"].contains(text)
    }

    /// A scalar's text; nil for nothing.
    var text: String? {
        guard case .scalar(let text, _) = content, !isNull else { return nil }
        return text
    }

    /// What a plain scalar is in YAML 1.1, which Airflow's tools read; one with a tag is a text.
    var read: ScalarOfYAML11 {
        guard tag == nil, case .scalar(let text, true) = content else { return .text }
        return ScalarOfYAML11(text)
    }

    var boolean: Bool? { if case .boolean(let value) = read { value } else { nil } }

    var integer: Int? {
        if case .integer(let digits) = read { return Int(digits) }
        return text.flatMap { Int($0) }
    }

    /// A number in seconds or the like, in quotes perhaps.
    var number: Double? {
        switch read {
        case .integer(let digits): Double(digits)
        case .number(let value): value
        default: text.flatMap { Double($0) }
        }
    }

    /// What the value is in Airflow, where that is not what it looks like: as in "`010` is 8".
    ///
    /// - Parameter isText: whether it becomes a text in Airflow too.
    func differentInAirflow(isText: Bool) -> String? {
        guard case .scalar(let text, true) = content, let python = read.python, !isNull else { return nil }
        if case .time = read, !isText {
            return "`\(text.shortened(to: 60))` is a date of Python's in Airflow, here it is a text"
        }
        if case .number(let value) = read, !value.isFinite, !isText {
            return "`\(text)` is \(python) in Airflow: JSON has no such number, here it is a text"
        }
        if python == text || ["true", "false"].contains(text.lowercased()) { return nil }
        return "`\(text.shortened(to: 60))` is \(python) in Airflow, which reads YAML 1.1, and is written so"
    }

    var items: [WrittenValue]? {
        if case .list(let items) = content { items } else { nil }
    }

    var entries: [Entry]? {
        if case .mapping(let entries) = content { entries } else { nil }
    }

    subscript(_ name: String) -> WrittenValue? { entries?.first { $0.name == name }?.value }

    /// One text, or the texts of a list; nil where anything else is in it.
    var texts: [String]? {
        if let text { return [text] }
        guard let items else { return nil }
        let texts = items.compactMap(\.text)
        return texts.count == items.count ? texts : nil
    }

    /// In one line, for a comment.
    var source: String { YAMLText.line(node) }

    /// The value as YAML of dorc's: what YAML 1.1 reads as a boolean is one, and what looks like a number stays one.
    var node: YAMLNode {
        switch content {
        case .scalar(let text, _):
            if isNull { return .literal("null") }
            switch read {
            case .boolean(let value): return .literal(value ? "true" : "false")
            case .integer(let digits): return Self.isNumber(digits) ? .literal(digits) : .string(digits)
            case .number(let value):
                let written = read.python ?? text
                return value.isFinite && Self.isNumber(written) ? .literal(written) : .string(written)
            default: return .string(text)
            }
        case .list(let items): return .list(items.map(\.node))
        case .mapping(let entries): return .mapping(entries.map { ($0.name, $0.value.node) })
        }
    }

    /// A number of JSON's: digits without a leading zero, a fraction.
    static func isNumber(_ text: String) -> Bool {
        var digits = Substring(text)
        if digits.first == "-" { digits = digits.dropFirst() }
        let parts = digits.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count <= 2, let whole = parts.first, !whole.isEmpty, whole.count <= 15,
            parts.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy { (0x30...0x39).contains($0) } })
        else { return false }
        return whole == "0" || whole.first != "0"
    }
}
