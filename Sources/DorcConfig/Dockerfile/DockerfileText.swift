internal import DorcText

/// A piece of a Dockerfile, each character with its place.
struct DockerfileText: Sendable {
    struct Character: Sendable {
        var scalar: Unicode.Scalar
        var position: SourcePosition
    }

    var characters: [Character] = []

    init() {}

    init(_ line: some Sequence<Unicode.Scalar>, at start: SourcePosition) {
        var position = start
        for scalar in line {
            characters.append(Character(scalar: scalar, position: position))
            position.column += 1
        }
    }

    fileprivate init(_ characters: some Sequence<Character>) {
        self.characters = Array(characters)
    }

    var string: String {
        var scalars = String.UnicodeScalarView()
        scalars.append(contentsOf: characters.lazy.map(\.scalar))
        return String(scalars)
    }

    func range(in file: SourceFile) -> SourceRange {
        guard let first = characters.first, let last = characters.last else { return file.wholeFile }
        let end = SourcePosition(line: last.position.line, column: last.position.column + 1)
        return SourceRange(file: file, start: first.position, end: end)
    }

    var trimmedEnd: DockerfileText {
        let end = characters.lastIndex { !$0.scalar.properties.isWhitespace }
        return DockerfileText(characters[..<(end.map { $0 + 1 } ?? 0)])
    }

    var trimmed: DockerfileText { DockerfileText(trimmedEnd.characters.drop { $0.scalar.properties.isWhitespace }) }

    func suffix(from position: SourcePosition) -> DockerfileText {
        DockerfileText(characters.drop { $0.position < position })
    }

    /// Split at white space.
    var words: [DockerfileText] {
        characters.split { $0.scalar.properties.isWhitespace }.map { DockerfileText($0) }
    }

    /// The strings of a JSON array; nil where it is none.
    var jsonStrings: [DockerfileText]? {
        let text = trimmed
        guard text.characters.first?.scalar == "[", text.characters.last?.scalar == "]" else { return nil }
        var strings: [DockerfileText] = []
        var rest = text.characters.dropFirst().dropLast()
        func skipSpace() { rest = rest.drop { $0.scalar.properties.isWhitespace } }
        skipSpace()
        while let opening = rest.popFirst() {
            guard opening.scalar == "\"" else { return nil }
            var string = DockerfileText()
            while true {
                guard let character = rest.popFirst() else { return nil }
                if character.scalar == "\"" { break }
                guard character.scalar == "\\" else {
                    string.characters.append(character)
                    continue
                }
                guard let escaped = rest.popFirst() else { return nil }
                switch escaped.scalar {
                case "\"", "\\", "/": string.characters.append(escaped)
                // What a control character or `\u` stands for is in no path that matters here.
                case "b", "f", "n", "r", "t", "u":
                    string.characters.append(Character(scalar: "\u{FFFD}", position: escaped.position))
                default: return nil
                }
            }
            strings.append(string)
            skipSpace()
            guard let separator = rest.popFirst() else { return strings }
            guard separator.scalar == ",", !rest.isEmpty else { return nil }
            skipSpace()
            if rest.isEmpty { return nil }
        }
        return strings
    }
}

extension ArraySlice<DockerfileText.Character> {
    func split(separator: Unicode.Scalar, maxSplits: Int, whereScalar: Bool) -> [DockerfileText] {
        split(maxSplits: maxSplits, omittingEmptySubsequences: false) { $0.scalar == separator }.map {
            var text = DockerfileText()
            text.characters = Array($0)
            return text
        }
    }
}
