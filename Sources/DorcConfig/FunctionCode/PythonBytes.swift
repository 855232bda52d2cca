/// Bytes that end a run of others in Python source. Whole files are looked through for the next one of them, so that each
/// byte in between must cost one look into a table, and no more.
struct PythonBytes: Sendable {
    /// By the byte.
    private let isMember: [Bool]

    private init(_ isMember: (UInt8) -> Bool) {
        self.isMember = (UInt8.min...UInt8.max).map(isMember)
    }

    /// What a name cannot go on with.
    static let endsName = PythonBytes { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), 0x80...0xFF:
            false
        default: true
        }
    }
    static let endsComment = PythonBytes { "\n\r".utf8.contains($0) }
    /// In code that is passed over.
    static let endsRun = PythonBytes { "\n\r#\\\"'()[]{}".utf8.contains($0) }
    static let endsRunOfString = PythonBytes { "\n\r\\\"'{".utf8.contains($0) }

    func contains(_ byte: UInt8) -> Bool { isMember[Int(byte)] }

    /// The end of the bytes where none is left.
    func first(in bytes: [UInt8], from start: Int) -> Int {
        bytes.withUnsafeBufferPointer { bytes in
            isMember.withUnsafeBufferPointer { isMember in
                var index = start
                while index < bytes.count, !isMember[Int(bytes[index])] { index += 1 }
                return index
            }
        }
    }
}
