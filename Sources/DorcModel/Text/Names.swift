/// The patterns of the names that users choose.
package enum Names {
    /// The folder beside a pipeline.yaml that has its cases, which can be no function.
    package static let caseFolder = "tests"

    /// What is left of a role's 64 characters for both together: `<project>-<environment>-state-machine`.
    package static let longestProject = 30
    package static let longestEnvironment = 19

    /// `[a-z][a-z0-9]*(-[a-z0-9]+)*`: it prefixes every name, and a stack's name starts with a letter.
    package static func isProject(_ name: String) -> Bool {
        isWords(name, separators: [UInt8(ascii: "-")]) && startsWithLetter(name)
    }

    /// `[a-z][a-z0-9]*`
    package static func isEnvironment(_ name: String) -> Bool {
        isWords(name, separators: []) && startsWithLetter(name)
    }

    /// A layer, pipeline, function or trigger: `[a-z0-9]+([-_][a-z0-9]+)*`. Each is part of an image repository's
    /// name, where ECR takes no upper case and no separator at either end.
    package static func isFolder(_ name: String) -> Bool {
        isWords(name, separators: [UInt8(ascii: "-"), UInt8(ascii: "_")])
    }

    /// `[a-zA-Z_][a-zA-Z0-9_]*`
    package static func isVariable(_ name: String) -> Bool {
        guard let first = name.utf8.first, isLetter(first) || first == UInt8(ascii: "_") else { return false }
        return name.utf8.allSatisfy { isLetter($0) || isDigit($0) || $0 == UInt8(ascii: "_") }
    }

    /// A Lambda environment variable: `[a-zA-Z][a-zA-Z0-9_]+` (Lambda API).
    package static func isEnvironmentVariable(_ name: String) -> Bool {
        guard let first = name.utf8.first, isLetter(first), name.utf8.count >= 2 else { return false }
        return name.utf8.allSatisfy { isLetter($0) || isDigit($0) || $0 == UInt8(ascii: "_") }
    }

    /// A name that would do, made from one that does not; nil if nothing is left of it.
    package static func folderName(from name: String) -> String? {
        var result: [UInt8] = []
        for byte in name.utf8 {
            if isLetter(byte) {
                result.append(byte | 0x20)
            } else if isDigit(byte) {
                result.append(byte)
            } else if let last = result.last, last != UInt8(ascii: "-"), last != UInt8(ascii: "_") {
                result.append(byte == UInt8(ascii: "_") ? byte : UInt8(ascii: "-"))
            }
        }
        while let last = result.last, !isLetter(last), !isDigit(last) { result.removeLast() }
        let text = String(decoding: result, as: UTF8.self)
        return isFolder(text) && text != name ? text : nil
    }

    /// The function that a path means: `fetch` for `raw/rates/fetch`, `fetch/lambda.py` and `fetch.py`.
    package static func functionName(inPath path: String) -> String? {
        guard path.utf8.count <= 500 else { return nil }
        var parts = path.split(separator: "/")
        if parts.count > 1, parts.last == "lambda.py" { parts.removeLast() }
        guard var name = parts.last else { return nil }
        if name.hasSuffix(".py") { name = name.dropLast(3) }
        return isFolder(String(name)) ? String(name) : folderName(from: String(name))
    }

    static func isDigits(_ text: String, count: Int) -> Bool {
        text.utf8.count == count && text.utf8.allSatisfy(isDigit)
    }

    private static func isWords(_ name: String, separators: [UInt8]) -> Bool {
        var previousIsSeparator = true
        for byte in name.utf8 {
            // Most bytes are letters: the separators are looked through for the others alone.
            if (0x61...0x7A).contains(byte) || isDigit(byte) {
                previousIsSeparator = false
            } else {
                guard !previousIsSeparator, separators.contains(byte) else { return false }
                previousIsSeparator = true
            }
        }
        return !previousIsSeparator
    }

    private static func startsWithLetter(_ name: String) -> Bool { name.utf8.first.map(isLetter) ?? false }

    private static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) && byte < 0x80 }

    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
}
