import DorcText
import Foundation

/// One input of the fuzzer: a config repository of the seeds with a few changes, which its number and the run's seed give.
struct Input {
    let seeds: Seeds
    let seed: UInt64
    let number: UInt64

    private var choices: RandomNumbers { RandomNumbers(seed, number) }

    var mutations: Int {
        var random = choices
        _ = random.next()
        return random.pick([1, 1, 2, 2, 3, 4, 6, 10, 20])
    }

    /// With some of the changes only, where `kept` says which.
    func tree(keeping kept: [Int]? = nil) -> MemoryTree {
        var random = choices
        let repository = seeds.repositories[Int(random.next() % UInt64(seeds.repositories.count))]
        var tree = MemoryTree([:])
        tree.files = repository.files
        for index in kept ?? Array(0..<mutations) {
            var mutation = Mutation(seeds: seeds, random: RandomNumbers(seed, number, UInt64(index)))
            mutation.apply(to: &tree)
        }
        return tree
    }
}

extension MemoryTree {
    /// The same on disk, for a test case. Names that a disk does not take are left out.
    func write(to folder: String) throws {
        for (path, bytes) in files {
            let url = URL(filePath: folder).appending(path: path)
            try? FileManager.default.createDirectory(
                at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
            try? Data(bytes).write(to: url)
        }
        guard !badLinks.isEmpty || !unreadable.isEmpty else { return }
        let special =
            badLinks.keys.map { "bad link: \($0)\n" }.sorted() + unreadable.keys.map { "unreadable: \($0)\n" }.sorted()
        try Data(special.joined().utf8).write(to: URL(filePath: folder + "/SPECIAL-FILES"))
    }

    init(folder: String) {
        self.init([:])
        files = Seeds.files(below: folder)
        let special = String(decoding: files.removeValue(forKey: "SPECIAL-FILES") ?? [], as: UTF8.self)
        for line in special.split(separator: "\n") {
            if line.hasPrefix("bad link: ") { badLinks[String(line.dropFirst(10))] = "leads nowhere" }
            if line.hasPrefix("unreadable: ") { unreadable[String(line.dropFirst(12))] = "Permission denied" }
        }
    }
}
