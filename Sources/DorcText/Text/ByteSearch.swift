extension UnsafeBufferPointer<UInt8> {
    /// Whether one of the bytes is this one. Eight of them are looked at at a time.
    package func has(_ byte: UInt8) -> Bool {
        guard let start = UnsafeRawPointer(baseAddress) else { return false }
        let each: UInt64 = 0x0101_0101_0101_0101
        let wanted = each &* UInt64(byte)
        var index = 0
        while index + 8 <= count {
            // A byte of zero borrows from the one above it, and has the highest bit set then; others do not, unless a zero is
            // below them.
            let word = start.loadUnaligned(fromByteOffset: index, as: UInt64.self) ^ wanted
            if (word &- each) & ~word & (each << 7) != 0 { return true }
            index += 8
        }
        while index < count {
            if self[index] == byte { return true }
            index += 1
        }
        return false
    }
}
