/// A growing run of bytes that text is written into: cheaper than appending to an array piece by piece.
///
/// What is called for each piece can be inlined into other modules.
package struct ByteBuffer: ~Copyable {
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

    @inlinable package var count: Int { end }

    package var bytes: [UInt8] { Array(UnsafeBufferPointer(start: start, count: end)) }

    package var text: String { String(decoding: UnsafeBufferPointer(start: start, count: end), as: UTF8.self) }

    @inlinable @inline(__always)
    package mutating func append(_ byte: UInt8) {
        reserve(1)
        start[end] = byte
        end += 1
    }

    @inlinable @inline(__always)
    package mutating func append(_ text: StaticString) {
        append(UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    @inlinable @inline(__always)
    package mutating func append(_ text: String) {
        var text = text
        text.withUTF8 { append($0) }
    }

    @inlinable @inline(__always)
    package mutating func append(_ other: UnsafeBufferPointer<UInt8>) {
        guard let source = other.baseAddress, other.count > 0 else { return }
        reserve(other.count)
        (start + end).update(from: source, count: other.count)
        end += other.count
    }

    @inlinable @inline(__always)
    package mutating func append(repeating byte: UInt8, count repetitions: Int) {
        guard repetitions > 0 else { return }
        reserve(repetitions)
        (start + end).update(repeating: byte, count: repetitions)
        end += repetitions
    }

    /// What was appended from there on.
    @inlinable @inline(__always)
    package borrowing func suffix<Result>(
        from start: Int, _ body: (UnsafeBufferPointer<UInt8>) -> Result
    ) -> Result {
        let start = min(max(start, 0), end)
        return body(UnsafeBufferPointer(start: self.start + start, count: end - start))
    }

    /// Takes back what was appended from there on.
    package mutating func removeSuffix(from start: Int) {
        end = min(max(start, 0), end)
    }

    @inlinable @inline(__always)
    package mutating func reserve(_ more: Int) {
        if more > capacity - end { grow(more) }
    }

    @usableFromInline
    mutating func grow(_ more: Int) {
        let larger = max(capacity * 2, end + more)
        let moved = UnsafeMutablePointer<UInt8>.allocate(capacity: larger)
        moved.update(from: start, count: end)
        start.deallocate()
        start = moved
        capacity = larger
    }
}
