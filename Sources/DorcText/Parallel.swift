internal import Dispatch

/// Work on independent items on all cores, with the results in the items' order.
package enum Parallel {
    /// Below this, starting threads costs more than it gains.
    private static let worthwhile = 8

    package static func map<Item: Sendable, Result: Sendable>(
        _ items: [Item], _ transform: @Sendable (Item) -> Result
    ) -> [Result] {
        guard items.count >= worthwhile else { return items.map(transform) }
        return [Result](unsafeUninitializedCapacity: items.count) { buffer, count in
            nonisolated(unsafe) let results = buffer
            // Several items a block: handing out a block takes a lock.
            let stride = max(1, min(16, items.count / 64))
            DispatchQueue.concurrentPerform(iterations: (items.count + stride - 1) / stride) { block in
                for index in block * stride..<min((block + 1) * stride, items.count) {
                    results.initializeElement(at: index, to: transform(items[index]))
                }
            }
            count = items.count
        }
    }
}
