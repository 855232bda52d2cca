import DorcText

/// Reads what is in one tag.
///
///     tag         = condition ["if" condition ["else" condition]]
///     condition   = conjunction {"or" conjunction}
///     conjunction = negation {"and" negation}
///     negation    = {"not"} comparison
///     comparison  = range [("==" | "!=" | "<" | "<=" | ">" | ">=" | "in") range]
///     range       = filtered ["..." filtered]
///     filtered    = primary {"|" filter [":" primary {"," primary}]}
///     primary     = text | number | "true" | "false" | name | "forloop." part | "(" condition ")"
struct BlueprintExpressionParser {
    private let words: [BlueprintWord]
    private var position = 0
    private var depth = 0
    /// The variables, and what the `for` around the tag brings.
    private var known: Set<String>

    private static let keywords: Set<String> = ["and", "or", "not", "in", "if", "else", "where"]
    private static let deepest = 50

    init(_ contents: String, known: Set<String>) throws(BlueprintProblem) {
        words = try BlueprintWord.split(contents)
        self.known = known
    }

    /// A name that a `for` brings.
    mutating func know(_ name: String) { known.insert(name) }

    mutating func name() -> String? {
        guard case .name(let name)? = current else { return nil }
        position += 1
        return name
    }

    mutating func take(_ word: BlueprintWord) -> Bool {
        guard current == word else { return false }
        position += 1
        return true
    }

    func finish() throws(BlueprintProblem) {
        if let current { throw BlueprintProblem("`\(current.text)` is not expected here") }
    }

    mutating func wholeTag() throws(BlueprintProblem) -> BlueprintExpression {
        var value = try condition()
        if take(.name("if")) {
            let condition = try condition()
            let otherwise = take(.name("else")) ? try self.condition() : .constant(.text(""))
            value = .choice(value, when: condition, otherwise: otherwise)
        }
        try finish()
        return value
    }

    mutating func wholeCondition() throws(BlueprintProblem) -> BlueprintExpression {
        let condition = try condition()
        try finish()
        return condition
    }

    mutating func condition() throws(BlueprintProblem) -> BlueprintExpression {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.deepest else { throw BlueprintProblem("it is nested too deeply") }
        var left = try conjunction()
        while take(.name("or")) { left = .or(left, try conjunction()) }
        return left
    }

    private mutating func conjunction() throws(BlueprintProblem) -> BlueprintExpression {
        var left = try negation()
        while take(.name("and")) { left = .and(left, try negation()) }
        return left
    }

    private mutating func negation() throws(BlueprintProblem) -> BlueprintExpression {
        var isNegated = false
        while take(.name("not")) { isNegated.toggle() }
        let comparison = try comparison()
        return isNegated ? .not(comparison) : comparison
    }

    private mutating func comparison() throws(BlueprintProblem) -> BlueprintExpression {
        let left = try range()
        guard let word = current, word.isSignOrName,
            let comparison = BlueprintExpression.Comparison(rawValue: word.text)
        else { return left }
        position += 1
        return .comparison(left, comparison, try range())
    }

    mutating func range() throws(BlueprintProblem) -> BlueprintExpression {
        let first = try filtered()
        return take(.sign("...")) ? .range(first, try filtered()) : first
    }

    private mutating func filtered() throws(BlueprintProblem) -> BlueprintExpression {
        var expression = try primary("a value")
        while take(.sign("|")) {
            guard let name = name() else { throw BlueprintProblem("the name of a filter is missing after `|`") }
            guard let filter = BlueprintFilter(rawValue: name) else { throw Self.unknownFilter(name) }
            var arguments: [BlueprintExpression] = []
            if take(.sign(":")) {
                repeat { arguments.append(try primary("an argument")) } while take(.sign(","))
            }
            guard arguments.count <= filter.mostArguments else {
                let most = filter.mostArguments
                let count = most == 0 ? "no argument" : most == 1 ? "one argument" : "at most \(most) arguments"
                throw BlueprintProblem("the filter `\(name)` takes \(count)")
            }
            expression = .filtered(expression, filter, arguments)
        }
        return expression
    }

    private mutating func primary(_ wanted: String) throws(BlueprintProblem) -> BlueprintExpression {
        guard let word = current else { throw BlueprintProblem("\(wanted) is missing") }
        position += 1
        switch word {
        case .text(let text): return .constant(.text(text))
        case .number(let number): return .constant(.number(number))
        case .name("true"): return .constant(.truth(true))
        case .name("false"): return .constant(.truth(false))
        case .sign("("):
            let condition = try condition()
            guard take(.sign(")")) else { throw BlueprintProblem("`(` is not closed by `)`") }
            return condition
        case .name(let name) where !Self.keywords.contains(name): return try variable(name)
        case .name, .sign: throw BlueprintProblem("\(wanted) is missing before `\(word.text)`")
        }
    }

    private mutating func variable(_ name: String) throws(BlueprintProblem) -> BlueprintExpression {
        if take(.sign(".")) {
            let whole = self.name().map { "\(name).\($0)" } ?? name + "."
            if known.contains(whole) { return .variable(whole) }
            if known.contains(name) { throw BlueprintProblem("`\(name)` is text and has no parts") }
            throw Self.unknown(whole, known)
        }
        guard known.contains(name) else { throw Self.unknown(name, known) }
        if current == .sign("[") { throw BlueprintProblem("`\(name)` is text and has no parts") }
        return .variable(name)
    }

    private var current: BlueprintWord? { position < words.count ? words[position] : nil }

    private static func unknown(_ name: String, _ known: Set<String>) -> BlueprintProblem {
        BlueprintProblem("unknown variable `\(name)`; there are \(known.sorted().joined(separator: ", "))")
    }

    private static func unknownFilter(_ name: String) -> BlueprintProblem {
        let filters = BlueprintFilter.allCases.map(\.rawValue)
        let hint = Suggestion.closest(to: name, among: filters).map { "did you mean `\($0)`?" }
        return BlueprintProblem("unknown filter `\(name)`; \(hint ?? "there are " + filters.joined(separator: ", "))")
    }
}
