internal import DorcText

/// What a function of a module takes, as far as its `def` says it.
struct PythonSignature {
    struct Parameter: Equatable {
        var name: String
        var hasDefault = false
        /// After `*`.
        var isKeyword = false
    }

    private(set) var parameters: [Parameter] = []
    private(set) var takesMoreArguments = false
    /// Of `**kwargs`.
    private(set) var keywords: String?
    /// After the parameters.
    private let body: Substring

    /// Nil where the module defines no such function at its top: it may be a class, a lambda, or another module's.
    init?(of name: String, in text: String) {
        guard let start = Self.start(of: name, in: text) else { return nil }
        var parts: [String] = []
        var part = ""
        var depth = 0
        var quote: Character?
        var isComment = false
        var index = start
        scan: while index < text.endIndex {
            let character = text[index]
            index = text.index(after: index)
            if isComment {
                isComment = !character.isNewline
            } else if let open = quote {
                part.append(character)
                if character == open { quote = nil }
            } else {
                switch character {
                case "#": isComment = true
                case "'", "\"":
                    quote = character
                    part.append(character)
                case "(", "[", "{":
                    depth += 1
                    part.append(character)
                case ")" where depth == 0: break scan
                case ")", "]", "}":
                    depth -= 1
                    part.append(character)
                case "," where depth == 0:
                    parts.append(part)
                    part = ""
                default: part.append(character)
                }
            }
        }
        parts.append(part)
        body = Self.body(text[index...])
        var isKeyword = false
        for part in parts.map(\.trimmed) where !part.isEmpty && part != "/" {
            let name = String(part.prefix { $0 != ":" && $0 != "=" }).trimmed
            if name.hasPrefix("**") {
                keywords = name.dropFirst(2).trimmed
            } else if name.hasPrefix("*") {
                isKeyword = true
                takesMoreArguments = takesMoreArguments || name.count > 1
            } else if PythonFiles.isIdentifier(name) {
                parameters.append(Parameter(name: name, hasDefault: part.contains("="), isKeyword: isKeyword))
            } else {
                return nil
            }
        }
    }

    /// After the parenthesis.
    private static func start(of name: String, in text: String) -> String.Index? {
        for line in text.split(whereSeparator: \.isNewline) {
            var rest = line
            if rest.hasPrefix("async ") { rest = rest.dropFirst(6).drop { $0 == " " } }
            guard rest.hasPrefix("def ") else { continue }
            rest = rest.dropFirst(4).drop { $0 == " " }
            guard rest.hasPrefix(name) else { continue }
            rest = rest.dropFirst(name.count).drop { $0 == " " }
            if rest.first == "(" { return rest.index(after: rest.startIndex) }
        }
        return nil
    }

    /// The rest of the line, and the lines that are further in.
    private static func body(_ text: Substring) -> Substring {
        var end = text.firstIndex(where: \.isNewline) ?? text.endIndex
        while end < text.endIndex {
            let next = text.index(after: end)
            guard next < text.endIndex else { return text }
            let first = text[next]
            guard first == " " || first == "\t" || first.isNewline || first == "#" else { break }
            end = text[next...].firstIndex(where: \.isNewline) ?? text.endIndex
        }
        return text[..<end]
    }

    /// What the body reads of `**kwargs`: the keys, and whether it uses them in another way too.
    func readKeywords() -> (keys: [String], others: Bool) {
        guard let keywords else { return ([], false) }
        var keys: [String] = []
        var others = false
        var rest = body
        while let place = rest.firstRange(of: keywords) {
            let before = rest[..<place.lowerBound].last
            let after = rest[place.upperBound...]
            rest = after
            func isPart(_ character: Character?) -> Bool {
                character.map { $0.isLetter || $0.isNumber || $0 == "_" } ?? false
            }
            if isPart(before) || isPart(after.first) || before == "." { continue }
            if let key = Self.key(after) {
                if !keys.contains(key) { keys.append(key) }
            } else {
                others = true
            }
        }
        return (keys, others)
    }

    /// `["ds"]`, `.get("ds")`
    private static func key(_ text: Substring) -> String? {
        for start in ["[", ".get(", ".pop("] where text.hasPrefix(start) {
            let rest = text.dropFirst(start.count).drop { $0 == " " }
            guard let quote = rest.first, quote == "'" || quote == "\"",
                let end = rest.dropFirst().firstIndex(of: quote)
            else { return nil }
            return String(rest[rest.index(after: rest.startIndex)..<end])
        }
        return nil
    }
}
