import DorcConfig
import DorcImport
import DorcTestSupport
import Foundation
import Testing

/// docs/reference is written from the declarations: `DORC_RECORD=1 swift test --filter DocumentationTests` writes it anew.
@Suite struct ReferenceTests {
    @Test func `the reference is that of the declarations`() throws {
        let pages = [
            "access.md": AccessPage.text, "airflow.md": AirflowReference.text, "cases.md": ReferenceDocument.caseFile,
            "dorc.yaml.md": ReferenceDocument.projectFile, "pipeline.yaml.md": ReferenceDocument.pipelineFile,
        ]
        let folder = Folders.root.appending(path: "docs/reference")
        if let difference = try Golden.difference(of: pages, from: folder, tests: "DocumentationTests") {
            Issue.record("\(difference)")
        }
    }
}
