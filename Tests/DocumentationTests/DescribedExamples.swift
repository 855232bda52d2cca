import DorcConfig
import DorcModel
import DorcText
import DorcTestSupport

/// The examples of the catalogue that are told in words.
enum DescribedExamples {
    /// What no project is known for: a rule elsewhere keeps it from happening, or it is another command's (`notImported`:
    /// test_import_command.py).
    static let unknown: Set<DiagnosticID> = [.idCollision, .internalError, .notImported]

    static func project(_ id: DiagnosticID) -> ExampleProject? {
        files(id).map(ExampleProject.init) ?? large(id).map { ExampleProject([DiagnosticExample.pipelinePath: $0]) }
            ?? special(id)
    }

    /// What a file system has, and files with their texts have not.
    private static func special(_ id: DiagnosticID) -> ExampleProject? {
        var project = ExampleProject([:])
        let pipeline = DiagnosticExample.pipelinePath
        switch id {
        case .badLink: project.tree.badLinks["src/raw/census/extract/areas.csv"] = "leads out of the repository"
        case .mergeMarks: project.tree.files[pipeline]? = Array("<<<<<<< HEAD\nsteps: [extract]\n=======\n".utf8)
        case .noPipelines:
            project.tree.files = project.tree.files.filter { !$0.key.hasPrefix("src/") }
            project.tree.files["src/raw/README.md"] = []
        case .outputInImage:
            project = ExampleProject([
                "dorc.yaml": "images: {include: [lib/]}\n", "lib/dates.py": "",
                "Dockerfile": "FROM scratch\nCOPY --chmod=755 lib/ /lib/\n",
            ])
            project.output = "lib/out"
        case .outputInSource: project.output = "src/out"
        case .specialFile: project.tree.special["src/raw/census/extract/pipe"] = .pipe
        case .unreadable: project.tree.unreadable[pipeline] = "Permission denied"
        case .yamlEncoding: project.tree.files[pipeline]? += Array("description: caf".utf8) + [0xE9, 0x0A]
        default: return nil
        }
        return project
    }

    private static func files(_ id: DiagnosticID) -> [String: String]? {
        let code = "def handler(event, context):\n    return event\n"
        let long = String(repeating: "a", count: 120)
        return switch id {
        case .foldersTooDeep: ["src/raw/census/extract/" + String(repeating: "a/", count: 65) + "x.csv": ""]
        case .nameTooLong:
            ["src/\(long)/\(long)/pipeline.yaml": "steps: [extract]\n", "src/\(long)/\(long)/extract/lambda.py": code]
        case .textTooLong:
            [
                "dorc.yaml": """
                environments: {dev: {variables: {long: \(String(repeating: "x", count: 4000))}}}

                """,
                DiagnosticExample.pipelinePath:
                    "steps: [{name: load, arguments: \"\(Array(repeating: "${long}", count: 300).joined())\"}]\n",
            ]
        case .tooManyRules:
            [
                "dorc.yaml": """
                environments:
                  dev:
                    vpc_id: vpc-0d0d0d0d
                    private_subnet_ids: [subnet-0d0d0d0d]
                    egress: [\(list(70) { "{port: 5432, to: 10.0.\($0).0/24}" })]

                """
            ]
        default: nil
        }
    }

    /// A pipeline.yaml that is above a limit.
    private static func large(_ id: DiagnosticID) -> String? {
        switch id {
        case .accountQuota:
            "triggers: [\(list(280) { "{name: t\($0), s3: {bucket: census-landing, prefix: \($0)/}}" })]\n"
        case .definitionTooLarge:
            "x-data: &data \(data(220_000))\nsteps: [\(list(5) { "{name: s\($0), function: load, arguments: *data}" })]\n"
        case .environmentTooLarge: "functions: {extract: {environment: {AREAS: \(data(5000))}}}\n"
        case .historyTooLong: "steps: [{name: load, for_each: [\(list(4000) { "\($0)" })]}]\n"
        case .inputTooLong:
            "steps: [{name: load, arguments: [\(list(40_000) { "E\(1_000_000 + $0)" })]}]\n"
        case .patternTooLong: "triggers: [{name: ready, event: {source: [\(list(200) { "my.application.\($0)" })]}}]\n"
        case .policyTooLarge:
            """
            permissions:
              - actions: dynamodb:GetItem
                resources: [\(list(200) { "\"arn:aws:dynamodb:eu-west-2:111122223333:table/areas-\($0)\"" })]

            """
        case .templateTooLarge:
            "x-data: &data \(data(220_000))\ntriggers: [\(list(5) { "{name: t\($0), schedule: every 1d, input: *data}" })]\n"
        case .tooDeep:
            "steps: [{name: s0, function: load}, "
                + list(41) {
                    "{name: s\($0 + 1), function: load, after: s\($0)}, {name: b\($0), function: load, after: s\($0)}"
                }
                + "]\n"
        case .tooManyReferences:
            "functions: {extract: {secrets: {\(list(61) { "KEY_\($0): census/key-\($0)" })}}}\n"
        case .tooManyResources: "triggers: [\(list(510) { "{name: t\($0), schedule: \"\($0 % 60) 6 * * *\"}" })]\n"
        case .yamlTooDeep:
            "steps: [{name: load, arguments: "
                + String(repeating: "[", count: 65) + String(repeating: "]", count: 65) + "}]\n"
        default: nil
        }
    }

    private static func list(_ count: Int, _ item: (Int) -> String) -> String {
        (0..<count).map(item).joined(separator: ", ")
    }

    private static func data(_ count: Int) -> String { String(repeating: "x", count: count) }
}
