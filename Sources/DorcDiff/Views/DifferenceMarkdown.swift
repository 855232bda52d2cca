/// A difference as a comment on a pull request: what nobody may overlook, then a folded part for each stack, as many as fit.
package struct DifferenceMarkdown: Sendable {
    /// GitHub takes 65,536 characters as the body of a comment. Some are left for who posts it.
    package static let limit = 65_000
    /// So that the comment of an earlier run is found, and updated.
    package static let marker = "<!-- dorc-synth diff -->"
    /// Of a value, as many characters are shown.
    private static let longest = 500
    private static let closing = 300
    private static let usualStack = 4000

    private let limit: Int

    package init(limit: Int = Self.limit) {
        self.limit = limit
    }

    package func render(_ difference: ProjectDifference) -> String {
        var text = "\(Self.marker)\n### dorc: what this changes in AWS\n\n"
        text += "From \(Self.plain(difference.old)) to \(Self.plain(difference.new)).\n\n"
        if difference.isEmpty { return text + "**No changes**: what would be deployed is the same.\n" }
        text += DifferenceSummary(difference).sentences.map { "**\($0)**" }.joined(separator: " ") + "\n\n"
        let groups = StackGroup.all(of: difference)
        let warnings = Warnings(groups)
        add("Permissions that become wider", warnings.wider, to: &text)
        add("What is lost", warnings.losses, to: &text)
        add("What CloudFormation refuses", warnings.obstacles, to: &text)
        var left = 0
        // Each has its share of the room, so that a large one does not push out all others.
        let share = max(Self.usualStack, (limit - text.utf16.count) / groups.count)
        for group in groups {
            if left > 0 || !add(group, share, to: &text) { left += 1 + group.others.count }
        }
        if left > 0 {
            text +=
                "\n\(left) more \(left == 1 ? "stack does" : "stacks do") not fit into a comment; `dorc-synth diff` shows "
                + "\(left == 1 ? "it" : "them").\n"
        }
        return text
    }

    /// At most a quarter of what is left is for warnings of one kind.
    private func add(_ title: String, _ warnings: [Warnings.Line], to text: inout String) {
        guard !warnings.isEmpty else { return }
        text += "#### ⚠️ \(title)\n\n"
        let room = text.utf16.count + (limit - text.utf16.count) / 4
        for (index, warning) in warnings.enumerated() {
            let others = warning.group.others.count
            let name = Self.code(warning.group.first.key.name) + (others == 0 ? "" : " and \(others) more")
            let resource =
                warning.resource.map { ": \(Self.plain($0.shortType)) \(Self.code($0.shownName))" } ?? " as a whole"
            let words = warning.entry.map(Self.line) ?? Self.plain(warning.words)
            let line = "- \(name)\(resource): \(words)\n"
            guard text.utf16.count + line.utf16.count <= room else {
                text += "- and \(warnings.count - index) more\n"
                break
            }
            text += line
        }
        text += "\n"
    }

    /// False where it does not fit, not even a part of it.
    private func add(_ group: StackGroup, _ share: Int, to text: inout String) -> Bool {
        let stack = group.first
        let mark = EntryWords.mark(stack.change)
        let counts = stack.resources.count
        let title =
            "<details><summary>\(mark) <b>\(Self.html(stack.key.name))</b>, \(stack.change == .added ? "a new " : "")"
            + "\(Self.html(stack.place)): \(counts) \(counts == 1 ? "resource" : "resources")</summary>\n\n"
        var lines = group.others.map { "The same in \(Self.code($0.key.name)), \(Self.plain($0.place)).\n\n" }
        lines += stack.entries.map { "- \(Self.line($0))\n" }
        for resource in stack.resources { lines += Self.lines(resource) }
        if stack.change == .removed { lines.insert("This stack is \(Self.plain(stack.farewell)).\n\n", at: 0) }
        let end = "\n</details>\n"
        let limit = min(limit, text.utf16.count + share)
        guard text.utf16.count + title.utf16.count + (lines.first?.utf16.count ?? 0) + Self.closing < limit else {
            return false
        }
        text += title
        for (index, line) in lines.enumerated() {
            guard text.utf16.count + line.utf16.count + Self.closing < limit else {
                text += "- and \(lines.count - index) more lines, which do not fit into a comment\n"
                break
            }
            text += line
        }
        text += end
        return true
    }

    private static func lines(_ resource: ResourceDifference) -> [String] {
        let id = resource.name == nil ? "" : " (\(code(resource.id)))"
        var lines = [
            "- \(code(EntryWords.mark(resource.change))) \(plain(resource.shortType)) \(code(resource.shownName))\(id)"
                + (resource.verdict.map { " **\(plain($0))**" } ?? "") + "\n"
        ]
        lines += resource.losses.map { "  - ⚠️ lost: \(plain($0))\n" }
        if let obstacle = resource.obstacle { lines.append("  - ⚠️ \(plain(obstacle))\n") }
        return lines + resource.entries.map { "  - \(line($0))\n" }
    }

    private static func line(_ entry: Entry) -> String {
        let words = EntryWords(entry)
        var line = code(EntryWords.mark(entry.change)) + " "
        for piece in words.subject {
            switch piece {
            case .words(let text): line += plain(text)
            case .name(let name), .value(let name): line += code(name)
            }
        }
        switch (words.old, words.new) {
        case (let old?, let new?): line += ": \(code(old)) → \(code(new))"
        case (let value?, nil), (nil, let value?): line += ": \(code(value))"
        case (nil, nil): break
        }
        if !words.notes.isEmpty {
            let notes = "(\(words.notes.joined(separator: ", ")))"
            line += entry.effect == .wider ? " **\(plain(notes))**" : " \(plain(notes))"
        }
        return line
    }

    // MARK: Escapes

    /// A code span, in which nothing has a meaning: with more backticks around it than there are inside.
    static func code(_ text: String) -> String {
        var shown = DifferenceText.safe(text)
        if shown.count > longest {
            shown = "\(shown.prefix(longest))… (\(shown.count - longest) more characters)"
        }
        guard !shown.isEmpty else { return "(empty)" }
        var (run, most) = (0, 0)
        for byte in shown.utf8 {
            run = byte == UInt8(ascii: "`") ? run + 1 : 0
            most = max(most, run)
        }
        let fence = String(repeating: "`", count: most + 1)
        let needsSpace = shown.hasPrefix("`") || shown.hasSuffix("`") || shown.hasPrefix(" ") && shown.hasSuffix(" ")
        return needsSpace ? "\(fence) \(shown) \(fence)" : fence + shown + fence
    }

    /// Text in which nothing is Markdown, no one is mentioned and nothing is a tag.
    static func plain(_ text: String) -> String {
        // Names of things are in backticks: they stay what they are.
        let parts = DifferenceText.safe(text).split(separator: "`", omittingEmptySubsequences: false)
        guard parts.count % 2 == 1 else { return escaped(DifferenceText.safe(text)) }
        return parts.enumerated().map { $0.offset % 2 == 0 ? escaped(String($0.element)) : code(String($0.element)) }
            .joined()
    }

    private static func escaped(_ text: String) -> String {
        text.reduce(into: "") { result, character in
            switch character {
            // A comment keeps GitHub from taking what follows for a person.
            case "@": result += "@<!-- -->"
            case "\\", "`", "*", "_", "[", "]", "<", ">", "#", "|", "~", "&": result += "\\\(character)"
            default: result.append(character)
            }
        }
    }

    private static func html(_ text: String) -> String {
        DifferenceText.safe(text).reduce(into: "") { result, character in
            switch character {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            default: result.append(character)
            }
        }
    }
}
