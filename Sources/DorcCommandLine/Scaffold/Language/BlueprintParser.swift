/// Reads a whole blueprint: which tags belong together, and what is in each. A tag with a mistake is passed over, so that
/// all mistakes are found at once.
struct BlueprintParser {
    private let parts: [BlueprintPart]
    private let file: String
    private var position = 0
    private var depth = 0
    private var mistakes: [BlueprintMistake] = []
    private var isTooDeep = false
    /// The variables, and what each `for` around the current tag brings.
    private var known: [Set<String>]

    private static let words = ["if", "ifnot", "elif", "else", "endif", "for", "empty", "endfor"]
    private static let deepest = 50

    static func parse(
        _ text: String, file: String, variables: Set<String>
    ) throws(BlueprintMistakes) -> [BlueprintText.Node] {
        var parser = BlueprintParser(parts: BlueprintScanner.scan(text), file: file, known: [variables])
        let nodes = parser.nodes(until: [])
        guard parser.mistakes.isEmpty else { throw BlueprintMistakes(all: parser.mistakes) }
        return nodes
    }

    private init(parts: [BlueprintPart], file: String, known: [Set<String>]) {
        (self.parts, self.file, self.known) = (parts, file, known)
    }

    /// The nodes up to a block of one of these words, which stays the current part, or to the end.
    private mutating func nodes(until ends: [String]) -> [BlueprintText.Node] {
        var nodes: [BlueprintText.Node] = []
        depth += 1
        defer { depth -= 1 }
        while position < parts.count {
            switch parts[position] {
            case .text(let text): nodes.append(.text(text))
            case .tag(let tag) where !tag.isClosed:
                let delimiters = tag.kind.delimiters
                report(tag, "`\(delimiters.prefix(2))` is not closed by `\(delimiters.suffix(2))`")
            case .tag(let tag) where tag.kind == .comment: break
            case .tag(let tag):
                guard var words = words(of: tag) else { break }
                guard tag.kind == .value else {
                    guard let word = words.name() else {
                        report(tag, "the block does not begin with a word")
                        break
                    }
                    if ends.contains(word) { return nodes }
                    position += 1
                    if let node = block(word, words, tag) { nodes.append(node) }
                    continue
                }
                let value = reporting(tag) { () throws(BlueprintProblem) in try words.wholeTag() }
                if let value { nodes.append(.value(value, tag)) }
            }
            position += 1
        }
        return nodes
    }

    /// The block that begins with `word`, with all that belongs to it.
    private mutating func block(
        _ word: String, _ words: BlueprintExpressionParser, _ tag: BlueprintTag
    ) -> BlueprintText.Node? {
        guard depth < Self.deepest else {
            report(tag, "blocks are nested more than \(Self.deepest) deep")
            isTooDeep = true
            position = parts.count
            return nil
        }
        switch word {
        case "if", "ifnot": return branches(word, words, tag)
        case "for": return loop(words, tag)
        default:
            report(
                tag,
                Self.words.contains(word)
                    ? "`\(word)` is not expected here"
                    : "unknown block `\(word)`; there are \(Self.words.joined(separator: ", "))")
            return nil
        }
    }

    private mutating func branches(
        _ word: String, _ words: BlueprintExpressionParser, _ tag: BlueprintTag
    ) -> BlueprintText.Node? {
        var branches: [BlueprintText.Branch] = []
        var (word, words, current) = (word, words, tag)
        while true {
            var condition = BlueprintExpression.constant(.truth(true))
            reporting(current) { () throws(BlueprintProblem) in
                if word == "else" { return try words.finish() }
                condition = try words.wholeCondition()
                if word == "ifnot" { condition = .not(condition) }
            }
            let ends = word == "else" ? ["endif"] : ["elif", "else", "endif"]
            branches.append(BlueprintText.Branch(condition: condition, tag: current, nodes: nodes(until: ends)))
            guard let next = takeBlock() else {
                report(tag, "`if` is not closed by `endif`")
                return nil
            }
            (word, words, current) = next
            if word == "endif" {
                reporting(current) { () throws(BlueprintProblem) in try words.finish() }
                return .branches(branches)
            }
        }
    }

    private mutating func loop(_ words: BlueprintExpressionParser, _ tag: BlueprintTag) -> BlueprintText.Node? {
        let head = reporting(tag) { () throws(BlueprintProblem) in try Self.head(words) }
        // With a mistake in the head, what is inside is checked as far as it can be.
        known.append(Set(BlueprintText.Loop.parts + (head.map { [$0.name] } ?? [])))
        let nodes = nodes(until: ["empty", "endfor"])
        known.removeLast()
        var empty: [BlueprintText.Node] = []
        var end = takeBlock()
        if let middle = end, middle.word == "empty" {
            reporting(middle.tag) { () throws(BlueprintProblem) in try middle.words.finish() }
            empty = self.nodes(until: ["endfor"])
            end = takeBlock()
        }
        guard let end else {
            report(tag, "`for` is not closed by `endfor`")
            return nil
        }
        reporting(end.tag) { () throws(BlueprintProblem) in try end.words.finish() }
        return head.map { head in
            .loop(
                BlueprintText.Loop(
                    name: head.name, values: head.values, condition: head.condition, tag: tag, nodes: nodes,
                    empty: empty))
        }
    }

    /// `name in values`, `name in values where condition`.
    private static func head(
        _ words: BlueprintExpressionParser
    ) throws(BlueprintProblem) -> (name: String, values: BlueprintExpression, condition: BlueprintExpression?) {
        var words = words
        guard let name = words.name(), words.take(.name("in")) else {
            throw BlueprintProblem("`for` is written `for NAME in VALUES`")
        }
        let values = try words.range()
        var condition: BlueprintExpression?
        if words.take(.name("where")) {
            words.know(name)
            condition = try words.condition()
        }
        try words.finish()
        return (name, values, condition)
    }

    /// The block that ended `nodes(until:)`, which is taken; nil at the end of the text.
    private mutating func takeBlock() -> (word: String, words: BlueprintExpressionParser, tag: BlueprintTag)? {
        guard position < parts.count, case .tag(let tag) = parts[position], var words = words(of: tag),
            let word = words.name()
        else { return nil }
        position += 1
        return (word, words, tag)
    }

    private var names: Set<String> { known.reduce(into: []) { $0.formUnion($1) } }

    private mutating func words(of tag: BlueprintTag) -> BlueprintExpressionParser? {
        let names = names
        return reporting(tag) { () throws(BlueprintProblem) in
            try BlueprintExpressionParser(tag.contents, known: names)
        }
    }

    /// Nil where `body` finds a problem, which is then a mistake at the tag.
    @discardableResult
    private mutating func reporting<Value>(
        _ tag: BlueprintTag, _ body: () throws(BlueprintProblem) -> Value
    ) -> Value? {
        do throws(BlueprintProblem) {
            return try body()
        } catch {
            report(tag, error.reason)
            return nil
        }
    }

    private mutating func report(_ tag: BlueprintTag, _ reason: String) {
        if !isTooDeep { mistakes.append(BlueprintMistake(file: file, tag: tag, reason: reason)) }
    }
}
