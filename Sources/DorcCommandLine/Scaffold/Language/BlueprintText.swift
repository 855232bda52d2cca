/// The text of a blueprint, ready to be written with values: a small part of the language of Stencil (and so of Jinja and
/// Django), which `docs/starting-points.md` describes.
struct BlueprintText {
    indirect enum Node {
        case text(String)
        case value(BlueprintExpression, BlueprintTag)
        /// The first branch whose condition is true.
        case branches([Branch])
        case loop(Loop)
    }

    struct Branch {
        var condition: BlueprintExpression
        var tag: BlueprintTag
        var nodes: [Node]
    }

    struct Loop {
        var name: String
        var values: BlueprintExpression
        /// Leaves out the values for which it is false.
        var condition: BlueprintExpression?
        var tag: BlueprintTag
        var nodes: [Node]
        /// For no values.
        var empty: [Node]

        static let own = "forloop"
        static let parts = ["first", "last", "counter", "counter0", "length"].map { "\(own).\($0)" }
    }

    private let nodes: [Node]
    private let file: String

    /// `file` is the path to show in messages, `variables` the names of all that there are.
    ///
    /// - Throws: every mistake.
    init(_ text: String, file: String, variables: Set<String>) throws(BlueprintMistakes) {
        self.file = file
        nodes = try BlueprintParser.parse(text, file: file, variables: variables)
    }

    func render(_ variables: [String: String]) throws(BlueprintMistakes) -> String {
        var result = ""
        do throws(LocatedProblem) {
            try Self.render(nodes, variables.mapValues(BlueprintValue.text), into: &result)
        } catch {
            throw BlueprintMistakes(all: [BlueprintMistake(file: file, tag: error.tag, reason: error.problem.reason)])
        }
        return result
    }

    private struct LocatedProblem: Error {
        var problem: BlueprintProblem
        var tag: BlueprintTag
    }

    private static func render(
        _ nodes: [Node], _ scope: [String: BlueprintValue], into result: inout String
    ) throws(LocatedProblem) {
        for node in nodes {
            switch node {
            case .text(let text): result += text
            case .value(let expression, let tag):
                result += try located(tag) { () throws(BlueprintProblem) in try expression.value(in: scope) }.text
            case .branches(let branches):
                for branch in branches {
                    let isTaken = try located(branch.tag) { () throws(BlueprintProblem) in
                        try branch.condition.isTrue(in: scope)
                    }
                    guard isTaken else { continue }
                    try render(branch.nodes, scope, into: &result)
                    break
                }
            case .loop(let loop): try render(loop, scope, into: &result)
            }
        }
    }

    private static func render(
        _ loop: Loop, _ scope: [String: BlueprintValue], into result: inout String
    ) throws(LocatedProblem) {
        let values = try located(loop.tag) { () throws(BlueprintProblem) in
            guard case .list(let values) = try loop.values.value(in: scope) else {
                throw BlueprintProblem(
                    "`for` goes through a list, as in `function|split:\"_\"`, or a range, as in `1...3`")
            }
            guard let condition = loop.condition else { return values }
            var kept: [BlueprintValue] = []
            for value in values {
                if try condition.isTrue(in: scope.merging([loop.name: value]) { $1 }) { kept.append(value) }
            }
            return kept
        }
        if values.isEmpty { try render(loop.empty, scope, into: &result) }
        var inner = scope
        for (index, value) in values.enumerated() {
            inner[loop.name] = value
            let parts: [BlueprintValue] = [
                .truth(index == 0), .truth(index == values.count - 1), .number(index + 1), .number(index),
                .number(values.count),
            ]
            for (name, part) in zip(Loop.parts, parts) { inner[name] = part }
            try render(loop.nodes, inner, into: &result)
        }
    }

    private static func located<Value>(
        _ tag: BlueprintTag, _ body: () throws(BlueprintProblem) -> Value
    ) throws(LocatedProblem) -> Value {
        do throws(BlueprintProblem) {
            return try body()
        } catch {
            throw LocatedProblem(problem: error, tag: tag)
        }
    }
}

/// A mistake in a blueprint, shown as `file:line:column: error: what`.
struct BlueprintMistake: Equatable, Sendable, CustomStringConvertible {
    var file: String
    /// 1-based; nil where the whole file, or its name, is meant.
    var line: Int?
    var column: Int?
    var reason: String

    init(file: String, tag: BlueprintTag? = nil, reason: String) {
        (self.file, line, column, self.reason) = (file, tag?.line, tag?.column, reason)
    }

    var description: String {
        ([file] + [line, column].compactMap { $0 }.map(String.init)).joined(separator: ":") + ": error: " + reason
    }
}

/// All mistakes in one blueprint.
struct BlueprintMistakes: Error, Equatable {
    var all: [BlueprintMistake]
}
