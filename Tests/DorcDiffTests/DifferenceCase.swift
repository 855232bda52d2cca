import DorcDiff
import DorcTemplates
import DorcTestSupport
import DorcText
import Foundation
import Schedules
import Testing

@testable import DorcCommandLine

/// A folder below Cases/: a change of a config repository, and what is said of it.
///
///     before/      files of the repository before the change, over those of Base/
///     after/       files after the change, over all of those; one that ends in `.removed` removes what it is called after
///     templates/   templates as they were before the change, instead of those that the repository becomes: of an older dorc,
///                  or edited by hand
///     difference.txt, difference.md, difference.json
struct DifferenceCase: CustomTestStringConvertible, Sendable {
    let name: String

    var testDescription: String { name }

    private static let tests = URL(filePath: #filePath).deletingLastPathComponent()
    static let root = tests.appending(path: "Cases")

    static let all: [DifferenceCase] = {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: root.path)) ?? []
        return names.filter { !$0.hasPrefix(".") }.sorted().map(DifferenceCase.init)
    }()

    var folder: URL { Self.root.appending(path: name) }

    /// The time that next runs are counted from.
    static let now = UTCTime("2026-03-01T00:00:00Z")?.seconds ?? 0

    func difference() throws -> ProjectDifference {
        let before = try Folders.files(below: Self.tests.appending(path: "Base")).merging(part("before")) { $1 }
        var after = before
        for (path, bytes) in try part("after") {
            if path.hasSuffix(".removed") { after[String(path.dropLast(8))] = nil } else { after[path] = bytes }
        }
        var old = try Self.side(before)
        old.templates.merge(try part("templates")) { $1 }
        let comparison = ProjectComparison(
            old: old, new: try Self.side(after), clock: RunClock(now: Self.now, zone: SystemClock.zone))
        return try comparison.difference(oldName: "`before/`", newName: "`after/`")
    }

    private func part(_ name: String) throws -> [String: [UInt8]] {
        let part = folder.appending(path: name)
        return FileManager.default.fileExists(atPath: part.path) ? try Folders.files(below: part) : [:]
    }

    static func side(_ files: [String: [UInt8]]) throws -> ProjectSide {
        var tree = MemoryTree([:])
        tree.files = files
        return try CompiledSide.make(
            Compilation(tree), format: .yaml, selects: SideSelection(environments: [], pipelines: []))
    }

    static func texts(of difference: ProjectDifference) -> [String: String] {
        [
            "difference.txt": DifferenceText(colour: false).render(difference),
            "difference.md": DifferenceMarkdown().render(difference),
            "difference.json": DifferenceJSON.render(difference),
        ]
    }

    static func isInput(_ path: String) -> Bool {
        ["before/", "after/", "templates/"].contains { path.hasPrefix($0) }
    }
}
