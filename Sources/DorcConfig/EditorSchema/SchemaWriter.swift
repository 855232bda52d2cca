internal import DorcText

/// Shapes as JSON Schema. Mappings with declared keys become definitions, each once, under readable names.
struct SchemaWriter {
    typealias Members = [JSONValue<String>.Member]

    /// In the order in which they were met; the members of one whose turn has not come are nil.
    private var definitions: [(name: String, shape: ObjectShape, members: Members?)] = []
    /// Those of values that are no mappings with declared keys, by name.
    private var used: Set<String> = []

    /// The definitions that what was written refers to, with those that they refer to.
    mutating func finish() -> [(name: String, value: JSONValue<String>)] {
        while let index = definitions.firstIndex(where: { $0.members == nil }) {
            definitions[index].members = object(definitions[index].shape)
        }
        return definitions.map { ($0.name, .object($0.members ?? [])) }
            + Self.shared.filter { used.contains($0.name) }
    }

    /// A schema from its keywords.
    private static func schema(_ members: KeyValuePairs<String, JSONValue<String>?>) -> Members {
        members.compactMap { name, value in value.map { .init(name: name, value: $0) } }
    }

    // MARK: Values

    /// `isItem` for a value in a list or in a mapping of the user's, where nothing means an empty mapping.
    mutating func members(_ shape: Shape, isItem: Bool = false) -> Members {
        switch shape {
        case .string(let string):
            // Any string with variables.
            if string.hasVariables, string.patternWithoutVariables == nil, string.numbers != nil {
                return shared("text") + Self.examples(string)
            }
            return Self.string(string)
        case .boolean: return Self.schema(["type": .text("boolean")])
        case .integer(let range, _):
            return Self.schema([
                "type": .text("integer"), "minimum": .integer(range.lowerBound), "maximum": .integer(range.upperBound),
            ])
        case .number(let minimum):
            return Self.schema(["type": .text("number"), "minimum": .number(JSONNumber(minimum))])
        case .duration(let duration):
            return Self.schema([
                "type": .text("string"), "pattern": .text(RangePattern.duration(duration)),
                "patternErrorMessage": .text("This is not \(plain(shape.words))."),
            ])
        case .choice(let choices): return Self.schema(["type": .text("string"), "enum": .texts(choices)])
        case .list(let list):
            var items = members(list.items, isItem: true)
            if !list.intrinsics.isEmpty, case .string(let string) = list.items {
                items = Self.string(string, isArgument: true)
            }
            let types: JSONValue<String> =
                list.intrinsics.isEmpty ? .text("array") : .texts(["array", "object"])
            return Self.schema([
                "type": types, "items": .object(items),
                "minItems": list.minimum > 0 ? .integer(list.minimum) : nil,
                "maxItems": list.maximum.map { .integer($0) },
            ]) + Self.functions(list.intrinsics)
        case .map(let map):
            if case .json(.ignored(.trigger)) = map.values { return shared("event-pattern") }
            return Self.schema([
                "type": .text("object"),
                // An editor may take the mark of a merge for a key.
                "propertyNames": map.pattern.map { .members(["pattern": .text("^<<$|\($0)")]) },
                "additionalProperties": .object(members(map.values, isItem: true)),
                "minProperties": map.minimum > 0 ? .integer(map.minimum) : nil,
            ])
        case .object(let object):
            let reference = reference(object)
            return isItem ? reference : reference + Self.schema(["type": .text("object")])
        case .json(let use):
            switch use {
            case .evaluated: return shared("value")
            case .required, .ignored, .refused, .passedOn, .definition: return []
            }
        case .either(let left, let right):
            return Self.schema(["anyOf": .list([.object(members(left)), .object(members(right))])])
        case .described(_, let shape): return members(shape, isItem: isItem)
        }
    }

    /// `isArgument` where it can be an argument of a function too, such as of `!Split` in the place of a list.
    private static func string(_ string: StringShape, isArgument: Bool = false) -> Members {
        guard string.intrinsics.isEmpty else {
            // A tagged list is a list, and a tagged string a string.
            let types = ["string", "array", "object"] + (isArgument ? ["number", "boolean"] : [])
            return schema(["type": .texts(types), "minItems": .integer(2), "maxItems": .integer(2)])
                + functions(string.intrinsics) + examples(string)
        }
        // What has a variable is known when it is replaced.
        let pattern = string.pattern ?? string.patternWithoutVariables.map { #"^(?=[\s\S]*\$\{)|\#($0)"# }
        var types = ["string"]
        if let numbers = string.numbers { types.append(numbers.isWhole ? "integer" : "number") }
        if string.takesBooleans { types.append("boolean") }
        return schema([
            "type": types.count == 1 ? .text("string") : .texts(types), "pattern": pattern.map { .text($0) },
            "patternErrorMessage": pattern.map { _ in .text("This is not \(plain(string.format)).") },
            "minimum": string.numbers?.isWhole == true ? .integer(0) : nil,
            "maximum": string.numbers?.largest.map { .integer($0) }, "maxLength": string.maximum.map { .integer($0) },
        ]) + examples(string)
    }

    private static func examples(_ string: StringShape) -> Members {
        string.examples.isEmpty || string.examples == ["text"] ? [] : schema(["examples": .texts(string.examples)])
    }

    /// CloudFormation's functions in their long form.
    private static func functions(_ intrinsics: [Intrinsic]) -> Members {
        guard !intrinsics.isEmpty else { return [] }
        // One of strings can be in one of lists, and the other way round.
        let names = Intrinsic.allCases.map { $0 == .ref ? "Ref" : "Fn::\($0.rawValue)" }
        return schema([
            "properties": .object(names.map { .init(name: $0, value: .object([])) }),
            "additionalProperties": .boolean(false), "minProperties": .integer(1), "maxProperties": .integer(1),
        ])
    }

    // MARK: Definitions

    private mutating func reference(_ object: ObjectShape) -> Members {
        let name = Self.name(object)
        if !definitions.contains(where: { $0.name == name }) { definitions.append((name, object, nil)) }
        return Self.schema(["$ref": .text("#/$defs/\(name)")])
    }

    /// `retry` for "`retry`", `function` for "a function", `egress-item` for "an item of `egress`".
    private static func name(_ object: ObjectShape) -> String {
        var words = object.name.split(separator: " ").map { $0.filter { $0 != "`" } }
        if let first = words.first, ["a", "an"].contains(first) { words.removeFirst() }
        if words.starts(with: ["item", "of"]) { words = Array(words.dropFirst(2)) + ["item"] }
        return words.joined(separator: "-")
    }

    private mutating func shared(_ name: String) -> Members {
        used.insert(name)
        return Self.schema(["$ref": .text("#/$defs/\(name)")])
    }

    private static func plain(_ text: String) -> String { text.filter { $0 != "`" } }

    private func plain(_ text: String) -> String { Self.plain(text) }
}
