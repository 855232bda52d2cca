/// The lines of files, for showing many places of them.
package struct SourceLines {
    /// A file may be one long line with many mistakes.
    private var latest: (file: ObjectIdentifier, number: Int, scalars: [Unicode.Scalar])?

    package init() {}

    /// The text of a line (1-based) without its line break; nil past the end. Invalid UTF-8 is replaced.
    func line(_ number: Int, of file: SourceFile) -> String? {
        let starts = file.lineStarts
        guard number >= 1, number <= starts.count else { return nil }
        let start = starts[number - 1]
        var end = number < starts.count ? starts[number] : file.bytes.count
        if number == starts.count && start == end && number > 1 { return nil }
        // Every line but the last has a line break at its end.
        if end > start, number < starts.count {
            end -= 1
            if file.bytes[end] == UInt8(ascii: "\n"), end > start, file.bytes[end - 1] == UInt8(ascii: "\r") {
                end -= 1
            }
        }
        return String(decoding: file.bytes[start..<end], as: UTF8.self)
    }

    /// As `line`, taken apart.
    package mutating func scalars(_ number: Int, of file: SourceFile) -> [Unicode.Scalar]? {
        if let latest, latest.file == ObjectIdentifier(file), latest.number == number { return latest.scalars }
        guard let line = line(number, of: file) else { return nil }
        let scalars = Array(line.unicodeScalars)
        latest = (ObjectIdentifier(file), number, scalars)
        return scalars
    }
}
