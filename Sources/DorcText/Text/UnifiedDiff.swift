/// The differences between two texts, as `diff -u` shows them.
package enum UnifiedDiff {
    /// Lines around a change.
    private static let context = 3
    /// Above this many lines the texts are shown as replaced: the comparison takes time in proportion to the lines
    /// times the differences.
    private static let limit = 20_000

    /// Empty where the texts are equal. A nil text is a file that does not exist.
    package static func render(old: String?, new: String?, oldName: String, newName: String) -> String {
        guard old.map({ ExactText($0) }) != new.map({ ExactText($0) }) else { return "" }
        let before = lines(old)
        let after = lines(new)
        var script: [Line] = []
        if before.count + after.count > limit {
            script = before.map(Line.removed) + after.map(Line.added)
        } else {
            script = edits(before, after)
        }
        var text = "--- \(old == nil ? "/dev/null" : oldName)\n+++ \(new == nil ? "/dev/null" : newName)\n"
        for hunk in hunks(script) { append(hunk, of: script, to: &text) }
        return text
    }

    private enum Line {
        case kept(ExactText), removed(ExactText), added(ExactText)

        var isKept: Bool {
            if case .kept = self { true } else { false }
        }
    }

    private static func lines(_ text: String?) -> [ExactText] {
        guard let text, !text.isEmpty else { return [] }
        var lines = text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map(Substring.init)
        if lines.last?.isEmpty == true {
            lines.removeLast()
        } else if let last = lines.popLast() {
            lines.append(last + "\n\\ No newline at end of file")
        }
        return lines.map { ExactText($0) }
    }

    private static func edits(_ before: [ExactText], _ after: [ExactText]) -> [Line] {
        let difference = after.difference(from: before)
        var removed: Set<Int> = []
        var inserted: Set<Int> = []
        for change in difference {
            switch change {
            case .remove(let offset, _, _): removed.insert(offset)
            case .insert(let offset, _, _): inserted.insert(offset)
            }
        }
        var script: [Line] = []
        var old = 0
        var new = 0
        while old < before.count || new < after.count {
            if old < before.count, removed.contains(old) {
                script.append(.removed(before[old]))
                old += 1
            } else if new < after.count, inserted.contains(new) {
                script.append(.added(after[new]))
                new += 1
            } else if old < before.count {
                script.append(.kept(before[old]))
                old += 1
                new += 1
            } else {
                break
            }
        }
        return script
    }

    private static func hunks(_ script: [Line]) -> [Range<Int>] {
        var hunks: [Range<Int>] = []
        for (index, line) in script.enumerated() where !line.isKept {
            let range = max(0, index - context)..<min(script.count, index + context + 1)
            if let last = hunks.last, last.upperBound >= range.lowerBound {
                hunks[hunks.count - 1] = last.lowerBound..<range.upperBound
            } else {
                hunks.append(range)
            }
        }
        return hunks
    }

    private static func append(_ hunk: Range<Int>, of script: [Line], to text: inout String) {
        func count(_ lines: ArraySlice<Line>) -> (old: Int, new: Int) {
            lines.reduce(into: (0, 0)) { counts, line in
                switch line {
                case .kept: counts = (counts.0 + 1, counts.1 + 1)
                case .removed: counts.0 += 1
                case .added: counts.1 += 1
                }
            }
        }
        let before = count(script[..<hunk.lowerBound])
        let inside = count(script[hunk])
        func place(_ start: Int, _ count: Int) -> String { "\(count == 0 ? start : start + 1),\(count)" }
        text += "@@ -\(place(before.old, inside.old)) +\(place(before.new, inside.new)) @@\n"
        for line in script[hunk] {
            switch line {
            case .kept(let line): text += " \(line.text)\n"
            case .removed(let line): text += "-\(line.text)\n"
            case .added(let line): text += "+\(line.text)\n"
            }
        }
    }
}
