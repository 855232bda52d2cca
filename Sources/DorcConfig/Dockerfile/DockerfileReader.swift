internal import DorcText

/// A Dockerfile's bytes -> its instructions, as BuildKit's parser reads them: directives, comments, continued lines,
/// here-documents, flags, the JSON form. See <https://docs.docker.com/reference/dockerfile/>.
struct DockerfileReader {
    struct Instruction {
        /// In upper case.
        var keyword: String
        /// `--from=build`, without the dashes, as written.
        var flags: [(name: String, value: DockerfileText)] = []
        /// What follows, split at white space or taken out of the JSON form.
        var words: [DockerfileText] = []
        var isJSON = false
        /// The keyword.
        var range: SourceRange
    }

    private(set) var instructions: [Instruction] = []
    /// What begins an escape and continues a line: `\` or a backtick.
    private(set) var escape: Unicode.Scalar = "\\"
    /// What `# syntax=` names.
    private(set) var syntax: String?

    private let file: SourceFile
    private var lines: [DockerfileText] = []

    init(_ file: SourceFile) {
        self.file = file
        var text = Substring(decoding: file.bytes, as: UTF8.self).unicodeScalars
        var column = 1
        if text.first == "\u{FEFF}" {
            text.removeFirst()
            column = 2
        }
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let line = line.last == "\r" ? line.dropLast() : line
            lines.append(
                DockerfileText(line, at: SourcePosition(line: index + 1, column: index == 0 ? column : 1)))
        }
        readDirectives()
        var next = 0
        while next < lines.count { readInstruction(&next) }
    }

    /// `# escape=` and `# syntax=` count at the top alone, before anything else.
    private mutating func readDirectives() {
        for line in lines {
            let text = line.trimmed.string
            guard text.hasPrefix("#"), let equals = text.firstIndex(of: "=") else { return }
            let name = text[..<equals].dropFirst().filter { !$0.isWhitespace }.lowercased()
            let value = String(text[text.index(after: equals)...].drop { $0.isWhitespace })
            guard !name.isEmpty, name.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber) }) else { return }
            if name == "escape", value == "`" { escape = "`" }
            if name == "syntax" { syntax = value }
        }
    }

    private mutating func readInstruction(_ next: inout Int) {
        var whole = DockerfileText()
        var isContinued = true
        while isContinued, next < lines.count {
            let line = lines[next]
            next += 1
            let trimmed = line.trimmed
            // Comments and empty lines count for nothing inside a continued line either.
            if trimmed.characters.first?.scalar == "#" || trimmed.characters.isEmpty {
                if whole.characters.isEmpty { return }
                continue
            }
            let end = line.trimmedEnd
            let body = end.characters
            isContinued = body.last?.scalar == escape && body.dropLast().last?.scalar != escape
            whole.characters += isContinued ? body.dropLast() : body
        }
        let words = whole.words
        guard let first = words.first else { return }
        var instruction = Instruction(keyword: first.string.uppercased(), range: first.range(in: file))
        if ["RUN", "COPY", "ADD"].contains(instruction.keyword) { skipHereDocuments(words, &next) }
        var rest = words.dropFirst()
        while let word = rest.first, word.string.hasPrefix("--") {
            let parts = word.characters.dropFirst(2).split(separator: "=", maxSplits: 1, whereScalar: true)
            instruction.flags.append((parts.first?.string ?? "", parts.dropFirst().first ?? DockerfileText()))
            rest.removeFirst()
        }
        if let start = rest.first?.characters.first?.position, let json = whole.suffix(from: start).jsonStrings {
            instruction.isJSON = true
            instruction.words = json
        } else {
            instruction.words = Array(rest)
        }
        instructions.append(instruction)
    }

    /// `<<EOF`, `<<-EOF`, `<<"EOF"`: the lines up to the one that is its name are no instructions.
    private func skipHereDocuments(_ words: [DockerfileText], _ next: inout Int) {
        for word in words {
            var text = word.string.drop { $0.isNumber }
            guard text.hasPrefix("<<"), !text.hasPrefix("<<<") else { continue }
            text = text.dropFirst(2)
            let dropsTabs = text.hasPrefix("-")
            if dropsTabs { text = text.dropFirst() }
            let name = text.filter { $0 != "\"" && $0 != "'" }
            guard let first = name.first, first.isLetter || first == "_" else { continue }
            while next < lines.count {
                let line = lines[next].string
                next += 1
                if (dropsTabs ? String(line.drop { $0 == "\t" }) : line) == name { break }
            }
        }
    }
}
