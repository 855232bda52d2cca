/// What to do with keys that other tools have, or dorc in another place. The keys that dorc has in the same mapping under
/// another name are with their declarations, in `Key.otherNames`.
struct Elsewhere: Sendable {
    enum Meaning {
        /// A key of the same mapping.
        case key(String)
        case help(String)
    }

    /// Words in lower case without separators, with spaces between them.
    private let rules: [(names: String, help: String)]
    /// What to do with a key of a function; nil where it is not known what is meant.
    private let functionKey: (@Sendable (FunctionKeyExample) -> String?)?

    init(
        _ rules: [(names: String, help: String)] = [], functionKey: (@Sendable (FunctionKeyExample) -> String?)? = nil
    ) {
        self.rules = rules
        self.functionKey = functionKey
    }

    static func folded(_ key: String) -> String { key.lowercased().split { "-_ ".contains($0) }.joined() }

    func help(_ folded: String) -> String? {
        if let rule = rules.first(where: { $0.names.split(separator: " ").contains { $0 == folded } }) {
            return rule.help
        }
        return functionKey.flatMap { help in FunctionKeyExample(folded).flatMap(help) }
    }
}

/// A key of a function, as it is written at its place: for who wrote it elsewhere.
struct FunctionKeyExample {
    /// Whether `defaults` has the key too.
    let isInDefaults: Bool
    private let text: String

    /// As in `functions: {extract: {memory: 1024}}`.
    var atFunction: String { "`functions: {extract: {\(text)}}`" }

    /// `folded` is the key's name, or that of another tool. Keys with an example are those that nothing but a function has.
    init?(_ folded: String) {
        guard
            let key = FunctionSection.type.keys.first(where: { key in
                key.example != nil && (Elsewhere.folded(key.name) == folded || key.isCalled(folded))
            }), let example = key.example
        else { return nil }
        text = "\(key.name): \(example)"
        isInDefaults = FunctionDefaultsSection.type.keys.contains { $0.name == key.name }
    }
}
