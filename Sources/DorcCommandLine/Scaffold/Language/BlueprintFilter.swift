import DorcYAML

/// What may follow a `|`.
enum BlueprintFilter: String, CaseIterable, Sendable {
    /// A YAML scalar that reads back as the same string.
    case yaml
    /// `$${` for `${`, for values in which dorc expands variables.
    case literal
    case uppercase, lowercase
    /// The first letter of each word is upper case, the others lower case.
    case capitalize
    /// `split:"_"` makes a list; without an argument, at spaces.
    case split
    /// `join:", "` makes one text of a list; without an argument, nothing is put in between.
    case join
    /// `indent:2` puts so many spaces before every line but the first; `indent:2,"*",true` something else, and before the
    /// first as well.
    case indent
    /// `default:"none"` takes the place of an empty text.
    case `default`

    var mostArguments: Int {
        switch self {
        case .yaml, .literal, .uppercase, .lowercase, .capitalize: 0
        case .split, .join, .default: 1
        case .indent: 3
        }
    }

    func apply(
        to value: BlueprintValue, _ arguments: [BlueprintValue]
    ) throws(BlueprintProblem) -> BlueprintValue {
        switch self {
        case .yaml: return .text(YAMLText.scalar(try text(value)))
        case .literal: return .text(try text(value).replacing("${", with: "$${"))
        case .uppercase: return map(value) { $0.uppercased() }
        case .lowercase: return map(value) { $0.lowercased() }
        case .capitalize: return map(value, Self.capitalized)
        case .split:
            guard case .text(let text) = value else { return value }
            let separator = arguments.first?.text ?? " "
            guard !separator.isEmpty else { return .list([value]) }
            return .list(text.split(separator: separator, omittingEmptySubsequences: false).map { .text(String($0)) })
        case .join:
            guard case .list(let values) = value else { return value }
            return .text(values.map(\.text).joined(separator: arguments.first?.text ?? ""))
        case .indent: return .text(try indented(value.text, arguments))
        case .default: return value == .text("") ? arguments.first ?? value : value
        }
    }

    private func text(_ value: BlueprintValue) throws(BlueprintProblem) -> String {
        switch value {
        case .text(let text): return text
        case .number(let number): return String(number)
        case .truth, .list: throw BlueprintProblem("the filter `\(rawValue)` takes text")
        }
    }

    private func map(_ value: BlueprintValue, _ transform: (String) -> String) -> BlueprintValue {
        if case .list(let values) = value { return .list(values.map { .text(transform($0.text)) }) }
        return .text(transform(value.text))
    }

    private static func capitalized(_ text: String) -> String {
        var result = ""
        var isInside = false
        for scalar in text.unicodeScalars {
            let isLetter = scalar.properties.isAlphabetic || isInside && (scalar == "'" || scalar == "\u{2019}")
            result += isLetter && !isInside ? scalar.properties.titlecaseMapping : scalar.properties.lowercaseMapping
            isInside = isLetter
        }
        return result
    }

    private func indented(_ text: String, _ arguments: [BlueprintValue]) throws(BlueprintProblem) -> String {
        var (width, unit, isWhole) = (4, " ", false)
        if arguments.count > 0 {
            guard case .number(let given) = arguments[0], (0...100).contains(given) else {
                throw BlueprintProblem("the first argument of `indent` is a number up to 100")
            }
            width = given
        }
        if arguments.count > 1 {
            guard case .text(let given) = arguments[1] else {
                throw BlueprintProblem("the second argument of `indent` is a text")
            }
            unit = given
        }
        if arguments.count > 2 {
            guard case .truth(let given) = arguments[2] else {
                throw BlueprintProblem("the third argument of `indent` is `true` or `false`")
            }
            isWhole = given
        }
        let indentation = String(repeating: unit, count: width)
        let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated()
        return lines.map { index, line in
            (index == 0 ? isWhole : !line.isEmpty) ? indentation + line : String(line)
        }.joined(separator: "\n")
    }
}
