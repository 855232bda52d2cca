internal import DorcText

/// The form of JSONPath as Step Functions takes it (states-language.net, "Paths" and "Reference Paths"); what it selects is not
/// worked out.
enum JSONPathText {
    struct Problem: Equatable {
        var summary: String
        var help: String?
    }

    static func problem(in text: String) -> Problem? {
        guard text.hasPrefix("$") else {
            return Problem(
                summary: "`\(text)` is not a path, which starts with `$`",
                help: "as in `$.rows`, or `$$.Execution.Name`")
        }
        var brackets = 0
        var quotes = PathQuotes()
        for character in text {
            if quotes.cover(character, inBrackets: brackets > 0) { continue }
            if character == "[" || character == "(" {
                brackets += 1
            } else if character == "]" || character == ")" {
                brackets -= 1
                if brackets < 0 { break }
            }
        }
        guard !quotes.isOpen, brackets == 0 else {
            return Problem(summary: "the brackets of the path `\(text)` do not match", help: nil)
        }
        if text.hasSuffix(".") { return Problem(summary: "the path `\(text)` ends with a `.`", help: nil) }
        return nil
    }

    /// A reference path names one place: it has no `..`, `*`, `?`, `@`, `,` and `:`.
    static func referenceProblem(in text: String) -> Problem? {
        var quote: Character?
        var previous: Character?
        for character in text {
            if let open = quote {
                if character == open { quote = nil }
            } else if character == "'" || character == "\"" {
                quote = character
            } else if "*?@,:".contains(character) || character == "." && previous == "." {
                return Problem(
                    summary: "`\(text)` may select several values, and one place is wanted",
                    help: "a reference path has names and indices only, as in `$.files[0].name`")
            }
            previous = character
        }
        return nil
    }
}

/// `States.Format('...', $.rows)` and its like (Step Functions guide, "Intrinsic functions for JSONPath states").
struct IntrinsicFunction {
    private static let names = [
        "States.Array", "States.ArrayContains", "States.ArrayGetItem", "States.ArrayLength", "States.ArrayPartition",
        "States.ArrayRange", "States.ArrayUnique", "States.Base64Decode", "States.Base64Encode", "States.Format",
        "States.Hash", "States.JsonMerge", "States.JsonToString", "States.MathAdd", "States.MathRandom",
        "States.StringSplit", "States.StringToJson", "States.UUID",
    ]
    /// At most ten inside each other, says the guide.
    private static let depthLimit = 10

    static func isMeant(by text: String) -> Bool { text.hasPrefix("States.") }

    static func problem(in text: String) -> JSONPathText.Problem? {
        guard isMeant(by: text) else { return nil }
        var reader = IntrinsicFunction(rest: text[...])
        if let problem = reader.call(depth: 1) { return problem }
        reader.skipSpaces()
        return reader.rest.isEmpty
            ? nil
            : JSONPathText.Problem(summary: "`\(reader.rest)` is left over after the intrinsic function", help: nil)
    }

    private var rest: Substring

    private mutating func call(depth: Int) -> JSONPathText.Problem? {
        guard depth <= Self.depthLimit else {
            return JSONPathText.Problem(summary: "intrinsic functions are nested at most ten deep", help: nil)
        }
        let name = String(rest.prefix { $0.isLetter || $0.isNumber || $0 == "." })
        guard Self.names.contains(name) else {
            let meant = Suggestion.closest(to: name, among: Self.names)
            return JSONPathText.Problem(
                summary: "there is no intrinsic function `\(name)`", help: meant.map { "did you mean `\($0)`?" })
        }
        rest = rest.dropFirst(name.count)
        skipSpaces()
        guard rest.first == "(" else {
            return JSONPathText.Problem(summary: "`\(name)` needs its arguments in parentheses", help: nil)
        }
        rest.removeFirst()
        skipSpaces()
        if rest.first == ")" {
            rest.removeFirst()
            return nil
        }
        while true {
            if let problem = argument(of: name, depth) { return problem }
            skipSpaces()
            switch rest.first {
            case ","?: rest.removeFirst()
            case ")"?:
                rest.removeFirst()
                return nil
            default: return JSONPathText.Problem(summary: "`\(name)(` is not closed", help: "a `)` or `,` is expected")
            }
            skipSpaces()
        }
    }

    private mutating func argument(of name: String, _ depth: Int) -> JSONPathText.Problem? {
        if Self.isMeant(by: String(rest)) { return call(depth: depth + 1) }
        if rest.first == "'" {
            rest.removeFirst()
            while let character = rest.first, character != "'" {
                rest.removeFirst()
                if character == "\\", !rest.isEmpty { rest.removeFirst() }
            }
            guard !rest.isEmpty else {
                return JSONPathText.Problem(summary: "a string in `\(name)(` is not closed", help: "a `'` is missing")
            }
            rest.removeFirst()
            return nil
        }
        // A path may have brackets with commas in them.
        var brackets = 0
        var length = 0
        var quotes = PathQuotes()
        for character in rest {
            if quotes.cover(character, inBrackets: brackets > 0) {
                length += 1
                continue
            }
            if character == "[" || character == "(" { brackets += 1 }
            if brackets == 0, character == "," || character == ")" { break }
            if character == "]" || character == ")" { brackets -= 1 }
            length += 1
        }
        var text = rest.prefix(length)
        rest = rest.dropFirst(length)
        while text.last?.isWhitespace == true { text.removeLast() }
        if text.hasPrefix("$") { return JSONPathText.problem(in: String(text)) }
        guard text != "null", Bool(String(text)) == nil, JSONNumber(String(text)) == nil else { return nil }
        return JSONPathText.Problem(
            summary: "`\(text)` is not an argument of an intrinsic function",
            help: "a path, a number, `true`, `false`, `null`, another function, or a string in single quotes")
    }

    private mutating func skipSpaces() {
        while rest.first?.isWhitespace == true { rest.removeFirst() }
    }
}

/// Which characters of a path are in a string, as in `$['a)b']`, or in the regular expression of a filter, as in
/// `[?(@.name =~ /it's/)]`: brackets there are not those of the path.
private struct PathQuotes {
    private var closing: Character?
    private var isEscaped = false
    private var recent = ""

    var isOpen: Bool { closing != nil }

    /// Takes the next character, and says whether it is in quotes; the quotes themselves are.
    mutating func cover(_ character: Character, inBrackets: Bool) -> Bool {
        if let closing {
            if isEscaped {
                isEscaped = false
            } else if character == "\\" {
                isEscaped = true
            } else if character == closing {
                self.closing = nil
            }
            return true
        }
        let startsPattern = character == "/" && recent == "=~"
        if inBrackets, character == "'" || character == "\"" || startsPattern {
            closing = character
            recent = ""
            return true
        }
        if !character.isWhitespace { recent = String((recent + String(character)).suffix(2)) }
        return false
    }
}
