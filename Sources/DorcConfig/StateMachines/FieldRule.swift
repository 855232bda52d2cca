/// The query language of a state: how it takes parts of its input, and which fields it has.
enum QueryLanguage: String, Sendable {
    case jsonPath = "JSONPath"
    case jsonata = "JSONata"
}

/// What `$states` has where an expression is (Step Functions guide, "Transforming data with JSONata").
struct StateScope: Sendable {
    let fields: Set<String>

    static let input = StateScope(fields: ["input", "context"])
    static let result = StateScope(fields: ["input", "context", "result"])
    static let error = StateScope(fields: ["input", "context", "errorOutput"])
}

/// What a field of the Amazon States Language holds.
indirect enum FieldRule: Sendable {
    /// A text that stands for itself, with so many characters.
    case text(ClosedRange<Int>? = nil)
    /// A text, or in JSONata an expression.
    case textOrExpression
    case word([String])
    case boolean
    /// `End`
    case isTrue
    /// In JSONata an expression too.
    case integer(ClosedRange<Int>)
    case number(ClosedRange<Double>)
    /// RFC 3339; in JSONata an expression too.
    case timestamp
    /// The name of a state of the same list.
    case state
    /// What a task calls.
    case resource
    /// What a Map reads items from, or writes results to.
    case dataset([String])
    /// JSONPath, which may select several values.
    case path(nullable: Bool)
    /// JSONPath to one place.
    case referencePath(nullable: Bool = false, ofContext: Bool = true)
    /// JSON in which texts are expressions, or whose names end with `.$`.
    case template(StateScope, isObject: Bool = false)
    /// `RoleArn` of another account's role.
    case credentials
    /// A list, or in JSONata an expression.
    case items
    /// JSON as it is.
    case literal
    case variables(StateScope)
    /// JSONata that gives true or false.
    case condition
    case texts
    case object(ObjectRule)
    /// Objects; at least one.
    case objects(ObjectRule)
    /// Below `And`, `Or` and `Not` of a choice in JSONPath: `StateParts.nested`, which holds them again.
    case nestedChoice
    case nestedChoices
    /// States, and the one that they start at.
    case machine(ObjectRule)
    case machines(ObjectRule)
    /// The states themselves.
    case states
}

struct FieldDeclaration: Sendable {
    let name: String
    let rule: FieldRule
    /// Nil for both.
    var language: QueryLanguage?
    var isRequired = false
    /// Of a Map whose items are executions of their own.
    var isOfDistributedMap = false
    /// Known to Step Functions still, and not named to users any more.
    var isDeprecated = false
    /// A field that has to stand beside it.
    var companion: String?

    init(_ name: String, _ rule: FieldRule) {
        self.name = name
        self.rule = rule
    }

    var required: FieldDeclaration { with { $0.isRequired = true } }
    var ofJSONata: FieldDeclaration { with { $0.language = .jsonata } }
    var ofJSONPath: FieldDeclaration { with { $0.language = .jsonPath } }
    var deprecated: FieldDeclaration { with { $0.isDeprecated = true } }
    var ofDistributedMap: FieldDeclaration { with { $0.isOfDistributedMap = true } }

    func beside(_ companion: String) -> FieldDeclaration { with { $0.companion = companion } }

    private func with(_ change: (inout FieldDeclaration) -> Void) -> FieldDeclaration {
        var copy = self
        change(&copy)
        return copy
    }
}

/// What an object of the Amazon States Language may hold: a state, a retrier, a rule of a choice.
final class ObjectRule: Sendable {
    /// As in `a Task state`.
    let title: String
    let fields: [String: FieldDeclaration]
    /// Of each list at most one field.
    let exclusive: [[String]]
    /// Of each list exactly one field.
    let exactlyOne: [[String]]

    init(_ title: String, _ fields: [FieldDeclaration], exclusive: [[String]] = [], exactlyOne: [[String]] = []) {
        self.title = title
        self.fields = Dictionary(fields.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        self.exclusive = exclusive
        self.exactlyOne = exactlyOne
    }
}
