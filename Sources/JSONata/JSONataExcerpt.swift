extension String {
    /// The text as a message quotes it: its first line, and no more than 40 characters.
    var excerpt: String {
        let line = prefix { !$0.isNewline }.prefix(40)
        return line.endIndex == endIndex ? self : "\(line)…"
    }
}
