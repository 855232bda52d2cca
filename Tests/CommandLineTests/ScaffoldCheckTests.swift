import DorcConfig
import DorcModel
import DorcTestSupport
import DorcText
import Testing
@testable import DorcCommandLine

/// What `dorc-synth new` makes passes `dorc-synth check` at once.
@Suite struct ScaffoldCheckTests {
    private func project(description: String) -> ProjectAnswers {
        var first = pipeline()
        first.description = description
        return ProjectAnswers(
            project: "census-demo", region: "eu-west-2", account: "012345678901", environment: "dev", first: first)
    }

    @Test(arguments: ["", "Pulls the census", "a: \"b\" # c\n- ${x} {{ y }} $${z}", "no", "0123"])
    func `a new project has no mistakes`(_ description: String) throws {
        let files = try Scaffold.project(project(description: description)).files(from: .builtIn)
        let texts = Dictionary(files.map { ($0.path, String(decoding: $0.contents, as: UTF8.self)) }) { $1 }
        let (project, _, findings) = Repository(files: texts).graph()
        #expect(findings.isEmpty, "\(DiagnosticText(colour: false).render(findings))")
        #expect(
            try #require(project).pipelines.first?.environments.first?.description
                == (description.isEmpty ? nil : description))
    }
}
