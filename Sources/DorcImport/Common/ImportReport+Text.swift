internal import DorcText

/// For people: what became of the keys, by outcome and by file.
///
///     Differs (3)
///       dags/census.yml -> src/dags/census/pipeline.yaml
///          4  census.schedule -> schedule: counted from the deployment
///         12  census.tasks.load.pool: there is no pool (TODO)
///         18  census.tasks.save.pool: as at line 12
extension ImportReport {
    package var text: String {
        var text = ""
        for (outcome, title) in [
            (Outcome.takenOver, "Taken over"), (.differs, "Differs"), (.noEquivalent, "No equivalent"),
        ] {
            let entries = entries.filter { $0.outcome == outcome }
            if entries.isEmpty { continue }
            text += "\(title) (\(entries.count))\n"
            for file in Self.byFile(entries) { text += Self.lines(of: file) }
            text += "\n"
        }
        return text
    }

    /// In one line.
    package var summary: String {
        let keys = entries.count == 1 ? "1 key" : "\(entries.count) keys"
        let due =
            decisions == 0 ? "" : "; \(decisions) \(decisions == 1 ? "is a TODO" : "are TODOs") in what is written"
        return "\(keys): \(count(.takenOver)) taken over, \(count(.differs)) differ\(count(.differs) == 1 ? "s" : ""),"
            + " \(count(.noEquivalent)) without an equivalent\(due)"
    }

    /// Entries of one file after the other, as they are sorted.
    private static func byFile(_ entries: [Entry]) -> [ArraySlice<Entry>] {
        var groups: [ArraySlice<Entry>] = []
        var start = entries.startIndex
        for index in entries.indices where entries[index].file != entries[start].file {
            groups.append(entries[start..<index])
            start = index
        }
        if start < entries.endIndex { groups.append(entries[start...]) }
        return groups
    }

    private static func lines(of entries: ArraySlice<Entry>) -> String {
        guard let first = entries.first, let last = entries.last else { return "" }
        let written = mostlyWritten(entries)
        var text = "  \(clean(first.file))\(written.map { " -> \(clean($0))" } ?? "")\n"
        let width = String(last.line).count
        var said: [String: Int] = [:]
        for entry in entries {
            let number = String(entry.line)
            let indent = String(repeating: " ", count: 4 + max(0, width - number.count))
            var line = "\(indent)\(number)  \(entry.key)"
            if let target = entry.target {
                let place = parts(of: target)
                let isThere = written == place.file && !place.key.isEmpty
                if target != written { line += " -> \(isThere ? place.key : target)" }
            }
            if let before = said[entry.words], entry.words.count > longestRepeated {
                line += before == entry.line ? ": the same" : ": as at line \(before)"
            } else if !entry.words.isEmpty {
                line += ": \(entry.words)"
                said[entry.words] = entry.line
            }
            text += clean(entry.isDecision ? line + " (TODO)" : line) + "\n"
        }
        return text
    }

    /// Longer words are said once in a file.
    private static let longestRepeated = 30

    /// The file that most of the keys went to; nil where none went to any.
    private static func mostlyWritten(_ entries: ArraySlice<Entry>) -> String? {
        var counts: [String: Int] = [:]
        for entry in entries { if let target = entry.target { counts[parts(of: target).file, default: 0] += 1 } }
        return counts.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key
    }

    private static func parts(of target: String) -> (file: String, key: String) {
        guard let split = target.firstRange(of: ": ") else { return (target, "") }
        return (String(target[..<split.lowerBound]), String(target[split.upperBound...]))
    }

    /// On one line, and nothing in it steers the terminal.
    private static func clean(_ text: String) -> String {
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar.properties.generalCategory {
            case .control: result.append(scalar == "\n" || scalar == "\t" ? " " : "\u{FFFD}")
            case .format, .lineSeparator, .paragraphSeparator: result.append("\u{FFFD}")
            default: result.append(scalar)
            }
        }
        return String(result)
    }
}

/// What became of the keys of one file.
extension ImportReport {
    package struct FileCounts: Sendable, Equatable {
        package let file: String
        package fileprivate(set) var takenOver = 0
        package fileprivate(set) var differs = 0
        package fileprivate(set) var noEquivalent = 0
        /// Keys that a comment TODO is about.
        package fileprivate(set) var decisions = 0
    }

    package var files: [FileCounts] {
        Self.byFile(entries).compactMap { entries in
            guard let first = entries.first else { return nil }
            return FileCounts(
                file: Self.clean(first.file), takenOver: entries.count(where: { $0.outcome == .takenOver }),
                differs: entries.count(where: { $0.outcome == .differs }),
                noEquivalent: entries.count(where: { $0.outcome == .noEquivalent }),
                decisions: entries.count(where: \.isDecision))
        }
    }
}
