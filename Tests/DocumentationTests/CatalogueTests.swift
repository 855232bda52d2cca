import DorcConfig
import DorcModel
import DorcText
import DorcTestSupport
import Testing

/// The catalogue says of each id what is true.
@Suite struct CatalogueTests {
    @Test(arguments: DiagnosticID.allCases)
    func `an example leads to its finding alone`(_ id: DiagnosticID) throws {
        let entry = try #require(id.entry)
        let project: ExampleProject
        switch entry.example {
        case .files(let files):
            project = ExampleProject(Dictionary(files.map { ($0.path, $0.text) }, uniquingKeysWith: { $1 }))
        case .words:
            if DescribedExamples.unknown.contains(id) { return #expect(DescribedExamples.project(id) == nil) }
            project = try #require(DescribedExamples.project(id))
        }
        let findings = project.findings()
        // What an example leaves out: functions that are used, and what they may do.
        let others = findings.filter { ![id, .unreadBucket, .unusedFunction].contains($0.id) }
        #expect(others.isEmpty, "\(DiagnosticText(colour: false).render(others))")
        let own = findings.filter { $0.id == id }
        #expect(!own.isEmpty)
        #expect(own.allSatisfy { $0.severity == entry.severity }, "\(DiagnosticText(colour: false).render(own))")
    }

    @Test func `the severity is the usual one where a call site names none`() {
        let place = SourceRange.whole("dorc.yaml")
        #expect(Diagnostic(.unknownKey, at: place, "x").severity == .error)
        #expect(Diagnostic(.unusedFunction, at: place, "x").severity == .warning)
        #expect(Diagnostic(.crossingSteps, at: place, "x").severity == .note)
        #expect(Diagnostic(.tooManyRules, .warning, at: place, "x").severity == .warning)
    }
}
