import DorcTestSupport
import DorcText
import Testing

/// Whole config repositories and what they become. `DORC_RECORD=1 swift test --filter SnapshotTests` records anew.
@Suite struct SnapshotTests {
    @Test func `there are cases`() {
        #expect(SnapshotCase.all.count > 100)
    }

    @Test func `every case whose record is of its own kind is there`() {
        let special = Record.inYAML.union(Record.inJSON).union(Record.withoutTemplates)
        #expect(special.subtracting(SnapshotCase.all.map(\.name)) == [])
    }

    @Test(arguments: SnapshotCase.all)
    func `the output is as recorded`(_ snapshot: SnapshotCase) throws {
        let texts = Record.texts(of: try SnapshotOutput(snapshot.config()), case: snapshot.name)
        if texts.isEmpty { Issue.record("\(snapshot.name) makes neither files nor findings") }
        if let difference = try snapshot.difference(of: texts) { Issue.record("\(difference)") }
    }

    @Test(arguments: SnapshotCase.all)
    func `the output does not depend on the order of files`(_ snapshot: SnapshotCase) throws {
        var tree = try snapshot.config()
        let forwards = try SnapshotOutput(tree)
        tree.isReversed = true
        #expect(try SnapshotOutput(tree) == forwards)
    }
}
