/// A text with `{% ... %}` in it, taken apart.
struct MarkedText {
    enum Piece {
        case literal(ArraySlice<Unicode.Scalar>)
        /// Without its marks.
        case expression(ArraySlice<Unicode.Scalar>)
    }

    private var pieces: [Piece] = []
    /// The first expression as written.
    let first: String

    /// Nil without a whole expression.
    init?(_ scalars: [Unicode.Scalar]) {
        var literalStart = 0
        var index = 0
        var first: Range<Int>?
        while index + 1 < scalars.count {
            guard scalars[index] == "{", scalars[index + 1] == "%" else {
                index += 1
                continue
            }
            guard let end = Self.end(from: index + 2, in: scalars) else { break }
            if literalStart < index { pieces.append(.literal(scalars[literalStart..<index])) }
            pieces.append(.expression(scalars[(index + 2)..<end]))
            first = first ?? index..<end + 2
            index = end + 2
            literalStart = index
        }
        guard let first else { return nil }
        if literalStart < scalars.count { pieces.append(.literal(scalars[literalStart...])) }
        self.first = String(String.UnicodeScalarView(scalars[first]))
    }

    private static func end(from start: Int, in scalars: [Unicode.Scalar]) -> Int? {
        var index = start
        while index + 1 < scalars.count {
            if scalars[index] == "%", scalars[index + 1] == "}" { return index }
            index += 1
        }
        return nil
    }

    /// Templates of other languages have the same marks, as `{% include 'header' %}`: JSONata has a `$` for all that it reads
    /// or calls.
    var looksLikeJSONata: Bool {
        pieces.contains { piece in
            guard case .expression(let scalars) = piece else { return false }
            return scalars.contains("$")
        }
    }

    var isSeveral: Bool {
        pieces.count { if case .expression = $0 { true } else { false } } > 1
    }

    /// The whole as one expression, for a place where it is alone; nil where it would be long.
    var joined: String? {
        var parts: [String] = []
        for piece in pieces {
            switch piece {
            // Blanks around an expression are none of the value.
            case .literal(let scalars) where !isSeveral && scalars.allSatisfy(\.properties.isWhitespace): continue
            case .literal(let scalars):
                let text = String(String.UnicodeScalarView(scalars))
                if text.contains(where: { "'\"\\".contains($0) || $0.isNewline }) { return nil }
                parts.append("'\(text)'")
            case .expression(let scalars):
                let text = String(String.UnicodeScalarView(scalars)).split(whereSeparator: \.isWhitespace).joined(
                    separator: " ")
                if text.isEmpty || text.contains("\"") { return nil }
                let isSimple = text.allSatisfy { $0.isLetter || $0.isNumber || "$._".contains($0) }
                parts.append(isSimple || pieces.count == 1 ? text : "(\(text))")
            }
        }
        let text = "\"{% \(parts.joined(separator: " & ")) %}\""
        return text.utf8.count <= 200 ? text : nil
    }
}

/// `{{ ... }}` of other tools' templates.
enum Braces {
    /// What the templates of Airflow, Argo, Kestra, Prefect and GitHub begin with.
    private static let names: Set<String> = [
        "ds", "ds_nodash", "ts", "ts_nodash", "execution_date", "logical_date", "data_interval_start",
        "data_interval_end",
        "prev_ds", "next_ds", "run_id", "dag", "dag_run", "ti", "task_instance", "task", "macros", "var", "conn",
        "params",
        "workflow", "inputs", "outputs", "steps", "execution", "trigger", "flow", "item", "github", "env", "secrets",
        "states",
        "input",
    ]

    /// In an environment variable only what is surely another tool's: a function may fill templates itself. Descriptions may
    /// speak of them.
    static func first(in scalars: [Unicode.Scalar], _ use: ExpressionUse) -> (text: String, offsets: Range<Int>)? {
        if use == .ignored(.description) { return nil }
        var index = 0
        while index + 3 < scalars.count {
            guard scalars[index] == "{", scalars[index + 1] == "{" else {
                index += 1
                continue
            }
            let limit = min(scalars.count - 1, index + 200)
            guard
                let end = (index + 2..<max(index + 2, limit)).first(where: {
                    scalars[$0] == "}" && scalars[$0 + 1] == "}"
                })
            else { return nil }
            let inside = String(String.UnicodeScalarView(scalars[(index + 2)..<end]))
            let start = inside.drop(while: \.isWhitespace)
            let isJSONata = start.hasPrefix("$states.") || start.hasPrefix("$run_input")
            // Others begin variables with a `$` too.
            let name = String(
                start.drop { $0 == "$" && use != .ignored(.environmentVariable) }
                    .prefix { $0.isLetter || $0.isNumber || $0 == "_" })
            let isReference = inside.hasPrefix("resolve:")
            let isWord = name.first.map { $0.isLetter || $0 == "_" } ?? false
            if !isReference,
                isJSONata
                    || isWord && (use != .ignored(.environmentVariable) || names.contains(name) || name == "resolve")
            {
                return ("{{\(inside)}}", index..<end + 2)
            }
            index = end + 2
        }
        return nil
    }
}
