import DorcConfig
import DorcText
import Foundation
import Testing

/// docs/reference is written from the declarations: `DORC_RECORD=1 swift test --filter DocumentationTests` writes it anew.
@Suite struct ReferenceTests {
    @Test(arguments: [
        ("dorc.yaml.md", ReferenceDocument.projectFile), ("pipeline.yaml.md", ReferenceDocument.pipelineFile),
    ])
    func `the reference is that of the declarations`(_ name: String, _ text: String) throws {
        let url = Documentation.root.appending(path: "docs/reference/\(name)")
        let recorded = try? String(contentsOf: url, encoding: .utf8)
        guard recorded != text else { return }
        if ProcessInfo.processInfo.environment["DORC_RECORD"] == "1" {
            try FileManager.default.createDirectory(
                at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(text.utf8).write(to: url)
        }
        let difference = UnifiedDiff.render(
            old: recorded, new: text, oldName: "recorded/\(name)", newName: "now/\(name)")
        Issue.record("docs/reference/\(name) is not up to date:\n\(difference)")
    }
}
