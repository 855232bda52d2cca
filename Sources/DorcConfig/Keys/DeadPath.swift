internal import DorcText
internal import JSONata

/// A text that is a whole path of JSONPath, or of JSONata without its marks: `$.detail.bucket.name`, `$$.Execution.Id`,
/// `$states.input.rows[0]`. Step Functions passes it on as it is written. Prices and a shell's variables are no paths.
struct DeadPath {
    /// JSONata for the same.
    let expression: String

    /// Longer ones are no paths that somebody writes by hand.
    private static let limit = 200

    init?(_ text: String) {
        guard text.hasPrefix("$"), text.utf8.count <= Self.limit else { return nil }
        let starts = [
            ("$states.input", "$states.input"), ("$states.context", "$states.context"),
            ("$$", "$states.context"), ("$", "$states.input"),
        ]
        guard let start = starts.first(where: { text.hasPrefix($0.0) }),
            let steps = Self.steps(Array(text.unicodeScalars.dropFirst(start.0.unicodeScalars.count)))
        else { return nil }
        // `$` alone may be anything.
        if steps.isEmpty, start.0.utf8.count <= 2 { return nil }
        expression = start.1 + steps
    }

    /// `.name`, `['name']`, `[0]` and `[*]`, as JSONata; nil for anything else.
    private static func steps(_ scalars: [Unicode.Scalar]) -> String? {
        var written = ""
        var rest = scalars[...]
        while let first = rest.popFirst() {
            switch first {
            case ".":
                if rest.first == "`" {
                    rest.removeFirst()
                    guard let end = rest.firstIndex(of: "`"), end > rest.startIndex else { return nil }
                    written += ".`\(text(rest[..<end]))`"
                    rest = rest[(end + 1)...]
                    continue
                }
                let name = rest.prefix(while: isInName)
                guard let letter = name.first, isStart(letter), name.last != "-" else { return nil }
                rest = rest.dropFirst(name.count)
                written += step(text(name))
            case "[":
                guard let end = rest.firstIndex(of: "]") else { return nil }
                let inside = rest[..<end]
                rest = rest[(end + 1)...]
                guard let index = bracket(inside) else { return nil }
                written += index
            default: return nil
            }
        }
        return written
    }

    private static func bracket(_ inside: ArraySlice<Unicode.Scalar>) -> String? {
        guard let first = inside.first, let last = inside.last else { return nil }
        // JSONata takes a field of all items by itself.
        if inside.count == 1, first == "*" { return "" }
        if inside.allSatisfy({ ("0"..."9").contains($0) }), inside.count <= 9 { return "[\(text(inside))]" }
        guard inside.count > 2, first == last, first == "'" || first == "\"" else { return nil }
        let name = inside.dropFirst().dropLast()
        guard name.allSatisfy({ isInName($0) || $0 == " " }) else { return nil }
        return step(text(name))
    }

    private static func step(_ name: String) -> String { "." + JSONataName.written(name) }

    private static func text(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
        String(String.UnicodeScalarView(scalars))
    }

    private static func isStart(_ scalar: Unicode.Scalar) -> Bool {
        scalar == "_" || ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar)
    }

    private static func isInName(_ scalar: Unicode.Scalar) -> Bool {
        isStart(scalar) || scalar == "-" || ("0"..."9").contains(scalar)
    }
}

extension Diagnostic {
    static func deadPath(_ path: DeadPath, _ text: String, at range: SourceRange) -> Diagnostic {
        let isOneLine = range.start.line == range.end.line
        return Diagnostic(
            .deadExpression, at: range.firstLine,
            "nothing evaluates `\(text)`: it is passed on as this string",
            help: "write JSONata between `{%` and `%}`",
            replacement: isOneLine ? "\"{% \(path.expression) %}\"" : nil)
    }
}
