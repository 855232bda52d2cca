import DorcText
import Foundation
import Testing

/// Whole config repositories with their whole output. `DORC_RECORD=1 swift test --filter SnapshotTests` records anew
/// what differs, and fails all the same: a recording is reviewed, not trusted.
@Suite struct SnapshotTests {
    static let records = ProcessInfo.processInfo.environment["DORC_RECORD"] == "1"

    @Test func `there are cases`() {
        #expect(SnapshotCase.all.count > 0)
    }

    @Test(arguments: SnapshotCase.all)
    func `the output is as recorded`(_ snapshot: SnapshotCase) throws {
        let actual = try snapshot.actual()
        let expected = try snapshot.expected()
        var differences = ""
        for path in Set(actual.keys).union(expected.keys).sorted() {
            differences += UnifiedDiff.render(
                old: expected[path], new: actual[path], oldName: "recorded/\(path)", newName: "now/\(path)")
        }
        if actual.isEmpty { Issue.record("\(snapshot.name) makes neither files nor findings") }
        guard !differences.isEmpty else { return }
        if Self.records { try snapshot.record(actual) }
        Issue.record(
            """
            \(snapshot.name) differs from what is on record\(Self.records ? "; recorded anew" : ""):
            \(differences.prefix(20_000))
            To record: DORC_RECORD=1 swift test --filter SnapshotTests
            """)
    }

    @Test(arguments: SnapshotCase.all)
    func `the output does not depend on the order of files`(_ snapshot: SnapshotCase) throws {
        let forwards = try snapshot.actual()
        let backwards = try snapshot.actual(shuffled: true)
        #expect(forwards == backwards)
    }
}
