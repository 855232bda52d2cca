/// A file that a run would write or remove.
struct FileDifference: Sendable {
    enum Kind: Sendable {
        case new, changed, gone
    }

    /// With the output folder, as the user wrote that.
    var path: String
    var kind: Kind
    /// The unified diff.
    var text: String

    var added: Int { count("+") }
    var removed: Int { count("-") }

    /// The first two lines are the diff's head.
    private func count(_ sign: Character) -> Int {
        text.split(separator: "\n", omittingEmptySubsequences: false).dropFirst(2).count { $0.first == sign }
    }
}

/// What `--check` found, as a unified diff or, as `git diff --stat` does, with a line for each file.
struct DifferenceReport {
    let hasColour: Bool

    private static let (bold, red, green, cyan, plain) =
        ("\u{1B}[1m", "\u{1B}[31m", "\u{1B}[32m", "\u{1B}[36m", "\u{1B}[m")
    /// Columns, as git has it for what is not a terminal.
    private static let width = 80

    func diff(_ difference: FileDifference) -> String {
        guard hasColour else { return difference.text }
        var text = ""
        for (number, line) in difference.text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            if number > 0 { text += "\n" }
            switch line.first {
            case _ where number < 2: text += coloured(line, Self.bold)
            case "@": text += coloured(line, Self.cyan)
            case "+": text += coloured(line, Self.green)
            case "-": text += coloured(line, Self.red)
            default: text += line
            }
        }
        return text
    }

    /// Empty for no differences.
    func stat(_ differences: [FileDifference]) -> String {
        guard !differences.isEmpty else { return "" }
        let rows = differences.map { (name: Self.name($0), added: $0.added, removed: $0.removed) }
        let nameWidth = rows.reduce(0) { max($0, $1.name.count) }
        let most = rows.reduce(0) { max($0, $1.added + $1.removed) }
        let numberWidth = "\(most)".count
        let graphWidth = max(10, Self.width - nameWidth - numberWidth - 5)
        var text = ""
        for (name, added, removed) in rows {
            let number = "\(added + removed)"
            text += " \(name)\(Self.spaces(nameWidth - name.count)) | "
            text += "\(Self.spaces(numberWidth - number.count))\(number)"
            let plus = Self.scaled(added, most: most, width: graphWidth)
            let minus = Self.scaled(removed, most: most, width: graphWidth)
            if plus + minus > 0 { text += " " }
            if plus > 0 { text += coloured(String(repeating: "+", count: plus), Self.green) }
            if minus > 0 { text += coloured(String(repeating: "-", count: minus), Self.red) }
            text += "\n"
        }
        let added = rows.reduce(0) { $0 + $1.added }
        let removed = rows.reduce(0) { $0 + $1.removed }
        text += " \(rows.count) \(rows.count == 1 ? "file" : "files") changed"
        if added > 0 || removed == 0 { text += ", \(added) insertion\(added == 1 ? "" : "s")(+)" }
        if removed > 0 || added == 0 { text += ", \(removed) deletion\(removed == 1 ? "" : "s")(-)" }
        return text + "\n"
    }

    private static func name(_ difference: FileDifference) -> String {
        switch difference.kind {
        case .new: "\(difference.path) (new)"
        case .gone: "\(difference.path) (gone)"
        case .changed: difference.path
        }
    }

    /// What is there shows, however small its part is.
    private static func scaled(_ count: Int, most: Int, width: Int) -> Int {
        most <= width || count == 0 ? count : 1 + count * (width - 2) / most
    }

    private static func spaces(_ count: Int) -> String { String(repeating: " ", count: max(0, count)) }

    private func coloured(_ text: some StringProtocol, _ colour: String) -> String {
        hasColour ? colour + text + Self.plain : String(text)
    }
}
