import CloudFormation
import DorcConfig
import DorcSynth
import DorcTemplates
import DorcText
import OrderedCollections
import DorcTestSupport
import Testing

@Suite struct UnresolvedReferenceTests {
    private let files = [
        "dorc.yaml": "project: demo\nregion: eu-west-2\nenvironments: {dev: {}}\n",
        "Dockerfile": "FROM scratch\n",
        "src/raw/p/pipeline.yaml": "steps: [f]\n",
        "src/raw/p/f/lambda.py": Repository.code,
    ]

    private func graph() throws -> ResourceGraph {
        let (_, graph, findings) = Repository(files: files).graph()
        #expect(!findings.contains { $0.severity == .error })
        return try #require(graph)
    }

    private func findings(_ graph: ResourceGraph) -> [Diagnostic] {
        var diagnostics = Diagnostics()
        let renderer = TemplateRenderer(graph, format: .json)
        for index in graph.order { _ = renderer.render(index, into: &diagnostics) }
        return diagnostics.sorted
    }

    @Test func `every reference of a project is resolved`() throws {
        #expect(findings(try graph()).isEmpty)
    }

    /// What no template may hide in an empty text.
    @Test(arguments: ["EncryptionKey", "LambdaRole", "RepositoryRawPF", "FLogGroup", "StateMachineLogGroup"])
    func `a reference to nothing is an internal error`(_ id: String) throws {
        var graph = try graph()
        for index in graph.stacks.indices {
            for key in graph.stacks[index].resources.keys where key.text == id {
                graph.stacks[index].resources[key] = nil
            }
        }
        let found = findings(graph)
        #expect(!found.isEmpty && found.allSatisfy { $0.id == .internalError && $0.severity == .error })
        #expect(found.allSatisfy { $0.summary.contains("`\(id)`") })
    }
}
