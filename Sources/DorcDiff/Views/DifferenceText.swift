/// A difference as text for a terminal.
package struct DifferenceText: Sendable {
    private let hasColour: Bool
    /// Longer changes have a line for each value.
    private static let width = 100

    package init(colour: Bool) {
        hasColour = colour
    }

    package func render(_ difference: ProjectDifference) -> String {
        var lines = ["From \(difference.old) to \(difference.new):", ""]
        if difference.isEmpty {
            return lines[0] + "\n\nNo changes: what would be deployed is the same.\n"
        }
        let groups = StackGroup.all(of: difference)
        let warnings = Warnings(groups)
        add("Permissions that become wider", warnings.wider, to: &lines)
        add("What is lost", warnings.losses, to: &lines)
        add("What CloudFormation refuses", warnings.obstacles, to: &lines)
        for group in groups {
            let stack = group.first
            lines.append(heading(stack))
            lines += group.others.map { "  the same in \(Self.safe($0.key.name)), \($0.place)" }
            for entry in stack.entries { lines += self.lines(entry, indent: 2) }
            for resource in stack.resources { add(resource, to: &lines) }
            lines.append("")
        }
        lines += DifferenceSummary(difference).sentences.map { bold($0) }
        return lines.joined(separator: "\n") + "\n"
    }

    private func add(_ title: String, _ warnings: [Warnings.Line], to lines: inout [String]) {
        guard !warnings.isEmpty else { return }
        lines.append(paint("\(title):", "1;31"))
        for warning in warnings {
            let others = warning.group.others.count
            let name = Self.safe(warning.group.first.key.name) + (others == 0 ? "" : " and \(others) more")
            let resource = warning.resource.map { ": \($0.shortType) \(Self.safe($0.shownName))" } ?? " as a whole"
            if let entry = warning.entry {
                lines.append("  \(name)\(resource)")
                lines += self.lines(entry, indent: 4)
            } else {
                lines.append("  \(name)\(resource): \(Self.safe(warning.words))")
            }
        }
        lines.append("")
    }

    private func heading(_ stack: StackDifference) -> String {
        let name = Self.safe(stack.key.name)
        switch stack.change {
        case .added: return paint("+ \(name)", "1;32") + ", a new \(stack.place)"
        case .removed:
            return paint("- \(name)", "1;31") + ", \(stack.place): \(stack.farewell)"
        case .changed: return bold("~ \(name)") + ", \(stack.place)"
        }
    }

    private func add(_ resource: ResourceDifference, to lines: inout [String]) {
        let mark = EntryWords.mark(resource.change)
        let id = resource.name == nil ? "" : " (\(resource.id))"
        lines.append(
            "  \(paint(mark, Self.colour(mark))) \(resource.shortType) \(Self.safe(resource.shownName))\(id)"
                + (resource.verdict.map { paint(" \($0)", "31") } ?? ""))
        lines += resource.losses.map { paint("      ! lost: \($0)", "31") }
        if let obstacle = resource.obstacle { lines.append(paint("      ! \(obstacle)", "31")) }
        for entry in resource.entries { lines += self.lines(entry, indent: 6) }
    }

    private func lines(_ entry: Entry, indent: Int) -> [String] {
        line(entry).split(separator: "\n").map { String(repeating: " ", count: indent) + $0 }
    }

    /// Several lines, for long values.
    private func line(_ entry: Entry) -> String {
        let words = EntryWords(entry)
        let mark = EntryWords.mark(entry.change)
        var head = paint(mark, Self.colour(mark)) + " "
        for piece in words.subject {
            switch piece {
            case .words(let text): head += text
            case .name(let name), .value(let name): head += "`\(Self.safe(name))`"
            }
        }
        let colour = entry.effect == .wider ? "31" : "2"
        let notes = words.notes.isEmpty ? "" : paint(" (\(words.notes.joined(separator: ", ")))", colour)
        let (old, new) = (words.old.map(Self.safe), words.new.map(Self.safe))
        switch (old, new) {
        case (let old?, let new?):
            if old.count + new.count <= Self.width { return "\(head): \(old) -> \(new)\(notes)" }
            return "\(head)\(notes)\n  \(paint("-", "31")) \(old)\n  \(paint("+", "32")) \(new)"
        case (let value?, nil), (nil, let value?): return "\(head): \(value)\(notes)"
        case (nil, nil): return head + notes
        }
    }

    /// On one line, and without what a terminal would take for a command.
    static func safe(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: isControl) else { return text }
        return text.unicodeScalars.reduce(into: "") { result, scalar in
            switch scalar {
            case "\n": result += "\\n"
            case "\t": result += "\\t"
            default:
                if isControl(scalar) {
                    result += "\\u{\(String(scalar.value, radix: 16))}"
                } else {
                    result.unicodeScalars.append(scalar)
                }
            }
        }
    }

    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value < 0x20 || (0x7F..<0xA0).contains(scalar.value) || (0x2028...0x202E).contains(scalar.value)
            || (0x2066...0x2069).contains(scalar.value)
    }

    private static func colour(_ mark: String) -> String {
        switch mark {
        case "+": "32"
        case "-": "31"
        case "~": "33"
        default: "31"
        }
    }

    private func bold(_ text: String) -> String { paint(text, "1") }

    private func paint(_ text: String, _ code: String) -> String {
        hasColour ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
    }
}
