import DorcText

/// What `dorc_reader` tells (its `__init__.py` has the format), with every argument as a key of the ledger.
struct PythonFacts: Sendable {
    struct Statement: Sendable {
        var range: SourceRange
        var source: String
        var why: String
    }

    /// A setting that code reads.
    struct Read: Sendable {
        var range: SourceRange
        var namespace: String?
        var key: String
    }

    /// Of files that define something.
    var errors: [ImportMistake] = []
    /// Of files that nothing here has to do with.
    var others: [ImportMistake] = []
    var objects: [DefinedObject] = []
    /// Objects whose `apply()` is called.
    var applied: Set<Int> = []
    /// What is at the top of a file and defines nothing.
    var statements: [Statement] = []
    var reads: [Read] = []

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
        for error in root["errors"].items {
            let mistake = ImportMistake(at: decoder.range(error["at"]), error["text"].string ?? "")
            if error["isDefinition"].isTrue { errors.append(mistake) } else { others.append(mistake) }
        }
        reads = root["reads"].items.map {
            Read(range: decoder.range($0["at"]), namespace: $0["namespace"].string, key: $0["key"].string ?? "")
        }
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
                name: name, range: range(call["at"]), isInCode: call["isInCode"].isTrue,
                isCopied: call["isCopied"].isTrue,
                conditions: call["when"].items.map { value($0, under: name) }, arguments: arguments)
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
            case "folder": content = .folder(text)
            case "setting": content = .setting(setting(node, under: path))
            case "stack": content = .stack
            case "project": content = .project
            case "joined": content = .joined(node["parts"].items.map { value($0, under: path) })
            case "split":
                content = .split(value(node["value"], under: path), separator: node["separator"].string ?? ",")
            case "chosen":
                content = .chosen(
                    by: value(node["by"], under: path), from: value(node["from"], under: path),
                    default: optional(node["default"], under: path))
            case "conditional":
                content = .conditional(
                    DefinedValue.Conditional(
                        test: value(node["test"], under: path), values: node["values"].items.compactMap(\.string),
                        isNegated: node["isNegated"].isTrue, then: value(node["then"], under: path),
                        otherwise: value(node["else"], under: path)))
            default: content = .unknown(source: node["text"].string ?? "", why: node["why"].string ?? "")
            }
            var result = DefinedValue(content: content, range: range(node["at"]))
            if case .object = content { result.source = node["text"].string }
            return result
        }

        private mutating func optional(_ node: JSONValue<String>, under path: String) -> DefinedValue? {
            if case .null = node { nil } else { value(node, under: path) }
        }

        private mutating func setting(
            _ node: JSONValue<String>, under path: String
        ) -> DefinedValue.SettingReference {
            DefinedValue.SettingReference(
                namespace: node["namespace"].string, key: node["key"].string ?? "",
                path: node["path"].items.compactMap { step in
                    step.string.map { .key($0) } ?? step.integer.map { .item($0) }
                },
                kind: node["type"].string.flatMap { .init(rawValue: $0) } ?? .text,
                isSecret: node["isSecret"].isTrue, isRequired: node["isRequired"].isTrue,
                fallback: optional(node["default"], under: path), isFallbackOfEmpty: node["isDefaultOfEmpty"].isTrue)
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
