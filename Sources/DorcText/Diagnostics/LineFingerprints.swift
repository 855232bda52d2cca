/// A fingerprint of each line of a file, from the line and what follows it. It stays the same when lines above it come and
/// go, so that GitHub's code scanning knows a finding again.
///
/// GitHub's own action computes `primaryLocationLineHash` where a SARIF file has none, and complains of another one:
/// these are the same. It is a polynomial hash modulo 2^64 with the factor 37 over the next 100 UTF-16 units, blanks left
/// out, and after it how often it has been there in the file (github/codeql-action, `src/fingerprints.ts`).
enum LineFingerprints {
    private static let block = 100
    private static let factor: Int64 = 37

    /// What takes the oldest of the units out of the hash.
    private static let oldest = (0..<block).reduce(Int64(1)) { power, _ in power &* factor }

    /// What follows the last unit of a file.
    private static let end: UInt16 = 0xFFFF

    /// One for each line, the first line first.
    static func all(of bytes: [UInt8]) -> [String] {
        let units = units(bytes)
        var starts: [Int] = []
        var isStart = true
        for (index, unit) in units.enumerated() {
            if isStart { starts.append(index) }
            isStart = unit == 0x0A
        }
        var counts: [UInt64: Int] = [:]
        var hash: Int64 = 0
        var results: [String] = []
        var next = 0
        // The hash after `index` units ends the block of the line that starts `block` units before.
        for index in 0..<(units.count + block) {
            if next < starts.count, starts[next] + block == index {
                results.append(text(hash, &counts))
                next += 1
            }
            let unit = index < units.count ? Int64(units[index]) : 0
            let gone = index >= block && index - block < units.count ? Int64(units[index - block]) : 0
            hash = factor &* hash &+ unit &- oldest &* gone
        }
        if next < starts.count { results.append(text(hash, &counts)) }
        return results
    }

    private static func text(_ hash: Int64, _ counts: inout [UInt64: Int]) -> String {
        let value = UInt64(bitPattern: hash)
        counts[value, default: 0] += 1
        return "\(String(value, radix: 16)):\(counts[value] ?? 1)"
    }

    /// Without blanks, each line break as one line feed, and with the mark of the end.
    private static func units(_ bytes: [UInt8]) -> [UInt16] {
        var units: [UInt16] = []
        units.reserveCapacity(bytes.count + 1)
        var isAfterReturn = false
        for unit in String(decoding: bytes, as: UTF8.self).utf16 {
            let isSecondHalf = isAfterReturn && unit == 0x0A
            isAfterReturn = unit == 0x0D
            if unit == 0x20 || unit == 0x09 || isSecondHalf { continue }
            units.append(unit == 0x0D ? 0x0A : unit)
        }
        units.append(end)
        return units
    }
}
