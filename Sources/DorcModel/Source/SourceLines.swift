/// The lines of files, for showing many places of them: each file is taken apart once.
struct SourceLines {
    private var starts: [ObjectIdentifier: [Int]] = [:]
    /// A file may be one long line with many mistakes.
    private var latest: (file: ObjectIdentifier, number: Int, scalars: [Unicode.Scalar])?

    /// The text of a line (1-based) without its line break; nil past the end. Invalid UTF-8 is replaced.
    mutating func line(_ number: Int, of file: SourceFile) -> String? {
        let starts = starts(of: file)
        guard number >= 1, number <= starts.count else { return nil }
        let start = starts[number - 1]
        var end = number < starts.count ? starts[number] - 1 : file.bytes.count
        if number == starts.count && start == end && number > 1 { return nil }
        if end > start, file.bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
        return String(decoding: file.bytes[start..<end], as: UTF8.self)
    }

    /// As `line`, taken apart.
    mutating func scalars(_ number: Int, of file: SourceFile) -> [Unicode.Scalar]? {
        if let latest, latest.file == ObjectIdentifier(file), latest.number == number { return latest.scalars }
        guard let line = line(number, of: file) else { return nil }
        let scalars = Array(line.unicodeScalars)
        latest = (ObjectIdentifier(file), number, scalars)
        return scalars
    }

    private mutating func starts(of file: SourceFile) -> [Int] {
        if let known = starts[ObjectIdentifier(file)] { return known }
        var found = [0]
        for (index, byte) in file.bytes.enumerated() where byte == UInt8(ascii: "\n") { found.append(index + 1) }
        starts[ObjectIdentifier(file)] = found
        return found
    }
}
