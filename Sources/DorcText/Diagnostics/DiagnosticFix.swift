extension Diagnostic {
    /// What a program can put in the place of `range`, character for character; nil where the replacement is not meant for the
    /// text of the file (the name of a file or folder), or where the place is only the beginning of what is wrong.
    var exactReplacement: String? {
        guard let replacement, range.start.line == range.end.line, range.start.column < range.end.column else {
            return nil
        }
        var lines = SourceLines()
        guard let line = lines.scalars(range.start.line, of: range.file), range.end.column - 1 <= line.count else {
            return nil
        }
        let written = line[(range.start.column - 1)..<(range.end.column - 1)]
        let following = line[(range.end.column - 1)...].first
        // Of a value of several lines, the range has the first character alone.
        if written.count == 1, let only = written.first, Self.opens(only, following) { return nil }
        guard range.path.hasSuffix(".yaml") || range.path.hasSuffix(".yml") else { return replacement }
        // A tag alone, where the place is that of the value with it or without.
        if replacement.hasPrefix("!"), written.first != "!" || written.contains(" ") { return nil }
        if replacement.hasPrefix("{%") { return JSONText.literal(replacement) }
        guard let quote = written.first, quote == "\"" || quote == "'", written.count > 1, written.last == quote,
            let first = replacement.unicodeScalars.first, !["\"", "'", "["].contains(first),
            !replacement.unicodeScalars.allSatisfy(Self.isPlain)
        else { return replacement }
        return JSONText.literal(replacement)
    }

    /// Whether the character begins a text that goes on after it.
    private static func opens(_ character: Unicode.Scalar, _ following: Unicode.Scalar?) -> Bool {
        if ["\"", "'", "|", ">"].contains(character) { return true }
        return isInWord(character) && following.map(isInWord) == true
    }

    private static func isInWord(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
    }

    /// A character that a string in YAML needs no quotes for, wherever it is.
    private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
        scalar.isASCII && (isInWord(scalar) || "_-./".unicodeScalars.contains(scalar))
    }
}
