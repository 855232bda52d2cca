import DorcTestSupport
import Foundation
import Testing

@testable import DorcImport

/// docs/coming-from-airflow.md: its example is what the importer makes.
@Suite struct AirflowPageTests {
    @Test func `the example of the page is what the importer makes`() throws {
        let page = try String(contentsOf: Folders.root.appending(path: "docs/coming-from-airflow.md"), encoding: .utf8)
        let blocks = page.components(separatedBy: "```yaml ").dropFirst().map { block in
            String(block.components(separatedBy: "```")[0].drop { $0 != "\n" }.dropFirst())
        }
        let (source, expected) = (try #require(blocks.first), try #require(blocks.dropFirst().first))
        // The page shows a project that has this one environment.
        let made = AirflowImport(["environments/production/geography/boundaries/workflow.yml": source])
        #expect(made.errors.isEmpty, "\(made.errors)")
        #expect(try made.text("src/geography/boundaries/pipeline.yaml") == expected)
    }

    @Test func `every key of the tables is on the page of the reference`() {
        let text = AirflowReference.text
        for name in WorkflowKeys.dag.map(\.name) + DagKeys.dag.map(\.name) + TaskKeys.common.map(\.name) {
            #expect(text.contains("`\(name)`"), "\(name)")
        }
    }
}
