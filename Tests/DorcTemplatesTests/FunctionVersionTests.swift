import DorcSynth
import DorcTemplates
import DorcTestSupport
import DorcText
import Testing

typealias VersionTree = JSONValue<String>

/// What a machine calls, and when another version of a function is published.
@Suite struct FunctionVersionTests {
    private func template(_ pipeline: String, _ files: [String: String] = [:]) throws -> VersionTree {
        var repository = Repository(pipeline)
        repository.files.merge(files) { $1 }
        let (_, made, findings) = repository.graph()
        try #require(!findings.contains { $0.severity == .error }, "\(findings.map(\.summary))")
        let graph = try #require(made)
        let stack = try #require(graph.stacks.first { $0.kind == .core })
        var diagnostics = Diagnostics()
        let bytes = TemplateRenderer(graph, format: .json).render(stack.index, into: &diagnostics).bytes
        return try #require(VersionTree(json: bytes))
    }

    private func member(_ tree: VersionTree, _ path: String...) throws -> VersionTree {
        try path.reduce(tree) { tree, name in
            guard case .object(let members) = tree else { throw Missing(name: name) }
            return try #require(members.first { $0.name == name }?.value, "\(name)")
        }
    }

    private struct Missing: Error { var name: String }

    private func digest(_ pipeline: String, _ files: [String: String] = [:]) throws -> String {
        let mapped = try member(try template(pipeline, files), "Mappings", "Functions", "LoadFunction", "Version")
        guard case .text(let text) = mapped else { throw Missing(name: "text") }
        #expect(text.hasPrefix("raw/census/load of demo in dev, "))
        return String(text.suffix(12))
    }

    private static let plain = "functions: {load: {memory: 512}}\nsteps: [load]\n"

    @Test(arguments: [
        "functions: {load: {memory: 513}}\nsteps: [load]\n",
        "functions: {load: {timeout: 1m}}\nsteps: [load]\n",
        "functions: {load: {ephemeral_storage: 1024}}\nsteps: [load]\n",
        "functions: {load: {environment: {KEY: a}}}\nsteps: [load]\n",
        "functions: {load: {secrets: {KEY: a}}}\nsteps: [load]\n",
        "functions: {load: {access: {s3_read: landing/*}}}\nsteps: [load]\n",
        "functions: {load: {image: '111122223333.dkr.ecr.eu-west-2.amazonaws.com/team/tool:v1'}}\nsteps: [load]\n",
    ])
    func `what a version keeps makes another one`(_ pipeline: String) throws {
        #expect(try digest(pipeline) != digest(Self.plain))
    }

    @Test func `code and network make another one`() throws {
        let before = try digest(Self.plain)
        #expect(try digest(Self.plain, ["src/raw/census/load/lambda.py": Repository.code + "# more\n"]) != before)
        let network = "vpc_id: vpc-0d0d0d0d, private_subnet_ids: [subnet-0d0d0d0d]"
        let project = { (network: String) in
            "project: demo\nregion: eu-west-2\nenvironments: {dev: {account: '111122223333', \(network)}}\n"
        }
        let inside = try digest(Self.plain, ["dorc.yaml": project(network)])
        #expect(inside != before)
        let moved = network.replacing("subnet-0d0d0d0d", with: "subnet-0e0e0e0e")
        #expect(try digest(Self.plain, ["dorc.yaml": project(moved)]) != inside)
    }

    @Test(arguments: [
        "functions: {load: {reserved_concurrency: 3}}\nsteps: [load]\n",
        "functions: {load: {log_retention: 7d}}\nsteps: [load]\n",
        "tags: {a: b}\nsteps: [load]\n",
        "description: Another one\nsteps: [load, {name: again, function: load}]\n",
        "schedule: '@daily'\ntimeout: 2h\nmax_active_runs: 1\nsteps: [load]\n",
    ])
    func `what a version does not keep makes none`(_ pipeline: String) throws {
        #expect(try digest(pipeline) == digest(Self.plain))
    }

