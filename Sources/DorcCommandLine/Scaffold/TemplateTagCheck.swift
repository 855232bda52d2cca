/// Finds what Stencil would pass over in silence, or stop the process at: unknown variables, tags that are not closed,
/// filters without a name or an argument. One check reads one template's tags in order.
struct TemplateTagCheck {
    /// The variables that there are, all of them text.
    let variables: Set<String>
    private(set) var mistakes: [(tag: TemplateTag, reason: String)] = []
    /// Names that the `for` tags around the current tag bring, the innermost last.
    private var loops: [Set<String>] = []

    private static let operators: Set<String> = ["and", "or", "not", "in", "if", "else", "true", "false"]
    private static let tagsWithConditions: Set<String> = ["if", "elif", "ifnot"]

    init(variables: Set<String>) {
        self.variables = variables
    }

    mutating func check(_ tag: TemplateTag) {
        let delimiters = tag.kind == .comment ? "{# #}" : tag.kind == .block ? "{% %}" : "{{ }}"
        guard tag.isClosed else {
            return report(tag, "`\(delimiters.prefix(2))` is not closed by `\(delimiters.suffix(2))`")
        }
        guard tag.kind != .comment else { return }
        guard let words = TemplateWord.split(tag.contents) else {
            return report(tag, "a quote is not closed")
        }
        guard let first = words.first else { return report(tag, "`\(delimiters)` is empty") }
        if tag.kind == .variable {
            checkExpression(words[...], of: tag)
        } else if case .name(let name) = first {
            checkBlock(name, words.dropFirst(), of: tag)
        }
    }

    private mutating func checkBlock(_ name: String, _ words: ArraySlice<TemplateWord>, of tag: TemplateTag) {
        if Self.tagsWithConditions.contains(name) {
            checkExpression(words, of: tag)
        } else if name == "for" {
            let names = words.prefix { $0 != .name("in") }
            let rest = words.dropFirst(names.count + 1)
            let values = rest.prefix { $0 != .name("where") }
            checkExpression(values, of: tag)
            loops.append(Set(names.compactMap(\.name)).union(["forloop"]))
            checkExpression(rest.dropFirst(values.count + 1), of: tag)
        } else if name == "endfor" {
            _ = loops.popLast()
        }
    }

    private mutating func checkExpression(_ words: ArraySlice<TemplateWord>, of tag: TemplateTag) {
        var previous: TemplateWord?
        for word in words {
            switch (previous, word) {
            case (.sign("|"), .name):
                break  // A filter's name, which Stencil checks.
            case (.sign("|"), _):
                report(tag, "the name of a filter is missing after `|`")
            case (.sign(":"), .sign("|")), (.sign(":"), .sign(",")), (.sign(","), .sign(",")), (.sign(","), .sign("|")):
                report(tag, "an argument is missing")
            case (nil, .sign("|")), (nil, .sign(":")), (nil, .sign(",")):
                report(tag, "a variable is missing")
            case (.name(let name), .sign(".")) where variables.contains(name) && !isLoopName(name),
                (.name(let name), .sign("[")) where variables.contains(name) && !isLoopName(name):
                report(tag, "`\(name)` is text and has no parts")
            case (.sign("."), .name):
                break  // A part of what a `for` brings.
            case (_, .name(let name)) where !isKnown(name):
                let known = variables.sorted().joined(separator: ", ")
                report(tag, "unknown variable `\(name)`; there are \(known)")
            default:
                break
            }
            previous = word
        }
        switch previous {
        case .sign("|"): report(tag, "the name of a filter is missing after `|`")
        case .sign(":"), .sign(","): report(tag, "an argument is missing")
        default: break
        }
    }

    private func isKnown(_ name: String) -> Bool {
        variables.contains(name) || Self.operators.contains(name) || isLoopName(name)
    }

    private func isLoopName(_ name: String) -> Bool {
        loops.contains { $0.contains(name) }
    }

    private mutating func report(_ tag: TemplateTag, _ reason: String) {
        mistakes.append((tag, reason))
    }
}

/// A word of a tag, as far as the check of variables needs to tell them apart.
enum TemplateWord: Equatable {
    case name(String)
    case text
    case number
    case sign(Unicode.Scalar)

    var name: String? {
        if case .name(let name) = self { name } else { nil }
    }

    /// Nil where a quote is not closed.
    static func split(_ contents: String) -> [TemplateWord]? {
        var words: [TemplateWord] = []
        var rest = Substring(contents).unicodeScalars
        while let first = rest.first {
            if first == "\"" || first == "'" {
                guard let end = rest.dropFirst().firstIndex(of: first) else { return nil }
                words.append(.text)
                rest = rest[rest.index(after: end)...]
            } else if first == "_" || first.properties.isAlphabetic {
                let name = rest.prefix { $0 == "_" || $0 == "-" || $0.properties.isAlphabetic || isDigit($0) }
                words.append(.name(String(name)))
                rest = rest.dropFirst(name.count)
            } else if isDigit(first) {
                words.append(.number)
                rest = rest.drop { isDigit($0) || $0 == "." }
            } else {
                if !first.properties.isWhitespace { words.append(.sign(first)) }
                rest = rest.dropFirst()
            }
        }
        return words
    }

    private static func isDigit(_ scalar: Unicode.Scalar) -> Bool {
        ("0"..."9").contains(scalar)
    }
}
