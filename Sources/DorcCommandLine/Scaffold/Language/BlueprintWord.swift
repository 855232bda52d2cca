/// A word of a tag.
enum BlueprintWord: Equatable, Sendable {
    case name(String)
    /// In quotes, single or double, which cannot stand in it.
    case text(String)
    case number(Int)
    case sign(String)

    private static let signs = ["...", "==", "!=", "<=", ">=", "<", ">", "|", ":", ",", "(", ")", ".", "[", "]"]

    /// As it is written.
    var text: String {
        switch self {
        case .name(let text), .sign(let text): text
        case .text(let text): "\"\(text)\""
        case .number(let number): String(number)
        }
    }

    var isSignOrName: Bool {
        switch self {
        case .name, .sign: true
        case .text, .number: false
        }
    }

    static func split(_ contents: String) throws(BlueprintProblem) -> [BlueprintWord] {
        var words: [BlueprintWord] = []
        var rest = Substring(contents).unicodeScalars
        while let first = rest.first {
            if first.properties.isWhitespace {
                rest.removeFirst()
            } else if first == "\"" || first == "'" {
                guard let end = rest.dropFirst().firstIndex(of: first) else {
                    throw BlueprintProblem("a quote is not closed")
                }
                words.append(.text(String(rest[rest.index(after: rest.startIndex)..<end])))
                rest = rest[rest.index(after: end)...]
            } else if first == "_" || first.properties.isAlphabetic {
                let name = rest.prefix { $0 == "_" || $0 == "-" || $0.properties.isAlphabetic || isDigit($0) }
                words.append(.name(String(name)))
                rest = rest.dropFirst(name.count)
            } else if isDigit(first) || first == "-" {
                let digits = rest.dropFirst().prefix(while: isDigit)
                let number = String(first) + String(digits)
                guard let value = Int(number) else { throw BlueprintProblem("`\(number)` is not a number") }
                words.append(.number(value))
                rest = rest.dropFirst(number.count)
            } else if let sign = signs.first(where: { Substring(rest).hasPrefix($0) }) {
                words.append(.sign(sign))
                rest = rest.dropFirst(sign.count)
            } else {
                throw BlueprintProblem("`\(first)` is not expected here")
            }
        }
        return words
    }

    private static func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }
}
