import DorcText

/// A value of the Python files, as far as it is known without running them.
struct DefinedValue: Sendable {
    indirect enum Content: Sendable {
        case text(String)
        case number(String)
        case boolean(Bool)
        case none
        /// `__file__`: the file that the range is in.
        case file
        case list([DefinedValue])
        case mapping([DefinedArgument])
        /// An index among the objects.
        case object(Int)
        /// A key of Pulumi.<environment>.yaml.
        case setting(String, isSecret: Bool)
        /// Of texts and settings.
        case joined([DefinedValue])
        /// An entry of a mapping, by a setting.
        case chosen(by: String, from: DefinedValue)
        case unknown(source: String, why: String)
    }

    var content: Content
    var range: SourceRange

    var text: String? {
        if case .text(let text) = content { text } else { nil }
    }

    var isNone: Bool {
        if case .none = content { true } else { false }
    }

    /// For messages, and to tell whether two values say the same.
    var words: String {
        switch content {
        case .text(let text): "\"\(text)\""
        case .number(let text): text
        case .boolean(let value): value ? "True" : "False"
        case .none: "None"
        case .file: "__file__"
        case .list(let items): "[\(items.map(\.words).joined(separator: ", "))]"
        case .mapping(let entries): "{\(entries.map { "\"\($0.name)\": \($0.value.words)" }.joined(separator: ", "))}"
        case .object(let index): "object \(index)"
        case .setting(let key, _): "the setting \(key)"
        case .joined(let parts): parts.map(\.words).joined(separator: " + ")
        case .chosen(let key, let values): "\(values.words)[the setting \(key)]"
        case .unknown(let source, _): source
        }
    }
}

/// A keyword argument, or an entry of a mapping.
struct DefinedArgument: Sendable {
    var name: String
    var range: SourceRange
    var value: DefinedValue
    var key: ImportLedger.Key
}

/// An object of one of the original's classes, or a mapping in its place.
struct DefinedObject: Sendable {
    var name: String
    var range: SourceRange
    /// Whether the call is in a function, a loop or a condition.
    var isInCode = false
    var arguments: [DefinedArgument]

    subscript(names: String...) -> DefinedArgument? { arguments.last { names.contains($0.name) } }
}
