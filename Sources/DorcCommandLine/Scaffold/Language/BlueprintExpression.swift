/// What is in a tag: `name|filter`, `a == "b" and not c`, `1...3`, `a if b else c`.
indirect enum BlueprintExpression: Sendable {
    case constant(BlueprintValue)
    /// A variable, the name that a `for` brings, or a part of `forloop` by its whole name.
    case variable(String)
    case filtered(BlueprintExpression, BlueprintFilter, [BlueprintExpression])
    case range(BlueprintExpression, BlueprintExpression)
    case not(BlueprintExpression)
    case and(BlueprintExpression, BlueprintExpression)
    case or(BlueprintExpression, BlueprintExpression)
    case comparison(BlueprintExpression, Comparison, BlueprintExpression)
    /// Without `otherwise`, the empty text.
    case choice(BlueprintExpression, when: BlueprintExpression, otherwise: BlueprintExpression)

    enum Comparison: String, Sendable {
        case equal = "=="
        case unequal = "!="
        case less = "<"
        case atMost = "<="
        case more = ">"
        case atLeast = ">="
        case `in`
    }

    /// Of a range. More is taken for a mistake.
    private static let longestRange = 10_000

    /// - Parameter scope: every name that the parser knew.
    func value(in scope: [String: BlueprintValue]) throws(BlueprintProblem) -> BlueprintValue {
        switch self {
        case .constant(let value): return value
        case .variable(let name):
            guard let value = scope[name] else { throw BlueprintProblem("`\(name)` has no value here") }
            return value
        case .filtered(let expression, let filter, let arguments):
            var values: [BlueprintValue] = []
            for argument in arguments { values.append(try argument.value(in: scope)) }
            return try filter.apply(to: expression.value(in: scope), values)
        case .range(let first, let last):
            guard case .number(let first) = try first.value(in: scope),
                case .number(let last) = try last.value(in: scope)
            else { throw BlueprintProblem("a range needs a number on both sides of `...`") }
            let (distance, isTooFar) = max(first, last).subtractingReportingOverflow(min(first, last))
            guard !isTooFar, distance < Self.longestRange else {
                throw BlueprintProblem("a range has at most \(Self.longestRange) numbers")
            }
            let numbers = (min(first, last)...max(first, last)).map(BlueprintValue.number)
            return .list(first > last ? numbers.reversed() : numbers)
        case .not(let expression): return .truth(try !expression.isTrue(in: scope))
        case .and(let left, let right): return .truth(try left.isTrue(in: scope) ? try right.isTrue(in: scope) : false)
        case .or(let left, let right): return .truth(try left.isTrue(in: scope) ? true : try right.isTrue(in: scope))
        case .comparison(let left, let comparison, let right):
            return .truth(comparison.holds(try left.value(in: scope), try right.value(in: scope)))
        case .choice(let expression, let condition, let otherwise):
            return try (condition.isTrue(in: scope) ? expression : otherwise).value(in: scope)
        }
    }

    func isTrue(in scope: [String: BlueprintValue]) throws(BlueprintProblem) -> Bool {
        try value(in: scope).isTrue
    }
}

extension BlueprintExpression.Comparison {
    fileprivate func holds(_ left: BlueprintValue, _ right: BlueprintValue) -> Bool {
        switch (self, left, right) {
        case (.equal, _, _): left == right
        case (.unequal, _, _): left != right
        case (.less, .number(let left), .number(let right)): left < right
        case (.atMost, .number(let left), .number(let right)): left <= right
        case (.more, .number(let left), .number(let right)): left > right
        case (.atLeast, .number(let left), .number(let right)): left >= right
        case (.in, _, .list(let values)): values.contains(left)
        case (.in, .text(let part), .text(let whole)): whole.contains(part)
        default: false
        }
    }
}

/// What an expression gives.
enum BlueprintValue: Equatable, Sendable {
    case text(String)
    case number(Int)
    case truth(Bool)
    case list([BlueprintValue])

    /// A text or a list that is not empty, a number above 0.
    var isTrue: Bool {
        switch self {
        case .text(let text): !text.isEmpty
        case .number(let number): number > 0
        case .truth(let truth): truth
        case .list(let values): !values.isEmpty
        }
    }

    /// As it appears in the file; a list is written as in YAML, JSON and Python: `["a", "b"]`.
    var text: String {
        switch self {
        case .text(let text): text
        case .number(let number): String(number)
        case .truth(let truth): String(truth)
        case .list(let values): "[" + values.map(\.item).joined(separator: ", ") + "]"
        }
    }

    private var item: String {
        if case .text(let text) = self { text.debugDescription } else { text }
    }
}

/// Why an expression has no value, or cannot be understood.
struct BlueprintProblem: Error, Equatable {
    let reason: String

    init(_ reason: String) {
        self.reason = reason
    }
}
