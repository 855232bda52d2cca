/// "Did you mean": the known name that a mistyped one is closest to.
package enum Suggestion {
    /// Longer names, in characters, are data rather than typing mistakes, and get no suggestion.
    private static let longestName = 100

    /// The candidate with the smallest distance to the name; the first in alphabetical order where several have it.
    ///
    /// Distance is Damerau-Levenshtein's (a letter inserted, removed, replaced, or swapped with its neighbour), at
    /// most a third of the name's length and at least 1. Upper case, and `-` for `_`, count as no difference; names that
    /// are alike in all but these and a plural `s` come before all others.
    ///
    /// - Returns: nil if no candidate is close enough.
    package static func closest(to name: String, among candidates: some Sequence<String>) -> String? {
        let length = name.unicodeScalars.count
        guard length > 0, length <= longestName else { return nil }
        let folded = fold(name)

        var limit = max(1, length / 3)
        var best: String?
        for candidate in candidates {
            if candidate == name { return candidate }
            guard let distance = distance(from: folded, to: fold(candidate), atMost: limit) else { continue }
            if let best, distance == limit, best <= candidate { continue }
            best = candidate
            limit = distance
        }
        return best
    }

    /// Whether the name is the candidate with one letter typed wrong. Another number at the end is another version.
    package static func isSlip(_ name: String, of candidate: String) -> Bool {
        let (name, candidate) = (fold(name), fold(candidate))
        let digits = { (text: [Unicode.Scalar]) in text.reversed().prefix { ("0"..."9").contains($0) } }
        guard name.count <= longestName, digits(name).elementsEqual(digits(candidate)) else { return false }
        return distance(from: name, to: candidate, atMost: 1) != nil
    }

    private static func fold(_ name: String) -> [Unicode.Scalar] {
        name.lowercased().unicodeScalars.map { $0 == "-" ? "_" : $0 }
    }

    private static func isPlural(_ name: [Unicode.Scalar], of other: [Unicode.Scalar]) -> Bool {
        name.count == other.count + 1 && name.last == "s" && name.starts(with: other)
    }

    /// At most the distance: each letter of one name that the other lacks takes a step of its own. A letter stands for all
    /// with the same last six bits.
    private static func differingLetters(_ name: [Unicode.Scalar], _ other: [Unicode.Scalar]) -> Int {
        func letters(_ text: [Unicode.Scalar]) -> UInt64 { text.reduce(0) { $0 | 1 << (UInt64($1.value) & 63) } }
        let (own, others) = (letters(name), letters(other))
        return max((own & ~others).nonzeroBitCount, (others & ~own).nonzeroBitCount)
    }

    /// nil if it is more than the limit, or if nothing of either name is left.
    private static func distance(from name: [Unicode.Scalar], to other: [Unicode.Scalar], atMost limit: Int) -> Int? {
        if name == other || isPlural(name, of: other) || isPlural(other, of: name) { return 0 }
        guard abs(name.count - other.count) <= limit, differingLetters(name, other) <= limit else { return nil }

        // Row `i` holds the distances from the first `i` characters of `name` to each beginning of `other`.
        var rowBeforeLast: [Int] = []
        var lastRow = Array(0...other.count)
        for (i, character) in name.enumerated() {
            var row = [i + 1]
            for (j, otherCharacter) in other.enumerated() {
                var cost = min(row[j], lastRow[j + 1]) + 1
                cost = min(cost, lastRow[j] + (character == otherCharacter ? 0 : 1))
                if i > 0, j > 0, character == other[j - 1], name[i - 1] == otherCharacter {
                    cost = min(cost, rowBeforeLast[j - 1] + 1)
                }
                row.append(cost)
            }
            // A later row can still come down to the one before this by a swap, but never below both.
            if min(row.min() ?? 0, lastRow.min() ?? 0) > limit { return nil }
            rowBeforeLast = lastRow
            lastRow = row
        }
        let distance = lastRow[other.count]
        return distance <= limit && distance < max(name.count, other.count) ? distance : nil
    }
}
