/// A growing run of bytes that text is written into: cheaper than appending to an array piece by piece.
///
/// It is `public` since only then can what is called for each piece be inlined into other modules.
public struct ByteBuffer: ~Copyable {
    @usableFromInline var start: UnsafeMutablePointer<UInt8>
    @usableFromInline var capacity: Int
    @usableFromInline var end = 0

    package init(capacity: Int = 1 << 15) {
        self.capacity = max(capacity, 64)
        start = .allocate(capacity: self.capacity)
    }

    deinit {
        start.deallocate()
    }

    @inlinable public var count: Int { end }

    package var bytes: [UInt8] { Array(UnsafeBufferPointer(start: start, count: end)) }

    package var text: String { String(decoding: UnsafeBufferPointer(start: start, count: end), as: UTF8.self) }

    // MARK: Appending

    @inlinable @inline(__always)
    public mutating func append(_ byte: UInt8) {
        reserve(1)
        start[end] = byte
        end += 1
    }

    @inlinable @inline(__always)
    public mutating func append(_ text: StaticString) {
        append(UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    @inlinable @inline(__always)
    public mutating func append(_ text: String) {
        if text.utf8.withContiguousStorageIfAvailable({ append($0) }) == nil { append(contentsOf: text) }
    }

    @usableFromInline
    mutating func append(contentsOf text: String) {
        for byte in text.utf8 { append(byte) }
    }

    @inlinable @inline(__always)
    public mutating func append(_ other: UnsafeBufferPointer<UInt8>) {
        guard let source = other.baseAddress else { return }
        reserve(other.count)
        (start + end).update(from: source, count: other.count)
        end += other.count
    }

    @inlinable @inline(__always)
    public mutating func append(spaces count: Int) {
        append(atMost: count + 8) { $0.append(spaces: count) }
    }

    /// In decimal digits.
    package mutating func append(_ number: Int) {
        if number < 0 { append(UInt8(ascii: "-")) }
        var digits: UInt64 = 0
        var count = 0
        var rest = number.magnitude
        repeat {
            if count == 8 { return append("\(number.magnitude)") }
            digits = digits << 8 | UInt64(UInt8(ascii: "0") + UInt8(rest % 10))
            rest /= 10
            count += 1
        } while rest > 0
        for _ in 0..<count {
            append(UInt8(truncatingIfNeeded: digits))
            digits >>= 8
        }
    }

    /// Several pieces with one look at the room for them.
    @inlinable @inline(__always)
    public mutating func append(atMost count: Int, _ body: (inout Room) -> Void) {
        reserve(count)
        var room = Room(next: start + end)
        body(&room)
        end = room.next - start
    }

    /// Memory for bytes that are counted already.
    public struct Room {
        @usableFromInline var next: UnsafeMutablePointer<UInt8>

        @inlinable
        init(next: UnsafeMutablePointer<UInt8>) {
            self.next = next
        }

        @inlinable @inline(__always)
        public mutating func append(_ byte: UInt8) {
            next.pointee = byte
            next += 1
        }

        @inlinable @inline(__always)
        public mutating func append(_ text: StaticString) {
            next.update(from: text.utf8Start, count: text.utf8CodeUnitCount)
            next += text.utf8CodeUnitCount
        }

        /// Needs room for eight more: they are written by eights.
        @inlinable @inline(__always)
        public mutating func append(spaces count: Int) {
            var written = 0
            while written < count {
                UnsafeMutableRawPointer(next + written).storeBytes(of: 0x2020_2020_2020_2020, as: UInt64.self)
                written += 8
            }
            next += count
        }
    }

    // MARK: What was appended

    /// What was appended from there on.
    @inlinable @inline(__always)
    public borrowing func suffix<Result>(
        from start: Int, _ body: (UnsafeBufferPointer<UInt8>) -> Result
    ) -> Result {
        let start = min(max(start, 0), end)
        return body(UnsafeBufferPointer(start: self.start + start, count: end - start))
    }

    /// Takes back what was appended from there on.
    package mutating func removeSuffix(from start: Int) {
        end = min(max(start, 0), end)
    }

    // MARK: Memory

    @inlinable @inline(__always)
    public mutating func reserve(_ more: Int) {
        if more > capacity - end { grow(more) }
    }

    @usableFromInline
    mutating func grow(_ more: Int) {
        // What is not written to is not there: few steps cost less than the memory that they may ask for in vain.
        let larger = max(capacity * 4, end + more)
        let moved = UnsafeMutablePointer<UInt8>.allocate(capacity: larger)
        moved.update(from: start, count: end)
        start.deallocate()
        start = moved
        capacity = larger
    }
}