    @Test func `function and version have one description`() throws {
        let resources = try member(try template(Self.plain), "Resources")
        let wanted = VersionTree.object([
            VersionTree.Member(
                name: "Fn::FindInMap", value: .list([.text("Functions"), .text("LoadFunction"), .text("Version")]))
        ])
        for id in ["LoadFunction", "LoadVersion"] {
            #expect(try member(resources, id, "Properties", "Description") == wanted)
        }
        #expect(try member(resources, "LoadVersion", "DeletionPolicy") == .text("Delete"))
        #expect(try member(resources, "LoadVersion", "UpdateReplacePolicy") == .text("Retain"))
    }

    // MARK: Machines

    private static let version = VersionTree.object([VersionTree.Member(name: "Ref", value: .text("LoadVersion"))])
    private static let itself = VersionTree.object([
        VersionTree.Member(name: "Fn::GetAtt", value: .list([.text("LoadFunction"), .text("Arn")]))
    ])
    private static func ending(_ text: String) -> VersionTree {
        .object([
            VersionTree.Member(name: "Fn::Join", value: .list([.text(""), .list([itself, .text(text)])]))
        ])
    }

    @Test func `a step calls the version`() throws {
        let machine = try member(try template(Self.plain), "Resources", "StateMachine", "Properties", "Definition")
        #expect(try member(machine, "States", "load", "Resource") == Self.version)
    }

    @Test(arguments: [
        ("Resource: '${load}'", ["Resource"], version),
        ("Resource: '${load}:live'", ["Resource"], ending(":live")),
        ("Resource: '${load}:$LATEST'", ["Resource"], ending(":$LATEST")),
        ("Resource: '${load}', Arguments: {its: '${load}'}", ["Arguments", "its"], itself),
        (
            "Resource: 'arn:aws:states:::lambda:invoke', Arguments: {FunctionName: '${load}'}",
            ["Arguments", "FunctionName"], version
        ),
        (
            "Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken', TimeoutSeconds: 60, "
                + "Arguments: {FunctionName: '${load}', Payload: {token: '{% $states.context.Task.Token %}'}}",
            ["Arguments", "FunctionName"], version
        ),
        (
            "Resource: 'arn:aws:states:::aws-sdk:lambda:invoke', Arguments: {FunctionName: '${load}'}",
            ["Arguments", "FunctionName"], version
        ),
        (
            "Resource: 'arn:aws:states:::lambda:invoke', Arguments: {FunctionName: '${load}', Qualifier: live}",
            ["Arguments", "FunctionName"], itself
        ),
        (
            "Resource: 'arn:aws:states:::lambda:invoke', Arguments: {FunctionName: '${load}', Payload: {FunctionName: '${load}'}}",
            ["Arguments", "Payload", "FunctionName"], itself
        ),
        (
            "Resource: 'arn:aws:states:::aws-sdk:lambda:listVersionsByFunction', Arguments: {FunctionName: '${load}'}",
            ["Arguments", "FunctionName"], itself
        ),
    ])
    func `a definition calls the version where it names none`(
        _ state: String, _ path: [String], _ expected: VersionTree
    )
        throws
    {
        let machine = "StartAt: S\nQueryLanguage: JSONata\nStates: {S: {Type: Task, \(state), End: true}}\n"
        let permissions =
            "permissions: [{actions: 'lambda:*', resources: 'arn:aws:lambda:eu-west-2:111122223333:function:demo-*'}]\n"
        let template = try template(
            "definition: w.asl.yaml\n\(permissions)",
            ["src/raw/census/w.asl.yaml": machine, "src/raw/census/load/lambda.py": Repository.code])
        var found = try member(template, "Resources", "StateMachine", "Properties", "Definition", "States", "S")
        for name in path { found = try member(found, name) }
        #expect(found == expected)
    }
}
