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
            guard let first = parameter.first else { continue }
            if first.reads("/", in: bytes) || first.reads("**", in: bytes) { continue }
            if first.reads("*", in: bytes) {
                if parameter.dropFirst().first?.reads("*", in: bytes) == true { continue }
                if parameter.count > 1 { hasRest = true }
                isByName = true
            } else {
                let hasDefault = parameter.haveOutsideBrackets(UInt8(ascii: "="), in: bytes)
                if isByName {
                    if !hasDefault { requiredByName += 1 }
                } else {
                    positional += 1
                    if !hasDefault { required += 1 }
                }
            }
        }
    }

    /// What is between the parentheses, apart at its commas. Those of a lambda before its `:` are its own.
    private static func parameters(_ tokens: ArraySlice<PythonLexer.Token>, _ bytes: [UInt8])
        -> [ArraySlice<PythonLexer.Token>]?
    {
        var rest = tokens
        // `def`, the name, and perhaps the types of a generic function in brackets.
        guard rest.count > 2 else { return nil }
        rest = rest.dropFirst(2)
        var depth = 0
        while let token = rest.first {
            switch token.symbol(in: bytes) {
            case UInt8(ascii: "["): depth += 1
            case UInt8(ascii: "]"): depth -= 1
            case UInt8(ascii: "(") where depth == 0: depth = -1
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
            switch rest[index].symbol(in: bytes) {
            case UInt8(ascii: ")") where depth == 0: return found + [rest[start..<index]]
            case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"): depth += 1
            case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"): depth -= 1
            case UInt8(ascii: ":") where depth == 0 && lambdas > 0: lambdas -= 1
            case UInt8(ascii: ",") where depth == 0 && lambdas == 0:
                found.append(rest[start..<index])
                start = index + 1
            default: if depth == 0, rest[index].reads("lambda", in: bytes) { lambdas += 1 }
            }
        }
        return nil
    }
}
