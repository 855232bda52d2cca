import DorcText
import DorcTestSupport
import Foundation
import Testing

/// A folder below Cases/: a whole config repository in `config/`, and beside it what is on record of what it becomes.
///
///     config/             the config repository; `%20` and the like in the name of a file are made what they stand for
///     expected/yaml/      the core templates of the first environment, or the whole output folder (`Record`)
///     expected/json/      the whole output folder as JSON, in a few cases
///     environments.diff   how the core templates of the other environments differ from those of the first
///     ids.txt             every logical id: one that changes replaces a resource
///     diagnostics.txt     the findings, where there are any; a case with errors has nothing else
///
/// What is not on record is checked by Tests/Python, which synthesizes every case.
struct SnapshotCase: CustomTestStringConvertible, Sendable {
    let name: String

    var testDescription: String { name }
    var folder: URL { Self.root.appending(path: name) }

    static let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Cases")

    static let all: [SnapshotCase] = {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: root.path)) ?? []
        return names.filter { !$0.hasPrefix(".") }.sorted().map(SnapshotCase.init)
    }()

    func config() throws -> MemoryTree {
        var tree = MemoryTree([:])
        for (path, bytes) in try Folders.files(below: folder.appending(path: "config")) {
            tree.files[path.removingPercentEncoding ?? path] = bytes
        }
        return tree
    }

    /// How the texts of now differ from those on record; nil where they do not.
    func difference(of texts: [String: String]) throws -> String? {
        try Golden.difference(
            of: texts, from: folder, leaving: { $0.hasPrefix("config/") }, tests: "SnapshotTests")
    }
}
