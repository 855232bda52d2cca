import DorcText
import Foundation

// dorc-fuzz: changes the config repositories of the snapshot cases at random, and runs the whole front end on them.
//
//     dorc-fuzz [--seconds 60] [--seed N] [--cases DIR] [--findings DIR]    run; exit status 1 where something was found
//               [--skip KIND,...]                                       leaving out kinds of faults that are known
//     dorc-fuzz --repository DIR                                            one config repository, as a finding is written

var options: [String: String] = [:]
var rest = CommandLine.arguments.dropFirst()
while let name = rest.popFirst() {
    guard name.hasPrefix("--"), let value = rest.popFirst() else {
        print("usage: dorc-fuzz [--seconds N] [--seed N] [--cases DIR] [--findings DIR] [--repository DIR]")
        exit(64)
    }
    options[name] = value
}

let skipped = options["--skip"] ?? ""
let skippedKinds = Set(skipped.split(separator: ",").map(String.init))
if let folder = options["--repository"] {
    Worker.check(MemoryTree(folder: folder), skipping: skippedKinds)
    exit(0)
}
let cases = options["--cases"] ?? "Tests/SnapshotTests/Cases"
let seed = options["--seed"].flatMap { UInt64($0) } ?? UInt64.random(in: 0..<1 << 32)
let seconds = options["--seconds"].flatMap { Int($0) } ?? 60
let seeds = try Seeds(cases: cases)
if let first = options["--worker"].flatMap({ UInt64($0) }), let progress = options["--progress"] {
    Worker.run(seeds, seed: seed, from: first, seconds: seconds, progress: progress, skipping: skippedKinds)
    exit(0)
}
FileHandle.standardOutput.write(Data("seed \(seed), \(seconds) s, \(seeds.repositories.count) repositories\n".utf8))
let driver = Driver(
    seeds: seeds, cases: cases, seed: seed, seconds: seconds, skipped: skipped,
    findings: options["--findings"] ?? ".build/fuzz")
exit(try driver.run() == 0 ? 0 : 1)
