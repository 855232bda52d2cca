import DorcText
import Foundation
import Glibc

/// The process that runs inputs, one after another, until one of them ends it: by a crash, by the limit of CPU time, or,
/// where something else is wrong, by itself. The file `progress` has the number of the input that runs.
enum Worker {
    /// The exit status for what is wrong without a crash; the last line of standard error says what.
    static let problemStatus: Int32 = 3

    /// Seconds of CPU time for one input, both cores together. A debug build takes ten times as long as a release build.
    private static let cpuLimit = ProcessInfo.processInfo.environment["DORC_FUZZ_CPU"].flatMap { Int($0) } ?? 20
    /// Bytes of address space.
    private static let memoryLimit: rlim_t = 8 << 30

    static func run(
        _ seeds: Seeds, seed: UInt64, from first: UInt64, seconds: Int, progress: String, skipping skipped: Set<String>
    ) {
        var limit = rlimit(rlim_cur: memoryLimit, rlim_max: memoryLimit)
        setrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limit)
        let file = open(progress, O_WRONLY | O_CREAT | O_CLOEXEC, 0o666)
        let end = ContinuousClock.now + .seconds(seconds)
        var number = first
        while ContinuousClock.now < end {
            var text = Array(String(number).utf8) + [UInt8(ascii: "\n")]
            pwrite(file, &text, text.count, 0)
            check(Input(seeds: seeds, seed: seed, number: number).tree(), skipping: skipped)
            number += 1
        }
        ftruncate(file, 0)
        var text = Array("done \(number - first)\n".utf8)
        pwrite(file, &text, text.count, 0)
    }

    static func check(_ tree: MemoryTree, skipping skipped: Set<String> = []) {
        var timer = itimerval(it_interval: timeval(), it_value: timeval(tv_sec: cpuLimit, tv_usec: 0))
        setitimer(__itimer_which_t(ITIMER_PROF.rawValue), &timer, nil)
        if let problem = PlantedFault.run(tree) ?? FrontEnd.problem(tree, skipping: skipped) {
            FileHandle.standardError.write(Data("\(problem)\n".utf8))
            _exit(problemStatus)
        }
    }
}
