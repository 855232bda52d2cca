/// A value directly after another one: often a word that is an operator in another language.
extension JSONataParser {
    func wrongValue(expected: JSONataSymbol?) -> JSONataProblem {
        let before = lexer.excerpt(previous.offset)
        let word = lexer.excerpt(current.offset)
        if expected == .colon {
            return problem("a `:` is missing between the key and its value")
        }
        if let problem = foreignWord(word) ?? foreignWord(before, isBefore: true) { return problem }
        switch (previous.kind, current.kind) {
        case (.string, .string):
            return problem(
                "two strings are side by side",
                help: before.count == 2
                    ? "JSONata has no triple quotes: a string in quotes may have several lines" : "join them with `&`")
        case (.number, .number) where before == "0":
            return problem("a number does not begin with 0", help: "write the digits without leading zeros")
        case (.number, .name(let name, isQuoted: false)) where name.hasPrefix("_"):
            return problem("a number has no `_` between its digits", replacement: "")
        case (.regularExpression, .name(let name, isQuoted: false)):
            return problem("`\(name)` is not a flag of a regular expression", help: "the flags are `i` and `m`")
        case (.name(_, isQuoted: false), .name(_, isQuoted: false)):
            return problem(
                "an operator is missing between `\(before)` and `\(word)`",
                help: "a field's name with a blank in it is written in backticks: `\u{60}\(before) \(word)\u{60}`")
        default:
            let wanted = expected.map { ", or a `\($0.rawValue)`" } ?? ""
            return problem("an operator is missing between `\(before)` and `\(word)`\(wanted)")
        }
    }

    private func foreignWord(_ word: String, isBefore: Bool = false) -> JSONataProblem? {
        var problem = problem("JSONata has no `\(word)`")
        if isBefore { problem.offset = previous.offset }
        switch word {
        case "if", "else", "elif", "then", "unless":
            problem.help = "write `condition ? value : other`"
        case "for", "while":
            problem.help =
                "a path goes through all items: `rows.(price * 2)`, `rows[price > 0]`, or "
                + "`$map(rows, function($row) { ... })`"
        case "not":
            problem.help = "write `$not(...)`, for example `$not(x in y)`"
        case "is":
            problem.help = "write `=`, or `$exists(x)` to ask whether there is a value"
            if !isBefore { problem.replacement = "=" }
        case "lambda":
            problem.help = "write `function($x) { $x + 1 }`"
        case "return":
            problem.help = "the last expression between parentheses is the value"
        case "let", "var", "const":
            problem.help = "write `( $x := 1; ... )`"
        case "mod": (problem.help, problem.replacement) = ("write `%`", isBefore ? nil : "%")
        case "div": (problem.help, problem.replacement) = ("write `$floor(a / b)`", nil)
        case "AND", "OR", "IN", "And", "Or", "In":
            problem = JSONataProblem(
                offset: problem.offset, summary: "`\(word)` is written in lower case", replacement: word.lowercased())
        case "eq", "ne", "gt", "ge", "lt", "le", "contains", "like", "matches", "LIKE", "IS", "NOT":
            problem.help =
                "its operators are `=`, `!=`, `<`, `>`, `in`; `$contains(text, part)` and others are functions"
        case "await", "yield", "def", "import", "print", "assert", "raise", "try", "with":
            problem.help = "it is a language of expressions only"
        default: return nil
        }
        return problem
    }
}
