import DorcText
import DorcYAML

/// What a Dockerfile takes from the folder that it is built in: the sources of `COPY`, `ADD` and of mounts.
struct DockerfileSources {
    struct Source: Equatable {
        var path: String
        /// Of the instruction, from 1.
        var line: Int
    }

    private(set) var sources: [Source] = []

    init(_ text: String) {
        for (line, words) in Self.instructions(text) {
            var words = words
            guard let name = words.first?.uppercased() else { continue }
            words.removeFirst()
            let flags = words.prefix { $0.hasPrefix("--") }
            words.removeFirst(flags.count)
            var paths: [String] = []
            if name == "COPY" || name == "ADD" {
                guard !flags.contains(where: { $0.hasPrefix("--from") }) else { continue }
                let rest = words.joined(separator: " ")
                if rest.hasPrefix("["), case .list(let items)? = JSONValue<String>(json: Array(rest.utf8)) {
                    words = items.compactMap { item in
                        if case .text(let text) = item { text } else { nil }
                    }
                }
                paths = words.dropLast().filter { !$0.contains("://") && !$0.hasPrefix("<<") }
            } else if name == "RUN" {
                paths = flags.compactMap(Self.mounted)
            }
            sources += paths.map { Source(path: $0, line: line) }
        }
    }

    /// Lines that end with a backslash go on in the next; comments between them do not count.
    private static func instructions(_ text: String) -> [(line: Int, words: [String])] {
        var result: [(line: Int, words: [String])] = []
        var isOpen = false
        for (number, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
            var words = line.split(whereSeparator: { $0 == " " || $0 == "\t" }).map(String.init)
            if words.isEmpty || words[0].hasPrefix("#") { continue }
            let isContinued = isOpen
            isOpen = words.last?.hasSuffix("\\") == true
            if isOpen, var last = words.popLast() {
                last.removeLast()
                if !last.isEmpty { words.append(last) }
            }
            if isContinued, var before = result.popLast() {
                before.words += words
                result.append(before)
            } else {
                result.append((number + 1, words))
            }
        }
        return result
    }

    /// The source of a bind mount of the folder itself.
    private static func mounted(_ flag: String) -> String? {
        guard flag.hasPrefix("--mount=") else { return nil }
        let pairs = flag.dropFirst("--mount=".count).split(separator: ",").map {
            $0.split(separator: "=", maxSplits: 1)
        }
        func value(_ names: String...) -> String? {
            pairs.first { $0.count == 2 && names.contains(String($0[0])) }.map { String($0[1]) }
        }
        guard value("type") ?? "bind" == "bind", value("from") == nil else { return nil }
        return value("source", "src") ?? "."
    }
}

/// `*`, `?` and `[...]` in a name.
enum DockerPattern {
    static func isPattern(_ text: some StringProtocol) -> Bool { text.contains { "*?[".contains($0) } }

    static func matches(_ pattern: Substring, _ name: Substring) -> Bool {
        guard let first = pattern.first else { return name.isEmpty }
        let rest = pattern.dropFirst()
        switch first {
        case "*":
            return matches(rest, name) || !name.isEmpty && matches(pattern, name.dropFirst())
        case "?": return !name.isEmpty && matches(rest, name.dropFirst())
        case "[":
            guard let end = rest.firstIndex(of: "]"), let letter = name.first else { return false }
            var set = rest[..<end]
            let isNegated = set.first == "^"
            if isNegated { set = set.dropFirst() }
            return isIn(set, letter) != isNegated && matches(rest[rest.index(after: end)...], name.dropFirst())
        default: return name.first == first && matches(rest, name.dropFirst())
        }
    }

    private static func isIn(_ set: Substring, _ letter: Character) -> Bool {
        var letters = Array(set)[...]
        while let first = letters.popFirst() {
            if letters.first == "-", letters.count > 1 {
                letters.removeFirst()
                if let last = letters.popFirst(), first <= letter, letter <= last { return true }
            } else if first == letter {
                return true
            }
        }
        return false
    }
}
