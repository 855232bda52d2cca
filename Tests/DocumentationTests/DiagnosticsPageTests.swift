import DorcConfig
import DorcModel
import DorcText
import DorcTestSupport
import Foundation
import Testing

/// docs/diagnostics.md is written from the catalogue: `DORC_RECORD=1 swift test --filter DocumentationTests` writes it anew.
@Suite struct DiagnosticsPageTests {
    private static let url = Folders.root.appending(path: "docs/diagnostics.md")

    @Test func `the page is that of the catalogue`() throws {
        let recorded = try String(contentsOf: Self.url, encoding: .utf8)
        let marker = try #require(recorded.range(of: DiagnosticsPage.marker), "the page has no marker")
        let text = DiagnosticsPage.text(introduction: recorded[..<marker.lowerBound])
        guard recorded != text else { return }
        if ProcessInfo.processInfo.environment["DORC_RECORD"] == "1" { try Data(text.utf8).write(to: Self.url) }
        let difference = UnifiedDiff.render(
            old: recorded, new: text, oldName: "recorded/diagnostics.md", newName: "now/diagnostics.md")
        Issue.record("docs/diagnostics.md is not up to date:\n\(difference)")
    }

    @Test func `every id is in one group`() {
        for id in DiagnosticID.allCases {
            #expect(DiagnosticGroup.allCases.count { $0.entry(of: id) != nil } == 1, "\(id.rawValue)")
        }
    }

    @Test(arguments: DiagnosticGroup.allCases)
    func `ids of a group are together, sorted, and few enough for a table`(_ group: DiagnosticGroup) throws {
        let ids = group.ids
        let first = try #require(DiagnosticID.allCases.firstIndex(of: ids[0]))
        #expect(Array(DiagnosticID.allCases[first...].prefix(ids.count)) == ids)
        #expect(ids.map(\.rawValue) == ids.map(\.rawValue).sorted())
        #expect(ids.count <= 15)
    }

    @Test func `every text is a clause in one row of a table`() throws {
        for id in DiagnosticID.allCases {
            let entry = try #require(id.entry)
            for text in [entry.cause, entry.warning, entry.cure].compactMap(\.self) {
                #expect(!text.isEmpty && !text.hasSuffix(".") && !text.contains(#/[|\n]/#), "\(id.rawValue): \(text)")
                #expect(text.count { $0 == "`" }.isMultiple(of: 2), "\(id.rawValue): \(text)")
            }
        }
    }

    @Test func `every page and section exists`() throws {
        for page in Set(DiagnosticID.allCases.compactMap(\.entry?.page)) {
            let parts = page.split(separator: "#")
            try #require(parts.count == 2, "\(page)")
            let text = try String(
                contentsOf: Folders.root.appending(path: "docs/\(parts[0])"), encoding: .utf8)
            let anchors = text.split(separator: "\n").filter { $0.hasPrefix("#") }.map(Self.anchor)
            #expect(anchors.contains(String(parts[1])), "\(page)")
        }
    }

    /// As GitHub makes it of a heading.
    private static func anchor(of heading: Substring) -> String {
        let words = heading.drop { $0 == "#" }.drop { $0 == " " }.lowercased()
        return String(words.filter { $0.isLetter || $0.isNumber || " -_".contains($0) }.map { $0 == " " ? "-" : $0 })
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
