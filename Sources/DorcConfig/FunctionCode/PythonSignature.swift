/// The parameters of a `def`, as far as it takes to tell whether it can be called with two arguments
/// (<https://docs.python.org/3/reference/compound_stmts.html#function-definitions>).
struct PythonSignature: Equatable {
    /// Those that a call may give by position.
    var positional = 0
    /// Of these, those without a default.
    var required = 0
    var hasRest = false
    /// Parameters without a default after a `*`: a call by position cannot give them.
    var requiredByName = 0

    /// As Lambda does (`awslambdaric`, bootstrap.py: `request_handler(event, lambda_context)`).
    var takesTwo: Bool { (positional >= 2 || hasRest) && required <= 2 && requiredByName == 0 }

    /// Nil where the parameters are not read whole.
    init?(_ tokens: ArraySlice<PythonLexer.Token>, of bytes: [UInt8]) {
        guard let parameters = Self.parameters(tokens, bytes) else { return nil }
        var isByName = false
        for parameter in parameters {
            let words = parameter.map { $0.kind == .string ? "" : String(decoding: bytes[$0.range], as: UTF8.self) }
            guard let first = words.first else { continue }
            switch first {
            case "/": continue
            case "**": continue
            case "*":
                if words.dropFirst().first == "*" { continue }
                if words.count > 1 { hasRest = true }
                isByName = true
            default:
                let hasDefault = Self.hasDefault(words)
                if isByName {
                    if !hasDefault { requiredByName += 1 }
                } else {
                    positional += 1
                    if !hasDefault { required += 1 }
                }
            }
        }
    }

    private static func hasDefault(_ words: [String]) -> Bool {
        var depth = 0
        for word in words {
            switch word {
            case "(", "[", "{": depth += 1
            case ")", "]", "}": depth -= 1
            case "=" where depth == 0: return true
            default: break
            }
        }
        return false
    }

    /// What is between the parentheses, apart at its commas. Those of a lambda before its `:` are its own.
    private static func parameters(_ tokens: ArraySlice<PythonLexer.Token>, _ bytes: [UInt8])
        -> [ArraySlice<PythonLexer.Token>]?
    {
        var rest = tokens
        func word(_ token: PythonLexer.Token) -> String {
            token.kind == .string ? "" : String(decoding: bytes[token.range], as: UTF8.self)
        }
        // `def`, the name, and perhaps the types of a generic function in brackets.
        guard rest.count > 2 else { return nil }
        rest = rest.dropFirst(2)
        var depth = 0
        while let token = rest.first {
            switch word(token) {
            case "[": depth += 1
            case "]": depth -= 1
            case "(" where depth == 0: depth = -1
            default: if depth == 0 { return nil }
            }
            rest = rest.dropFirst()
            if depth < 0 { break }
        }
        depth = 0
        var lambdas = 0
        var found: [ArraySlice<PythonLexer.Token>] = []
        var start = rest.startIndex
        for index in rest.indices {
            switch word(rest[index]) {
            case ")" where depth == 0: return found + [rest[start..<index]]
            case "(", "[", "{": depth += 1
            case ")", "]", "}": depth -= 1
            case "lambda" where depth == 0: lambdas += 1
            case ":" where depth == 0 && lambdas > 0: lambdas -= 1
            case "," where depth == 0 && lambdas == 0:
                found.append(rest[start..<index])
                start = index + 1
            default: break
            }
        }
        return nil
    }
}
