package import DorcText
package import DorcYAML

/// What became of every key of the other tool's files. A key is found when it is read, and settled where it is mapped: what nobody
/// has settled is in the report too, as unknown, so that nothing is dropped silently.
package struct ImportLedger: Sendable {
    /// Of a key that was found.
    package struct Key: Hashable, Sendable {
        fileprivate let index: Int
    }

    private struct Entry: Sendable {
        var path: String
        var range: SourceRange
        /// The worst.
        var outcome: ImportReport.Outcome?
        /// What became of it somewhere, where it is read more than once, as a default of several pipelines.
        var best: ImportReport.Outcome?
        var target: String?
        var remarks: [(outcome: ImportReport.Outcome, words: String)] = []
        var isDecision = false

        /// What is written for one pipeline and has no equivalent in another is not lost.
        var isPartial: Bool { target != nil && outcome == .noEquivalent && best != .noEquivalent }

        var words: String {
            remarks.map { isPartial && $0.outcome == .noEquivalent ? "not everywhere: \($0.words)" : $0.words }
                .joined(separator: "; ")
        }
    }

    private var entries: [Entry] = []
    private var indices: [Place: Int] = [:]

    private struct Place: Hashable {
        var file: String
        var path: String
    }

    package init() {}

    /// How many keys were found.
    package var count: Int { entries.count }

    /// A key of a file, by its path in it, such as `tasks.extract.env_vars`. One that is found again gets a number.
    package mutating func found(_ path: String, at range: SourceRange) -> Key {
        var place = Place(file: range.path, path: path)
        var number = 1
        while indices[place] != nil {
            number += 1
            place.path = "\(path) (\(number))"
        }
        indices[place] = entries.count
        entries.append(Entry(path: place.path, range: range))
        return Key(index: entries.count - 1)
    }

    /// Every key of a YAML value, at every level. Lists of mappings and lists count by index; what they hold else is part of the
    /// list's key.
    package mutating func found(allIn node: YAMLNode, under path: String = "") {
        switch node.content {
        case .scalar: break
        case .mapping(let keys):
            for entry in keys {
                let inner = path.isEmpty ? entry.key : "\(path).\(entry.key)"
                _ = found(inner, at: entry.keyRange)
                found(allIn: entry.value, under: inner)
            }
        case .sequence(let items):
            for (index, item) in items.enumerated() { found(allIn: item, under: "\(path)[\(index)]") }
        }
    }

    /// The first key that was found there.
    package func key(_ path: String, in file: String) -> Key? {
        indices[Place(file: file, path: path)].map(Key.init)
    }

    package func isSettled(_ key: Key) -> Bool {
        entries.indices.contains(key.index) && entries[key.index].outcome != nil
    }

    /// Says what became of a key. Of several outcomes the worst holds, and all words are kept; what is written somewhere differs at worst.
    ///
    /// - Parameters:
    ///   - target: what it became, such as `src/raw/census/pipeline.yaml: steps[0].retry`.
    ///   - isDecision: whether there is a TODO for it.
    package mutating func settle(
        _ key: Key, _ outcome: ImportReport.Outcome, to target: String? = nil, _ words: String = "",
        isDecision: Bool = false
    ) {
        guard entries.indices.contains(key.index) else { return }
        var entry = entries[key.index]
        entry.outcome = max(entry.outcome ?? outcome, outcome)
        entry.best = min(entry.best ?? outcome, outcome)
        if let target, entry.target == nil { entry.target = target }
        if !words.isEmpty, !entry.remarks.contains(where: { $0.words == words }) {
            entry.remarks.append((outcome, words))
        }
        entry.isDecision = entry.isDecision || isDecision
        entries[key.index] = entry
    }

    /// The same for all keys at and below a path of a file that are not settled yet.
    package mutating func settle(
        under path: String, in file: String, _ outcome: ImportReport.Outcome, to target: String? = nil,
        _ words: String = "", isDecision: Bool = false
    ) {
        for index in entries.indices where entries[index].outcome == nil && entries[index].range.path == file {
            guard entries[index].path.hasPrefix(path) else { continue }
            let rest = entries[index].path.dropFirst(path.count).first
            if path.isEmpty || rest == nil || rest == "." || rest == "[" || rest == " " {
                settle(Key(index: index), outcome, to: target, words, isDecision: isDecision)
            }
        }
    }

    /// What is no key of a file's and has to be told all the same.
    package mutating func remark(
        _ outcome: ImportReport.Outcome, _ path: String, at range: SourceRange, to target: String? = nil,
        _ words: String = "", isDecision: Bool = false
    ) {
        settle(found(path, at: range), outcome, to: target, words, isDecision: isDecision)
    }

    /// - Parameter files: those that are written. Each target is looked up in them, and told as it is there. None where nothing is
    ///   written: then targets are what would be.
    package func report(of files: [ImportedFile]) -> ImportReport {
        let written = WrittenKeys(files)
        let entries = entries.map { entry in
            let place = entry.target.flatMap(written.place(of:))
            var result = ImportReport.Entry(
                outcome: entry.isPartial ? .differs : entry.outcome ?? .noEquivalent, file: entry.range.path,
                line: entry.range.start.line,
                column: entry.range.start.column, key: entry.path,
                target: files.isEmpty ? entry.target : place,
                words: entry.outcome == nil ? "the importer does not know this key" : entry.words,
                isDecision: entry.isDecision)
            if let target = entry.target, place == nil, !files.isEmpty {
                result.outcome = .noEquivalent
                result.words = "internal-error: it was meant for \(target), which is not written: look at it yourself"
            }
            return result
        }
        return ImportReport(entries: entries, decisions: written.decisions)
    }
}
