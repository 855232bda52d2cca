import DorcText

/// What `python_reader.py` tells, with every argument as a key of the ledger.
struct PythonFacts: Sendable {
    struct Statement: Sendable {
        var range: SourceRange
        var source: String
        var why: String
    }

    var errors: [ImportMistake] = []
    var objects: [DefinedObject] = []
    /// Objects whose `apply()` is called.
    var applied: Set<Int> = []
    /// What is at the top of a file and defines nothing.
    var statements: [Statement] = []

    /// Of no files.
    init() {}

    /// Nil where the output is not the reader's.
    init?(_ output: [UInt8], files: [String: SourceFile], ledger: inout ImportLedger) {
        guard let root = JSONValue<String>(json: output, deepest: 400) else { return nil }
        var decoder = Decoder(files: files, ledger: ledger)
        for call in root["calls"].items {
            objects.append(decoder.object(call))
        }
        ledger = decoder.ledger
        errors = root["errors"].items.map { ImportMistake(at: decoder.range($0["at"]), $0["text"].string ?? "") }
        applied = Set(root["applied"].items.compactMap(\.integer))
        statements = root["statements"].items.map {
            Statement(range: decoder.range($0["at"]), source: $0["text"].string ?? "", why: $0["why"].string ?? "")
        }
    }

    private struct Decoder {
        let files: [String: SourceFile]
        var ledger: ImportLedger
        /// By place: a constant that several objects use is one key.
        private var known: [String: ImportLedger.Key] = [:]

        init(files: [String: SourceFile], ledger: ImportLedger) {
            self.files = files
            self.ledger = ledger
        }

        mutating func object(_ call: JSONValue<String>) -> DefinedObject {
            let name = call["class"].string ?? ""
            let arguments = call["args"].items.map { argument in
                entry(argument["name"].string ?? "", argument, under: name)
            }
            return DefinedObject(
                name: name, range: range(call["at"]), isInCode: call["isInCode"].isTrue, arguments: arguments)
        }

        private mutating func entry(_ name: String, _ node: JSONValue<String>, under path: String) -> DefinedArgument {
            let range = range(node["at"])
            let inner = "\(path).\(name)"
            let place = "\(range.path)\u{0}\(range.start.line)\u{0}\(range.start.column)\u{0}\(name)"
            let key = known[place] ?? ledger.found(inner, at: range)
            known[place] = key
            return DefinedArgument(name: name, range: range, value: value(node["value"], under: inner), key: key)
        }

        private mutating func value(_ node: JSONValue<String>, under path: String) -> DefinedValue {
            let content: DefinedValue.Content
            let text = node["value"].string ?? ""
            switch node["kind"].string {
            case "text": content = .text(text)
            case "number": content = .number(text)
            case "boolean": content = .boolean(node["value"].isTrue)
            case "none": content = .none
            case "file": content = .file
            case "list":
                content = .list(
                    node["items"].items.enumerated().map { value($0.element, under: "\(path)[\($0.offset)]") })
            case "mapping":
                content = .mapping(node["entries"].items.map { entry($0["key"].string ?? "", $0, under: path) })
            case "call": content = node["call"].integer.map { .object($0) } ?? .none
            case "setting": content = .setting(node["key"].string ?? "", isSecret: node["isSecret"].isTrue)
            case "joined": content = .joined(node["parts"].items.map { value($0, under: path) })
            case "chosen": content = .chosen(by: node["key"].string ?? "", from: value(node["from"], under: path))
            default: content = .unknown(source: node["text"].string ?? "", why: node["why"].string ?? "")
            }
            return DefinedValue(content: content, range: range(node["at"]))
        }

        func range(_ place: JSONValue<String>) -> SourceRange {
            let parts = place.items
            guard parts.count == 3, let path = parts[0].string, let line = parts[1].integer,
                let column = parts[2].integer
            else { return .whole("") }
            let start = SourcePosition(line: line, column: column)
            return SourceRange(file: files[path] ?? SourceFile(path: path, bytes: []), start: start, end: start)
        }
    }
}

extension JSONValue<String> {
    /// A member of an object; null where there is none.
    fileprivate subscript(_ name: String) -> JSONValue {
        guard case .object(let members) = self else { return .null }
        return members.first { $0.name == name }?.value ?? .null
    }

    fileprivate var items: [JSONValue] {
        if case .list(let items) = self { items } else { [] }
    }

    fileprivate var string: String? {
        if case .text(let text) = self { text } else { nil }
    }

    fileprivate var integer: Int? {
        if case .number(let number) = self { Int(number.text) } else { nil }
    }

    fileprivate var isTrue: Bool {
        if case .boolean(let value) = self { value } else { false }
    }
}
