/// A span of whole seconds, written as `90s`, `15m`, `2h` or `7d`.
package struct Duration: Sendable, Hashable, Comparable, CustomStringConvertible {
    package let seconds: Int

    package init(_ seconds: Int) {
        self.seconds = seconds
    }

    package init?(_ text: String) {
        guard let unit = text.unicodeScalars.last, let factor = Self.units.first(where: { $0.name == unit })?.seconds,
            text.utf8.count >= 2, text.utf8.dropLast().allSatisfy({ (0x30...0x39).contains($0) }),
            let count = Int(text.dropLast())
        else { return nil }
        let (seconds, overflow) = count.multipliedReportingOverflow(by: factor)
        if overflow { return nil }
        self.seconds = seconds
    }

    package static func < (left: Duration, right: Duration) -> Bool { left.seconds < right.seconds }

    /// In the largest unit that needs no fraction.
    package var description: String {
        for unit in Self.units.reversed() where seconds != 0 && seconds % unit.seconds == 0 {
            return "\(seconds / unit.seconds)\(unit.name)"
        }
        return "\(seconds)s"
    }

    private static let units: [(name: Unicode.Scalar, seconds: Int)] = [("s", 1), ("m", 60), ("h", 3600), ("d", 86400)]
}
