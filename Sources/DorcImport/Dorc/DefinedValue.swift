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
        /// A folder of the repository.
        case folder(String)
        case list([DefinedValue])
        case mapping([DefinedArgument])
        /// An index among the objects.
        case object(Int)
        /// Of Pulumi.<environment>.yaml.
        case setting(SettingReference)
        /// `pulumi.get_stack()`.
        case stack
        /// `pulumi.get_project()`.
        case project
        /// Of texts, and of what depends on the environment.
        case joined([DefinedValue])
        /// The list that a text is when it is cut.
        case split(DefinedValue, separator: String)
        /// An entry of a mapping.
        case chosen(by: DefinedValue, from: DefinedValue, default: DefinedValue?)
        case conditional(Conditional)
        case unknown(source: String, why: String)
    }

    struct SettingReference: Sendable {
        enum Kind: String, Sendable {
            case text, object, int, bool, float
        }

        enum Step: Sendable, Equatable {
            case key(String)
            case item(Int)
        }

        /// As in `pulumi.Config("network")`; nil for the project's own.
        var namespace: String?
        var key: String
        /// Into an object.
        var path: [Step]
        var kind: Kind
        /// Read as a secret.
        var isSecret: Bool
        var isRequired: Bool
        var fallback: DefinedValue?
        /// As Python's `or` has it: the fallback also takes the place of what is empty.
        var isFallbackOfEmpty = false

        /// As Pulumi's command line names it.
        var name: String {
            var text = namespace.map { "\($0):\(key)" } ?? key
            for step in path {
                switch step {
                case .key(let key): text += ".\(key)"
                case .item(let index): text += "[\(index)]"
                }
            }
            return text
        }
    }

    /// One of two values, by whether a text is one of some.
    struct Conditional: Sendable {
        var test: DefinedValue
        var values: [String]
        var isNegated: Bool
        var then: DefinedValue
        var otherwise: DefinedValue
    }

    var content: Content
    var range: SourceRange
    /// What of Pulumi's files, and of mappings, it was taken from.
    var sources: [ImportLedger.Key] = []
    /// Of an object, as the file has it.
    var source: String?

    var text: String? {
        if case .text(let text) = content { text } else { nil }
    }

    var isNone: Bool {
        if case .none = content { true } else { false }
    }

    var isUnknown: Bool {
        if case .unknown = content { true } else { false }
    }

    /// Whether Python takes it as false.
    var isEmpty: Bool {
        switch content {
        case .none: true
        case .text(let text): text.isEmpty
        case .number(let text): Double(text) == 0
        case .boolean(let value): !value
        case .list(let items): items.isEmpty
        case .mapping(let entries): entries.isEmpty
        default: false
        }
    }

    /// Whether each environment may have its own.
    var dependsOnEnvironment: Bool {
        switch content {
        case .setting, .stack, .project, .joined, .split, .chosen, .conditional: true
        default: false
        }
    }

    /// For messages, and to tell whether two values say the same.
    var words: String {
        switch content {
        case .text(let text): "\"\(text)\""
        case .number(let text): text
        case .boolean(let value): value ? "True" : "False"
        case .none: "None"
        case .file: "__file__"
        case .folder(let path): "the folder \(path)"
        case .list(let items): "[\(items.map(\.words).joined(separator: ", "))]"
        case .mapping(let entries): "{\(entries.map { "\"\($0.name)\": \($0.value.words)" }.joined(separator: ", "))}"
        case .object(let index): source ?? "object \(index)"
        case .setting(let setting): "Pulumi's setting `\(setting.name)`"
        case .stack: "the name of Pulumi's stack"
        case .project: "the name of Pulumi's project"
        case .joined(let parts): parts.map(\.words).joined(separator: " + ")
        case .split(let value, let separator): "\(value.words) cut at \"\(separator)\""
        case .chosen(let by, let values, _): "\(values.words)[\(by.words)]"
        case .conditional(let choice):
            "\(choice.then.words) if \(choice.test.words) \(choice.isNegated ? "is not" : "is") "
                + "\(choice.values.map { "\"\($0)\"" }.joined(separator: " or ")), else \(choice.otherwise.words)"
        case .unknown(let source, _): source
        }
    }

    /// For a TODO: what is written, and why it is not known.
    var reason: String {
        if case .unknown(let source, let why) = content { "\(source) (\(why))" } else { words }
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
    /// Whether another object was made of it by `copy`.
    var isCopied = false
    /// It is made, and applied, only where all of these are true.
    var conditions: [DefinedValue] = []
    var arguments: [DefinedArgument]

    subscript(names: String...) -> DefinedArgument? { arguments.last { names.contains($0.name) } }
}
