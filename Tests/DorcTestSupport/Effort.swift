import Foundation

/// What a piece of work costs, in a way that does not depend on how quick the machine is, nor on what else it does.
package enum Effort {
    /// How many times as long the large work takes as the small one, in CPU time of this thread: the least of a few
    /// tries.
    package static func ratio(of large: () -> Void, to small: () -> Void) -> Double {
        let tries = (0..<3).map { _ in (small: seconds(small), large: seconds(large)) }
        let least = (tries.map(\.small).min() ?? 0, tries.map(\.large).min() ?? 0)
        return least.1 / max(least.0, 1e-6)
    }

    private static func seconds(_ work: () -> Void) -> Double {
        let start = now
        work()
        return now - start
    }

    private static var now: Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
