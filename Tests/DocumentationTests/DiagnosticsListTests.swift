import DorcText
import DorcModel
import Foundation
import DorcTestSupport
import Testing

/// docs/diagnostics.md explains every finding that there is.
@Suite struct DiagnosticsListTests {
    @Test func `every id is explained`() throws {
        let document = try String(
            contentsOf: Folders.root.appending(path: "docs/diagnostics.md"), encoding: .utf8)
        let rows = document.matches(of: #/(?m)^\| `([a-z0-9-]+)`/#).map { String($0.1) }
        let explained = Set(rows)
        #expect(rows.count == explained.count)
        let ids = Set(DiagnosticID.allCases.map(\.rawValue))
        #expect(ids.subtracting(explained).sorted() == [])
        #expect(explained.subtracting(ids).sorted() == [])
    }

    @Test func `no page has the marks of a merge`() throws {
        let names = try FileManager.default.subpathsOfDirectory(
            atPath: Folders.root.appending(path: "docs").path)
        for name in ["README.md", "CHANGELOG.md"] + names.map({ "docs/" + $0 }) where name.hasSuffix(".md") {
            let text = try String(contentsOf: Folders.root.appending(path: name), encoding: .utf8)
            #expect(!text.contains(#/(?m)^(<{7}|={7}$|>{7})/#), "\(name)")
        }
    }
}
