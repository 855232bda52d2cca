import DorcText
import Foundation

/// Starts workers until the time is over, and makes each input that ends one as small as it can.
struct Driver {
    let seeds: Seeds
    let cases: String
    let seed: UInt64
    let seconds: Int
    /// Kinds of faults that are not looked for, separated by commas.
    let skipped: String
    /// Where findings are written, each as a config repository.
    let findings: String

    /// - Returns: how many findings there were.
    func run() throws -> Int {
        try? FileManager.default.createDirectory(atPath: findings, withIntermediateDirectories: true)
        let progress = "\(findings)/progress-\(seed)"
        let end = ContinuousClock.now + .seconds(seconds)
        var first: UInt64 = 0
        var known: [String: Int] = [:]
        while ContinuousClock.now < end, known.count < 20 {
            let left = max(1, Int((end - ContinuousClock.now).components.seconds))
            let ended = try start(["--worker", "\(first)", "--seconds", "\(left)", "--progress", progress])
            let text = (try? String(contentsOfFile: progress, encoding: .utf8)) ?? ""
            guard ended.isFailure else {
                first += UInt64(text.split(separator: " ").last?.split(separator: "\n").first ?? "") ?? 0
                break
            }
            guard let number = UInt64(text.split(separator: "\n").first ?? "") else {
                throw CocoaError(.fileReadCorruptFile)
            }
            first = number + 1
            known[ended.kind, default: 0] += 1
            if known[ended.kind] == 1 { try report(Input(seeds: seeds, seed: seed, number: number), ended) }
        }
        try? FileManager.default.removeItem(atPath: progress)
        say("\(first) inputs, \(known.count) findings (seed \(seed))")
        for (kind, count) in known.sorted(by: { $0.key < $1.key }) { say("  \(count) times: \(kind)") }
        return known.count
    }

    /// At once: a run is stopped at any time.
    private func say(_ text: String) { FileHandle.standardOutput.write(Data("\(text)\n".utf8)) }

    struct Ended {
        var status: Int32
        var bySignal: Bool
        var message: String

        var isFailure: Bool { bySignal || status != 0 }

        /// What is the same for two inputs with the same fault, as far as can be told.
        var kind: String {
            if bySignal, status == SIGPROF { return "hang: the limit of CPU time" }
            // "not-deterministic: ...", "Fatal error: ...": without what differs from input to input.
            let line =
                message.split(separator: "\n").last { $0.contains("atal error") || status == Worker.problemStatus }
                ?? ""
            let words = line.replacing(/[0-9]+/, with: "N").replacing(/`[^`]*`/, with: "``")
            return bySignal ? "crash: signal \(status) \(words.prefix(160))" : String(words.prefix(160))
        }
    }

    /// Seconds for making one input smaller.
    private static let patience = 90

    private func report(_ input: Input, _ ended: Ended) throws {
        let end = ContinuousClock.now + .seconds(Self.patience)
        var kept = Array(0..<input.mutations)
        var tree = input.tree()
        // Fewer changes first, then fewer files, then fewer lines.
        for index in kept.reversed() where kept.count > 1 && ContinuousClock.now < end {
            let fewer = kept.filter { $0 != index }
            let smaller = input.tree(keeping: fewer)
            if try ends(smaller, like: ended) { (kept, tree) = (fewer, smaller) }
        }
        tree = try smallest(tree, like: ended, until: end)
        let folder = "\(findings)/\(seed)-\(input.number)"
        try tree.write(to: folder)
        say("\(ended.kind)\n  \(folder), from input \(input.number) of seed \(seed)\n  \(ended.message.suffix(1500))")
    }

    private func smallest(_ whole: MemoryTree, like ended: Ended, until end: ContinuousClock.Instant) throws
        -> MemoryTree
    {
        var tree = whole
        for path in tree.files.keys.sorted() where ContinuousClock.now < end {
            var smaller = tree
            smaller.files[path] = nil
            if try ends(smaller, like: ended) { tree = smaller }
        }
        for path in tree.files.keys.sorted() {
            var size = 64
            while size > 0 {
                var start = 0
                while ContinuousClock.now < end {
                    let lines = (tree.files[path] ?? []).split(
                        separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
                    guard start < lines.count, lines.count > 1 else { break }
                    var smaller = tree
                    let rest = lines[..<start] + lines[min(start + size, lines.count)...]
                    smaller.files[path] = Array(rest.joined(separator: [UInt8(ascii: "\n")]))
                    if try ends(smaller, like: ended) { tree = smaller } else { start += size }
                }
                size /= 4
            }
        }
        return tree
    }

    private func ends(_ tree: MemoryTree, like ended: Ended) throws -> Bool {
        let folder = "\(findings)/trial-\(seed)"
        try? FileManager.default.removeItem(atPath: folder)
        try tree.write(to: folder)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        // What hangs for 20 s hangs for 5, and is tried often.
        return try start(["--repository", folder], cpuLimit: ended.kind.hasPrefix("hang") ? "5" : nil).kind
            == ended.kind
    }

    private func start(_ arguments: [String], cpuLimit: String? = nil) throws -> Ended {
        let process = Process()
        process.executableURL = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
        process.arguments = arguments + ["--cases", cases, "--seed", "\(seed)", "--skip", skipped]
        process.environment = ProcessInfo.processInfo.environment.merging(["SWIFT_BACKTRACE": "enable=no"]) { $1 }
        if let cpuLimit { process.environment?["DORC_FUZZ_CPU"] = cpuLimit }
        let log = "\(findings)/log-\(seed)"
        _ = FileManager.default.createFile(atPath: log, contents: nil)
        defer { try? FileManager.default.removeItem(atPath: log) }
        process.standardError = FileHandle(forWritingAtPath: log)
        try process.run()
        process.waitUntilExit()
        let message = (try? String(contentsOfFile: log, encoding: .utf8)) ?? ""
        return Ended(
            status: process.terminationStatus, bySignal: process.terminationReason == .uncaughtSignal, message: message)
    }
}
