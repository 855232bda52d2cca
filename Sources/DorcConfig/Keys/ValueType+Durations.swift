internal import DorcText
internal import DorcYAML

extension ValueType<Duration> {
    /// Bounds are in seconds. `step` is what the value is a multiple of, in seconds and in the words of a message; `tooLong`
    /// is what to do about a value above the bounds. `rounded` makes of a guess one that is taken.
    static func duration(
        _ range: ClosedRange<Int>, step: (seconds: Int, words: String)? = nil, tooLong: String? = nil,
        rounded: (@Sendable (Int) -> Int)? = nil
    ) -> ValueType {
        @Sendable func shape() -> Shape { .duration(DurationShape(seconds: range, step: step?.seconds ?? 1)) }
        return ValueType(
            shape(),
            decode: { node, diagnostics in
                guard node.tag == nil, case .scalar(let text, _) = node.content else {
                    diagnostics.report(.wrongType(expected: shape().words, node))
                    return nil
                }
                guard let value = Duration(text) else {
                    diagnostics.report(
                        .notADuration(
                            text, in: range, shape().words, tooLong: tooLong, rounded: rounded, node.range))
                    return nil
                }
                guard range.contains(value.seconds) else {
                    var finding = Diagnostic.outOfRange(text, allowed: shape().words, at: node.range)
                    if value.seconds > range.upperBound { finding.help = tooLong }
                    diagnostics.report(finding)
                    return nil
                }
                if let step, value.seconds % step.seconds != 0 {
                    diagnostics.report(.outOfRange("\(value)", allowed: step.words, at: node.range))
                }
                return value
            }, encode: { .literal($0.description) })
    }
}

extension Diagnostic {
    fileprivate static func notADuration(
        _ text: String, in range: ClosedRange<Int>, _ words: String, tooLong: String?,
        rounded: ((Int) -> Int)?, _ place: SourceRange
    ) -> Diagnostic {
        // A number alone: seconds, or days where days are meant.
        let unit = range.lowerBound >= 86400 ? ["d"] : ["m", "h", "d"]
        let units = Int(text) == nil ? [] : unit.compactMap { Duration(text + $0) }
        let guesses = ([Duration.guess(text)].compactMap { $0 } + units).map { guess in
            rounded.map { Duration($0(guess.seconds)) } ?? guess
        }
        let possible = guesses.first { range.contains($0.seconds) }
        let isTooLong = possible == nil && guesses.first.map { $0.seconds > range.upperBound } ?? false
        let form = "write \(words)"
        return Diagnostic(
            .invalidDuration, at: place.firstLine, "`\(text)` is not a duration",
            help: possible == nil ? form + (isTooLong ? tooLong.map { "; \($0)" } ?? "" : "") : nil,
            replacement: possible?.description)
    }
}

extension Duration {
    /// What a text that is not a duration was probably meant as: a number without a unit (seconds), `1h30m`, `2 hours`,
    /// `PT2H`, `01:30`. Nil where nothing can be told, or where it would be less than a second.
    static func guess(_ text: String) -> Duration? {
        guard text.utf8.count <= 40 else { return nil }
        if let seconds = Int(text), seconds > 0 { return Duration(seconds) }
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        if (2...3).contains(parts.count),
            parts.allSatisfy({ (1...2).contains($0.utf8.count) && Scalars.isDigits(String($0)) })
        {
            let numbers = parts.compactMap { Int($0) }
            let seconds = (numbers + [0]).prefix(3).reduce(0) { $0 * 60 + $1 }
            return seconds > 0 ? Duration(seconds) : nil
        }
        return sum(of: text.lowercased())
    }

    /// Numbers, each with a unit in any of its spellings.
    private static func sum(of text: String) -> Duration? {
        var rest = text.hasPrefix("p") ? text.dropFirst() : text[...]
        var total = 0.0
        var found = false
        while !rest.isEmpty {
            rest = rest.drop { $0.isWhitespace || $0 == "t" || $0 == "," }
            if rest.isEmpty { break }
            let number = rest.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
            rest = rest.dropFirst(number.count).drop(while: \.isWhitespace)
            let unit = rest.prefix { $0.isASCII && $0.isLetter }
            rest = rest.dropFirst(unit.count)
            guard let count = Double(number),
                let factor = guessedUnits.first(where: { $0.names.contains(String(unit)) })?.seconds
            else { return nil }
            total += count * factor
            found = true
        }
        guard found, total >= 1, total < 1e9, total == total.rounded() else { return nil }
        return Duration(Int(total))
    }

    private static let guessedUnits: [(names: Set<String>, seconds: Double)] = [
        (["s", "sec", "secs", "second", "seconds"], 1), (["m", "min", "mins", "minute", "minutes"], 60),
        (["h", "hr", "hrs", "hour", "hours"], 3600), (["d", "day", "days"], 86400), (["w", "week", "weeks"], 604_800),
    ]
}
