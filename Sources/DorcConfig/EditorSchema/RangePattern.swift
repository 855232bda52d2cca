/// Regular expressions for whole numbers in a range, and for durations.
enum RangePattern {
    /// A duration in any of the units that can give one in the range. `step` counts where whole units are a multiple of it;
    /// in shorter units it is left to dorc.
    static func duration(_ shape: DurationShape) -> String {
        let units = [("s", 1), ("m", 60), ("h", 3600), ("d", 86400)]
        let forms = units.compactMap { name, seconds -> String? in
            let numbers: String?
            if let choices = shape.choices {
                let counts = choices.filter { $0 % seconds == 0 }.map { String($0 / seconds) }
                numbers = counts.isEmpty ? nil : "0*(?:\(counts.joined(separator: "|")))"
            } else {
                let (low, high) = (shape.seconds.lowerBound, shape.seconds.upperBound)
                let least = low <= 0 ? 0 : (low - 1) / seconds + 1
                numbers = least > high / seconds ? nil : "0*\(number(least...(high / seconds)))"
            }
            return numbers.map { $0 + name }
        }
        return "^(?:\(forms.joined(separator: "|")))$"
    }

    /// A number in decimal digits without leading zeros; `range` has no negative ones, and none of more than 15 digits.
    ///
    /// The range is cut where a digit more is free: 1 to 900 are 1-9, 10-99, 100-899 and 900.
    static func number(_ range: ClosedRange<Int>) -> String {
        let (low, high) = (range.lowerBound, range.upperBound)
        var ends: Set<Int> = [high]
        for unit in tens {
            let end = low - low % unit + unit - 1
            guard end < high else { break }
            ends.insert(end)
        }
        for unit in tens {
            let end = (high + 1) - (high + 1) % unit - 1
            guard end > low else { break }
            if end < high { ends.insert(end) }
        }
        var forms: [String] = []
        var first = low
        for end in ends.sorted() {
            forms.append(digits(first, end))
            first = end + 1
        }
        return forms.count == 1 ? forms.joined() : "(?:\(forms.joined(separator: "|")))"
    }

    private static let tens = (1...15).map { count in (0..<count).reduce(1) { power, _ in power * 10 } }

    /// Two numbers with as many digits, of which each is any of a range.
    private static func digits(_ low: Int, _ high: Int) -> String {
        var pattern = ""
        var free = 0
        for (first, last) in zip(String(low), String(high)) {
            if first == last {
                pattern.append(first)
            } else if first == "0", last == "9" {
                free += 1
            } else {
                pattern += "[\(first)-\(last)]"
            }
        }
        if free > 0 { pattern += free == 1 ? "[0-9]" : "[0-9]{\(free)}" }
        return pattern
    }
}
