/// The text of a template as dorc writes it, cut into its resources without being parsed: most of them are the same on both
/// sides, byte for byte, and a project has thousands.
///
/// A file of another form (flow style, comments, another indentation, JSON) is not cut. A cut at the wrong place, as inside
/// a quoted string of several lines, leaves parts that are no YAML on their own: then the file is read as a whole.
struct TemplateText {
    struct Block {
        var id: String
        var lines: ArraySlice<UInt8>
    }

    /// In the template's order.
    private(set) var blocks: [Block] = []
    /// What is before and after the resources.
    private(set) var frame: [UInt8] = []

    static let heading = Array("Resources:\n".utf8)

    /// Nil for a file of another form.
    init?(_ bytes: [UInt8]) {
        guard bytes.last == UInt8(ascii: "\n") else { return nil }
        var isInside = false
        var start = 0
        var open: (id: String, start: Int)?
        var ids: Set<String> = []
        while start < bytes.count {
            let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? bytes.count
            let line = bytes[start..<end]
            defer { start = end }
            if Self.isLetter(bytes[start]) {
                if let open { blocks.append(Block(id: open.id, lines: bytes[open.start..<start])) }
                open = nil
                isInside = line.elementsEqual(Self.heading)
                if isInside, !blocks.isEmpty { return nil }
                if !isInside { frame += line }
            } else if !isInside {
                guard line.first == UInt8(ascii: " ") else { return nil }
                frame += line
            } else if line.starts(with: [0x20, 0x20]), line.count > 3, line[start + 2] != 0x20 {
                guard let id = Self.id(line.dropFirst(2)), ids.insert(id).inserted else { return nil }
                if let open { blocks.append(Block(id: open.id, lines: bytes[open.start..<start])) }
                open = (id, start)
            } else if line.first != UInt8(ascii: " ") && line.count > 1 || open == nil {
                return nil
            }
        }
        if let open { blocks.append(Block(id: open.id, lines: bytes[open.start...])) }
        guard !blocks.isEmpty else { return nil }
    }

    /// Of a line that has nothing else.
    private static func id(_ line: ArraySlice<UInt8>) -> String? {
        let name = line.dropLast(2)
        guard line.suffix(2).elementsEqual([UInt8(ascii: ":"), UInt8(ascii: "\n")]), !name.isEmpty,
            name.allSatisfy({ isLetter($0) || (0x30...0x39).contains($0) })
        else { return nil }
        return String(decoding: name, as: UTF8.self)
    }

    private static func isLetter(_ byte: UInt8) -> Bool { byte < 0x80 && (0x61...0x7A).contains(byte | 0x20) }
}
