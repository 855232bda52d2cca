import DorcConfig
import DorcModel

/// What a new function is made from.
struct FunctionAnswers: Equatable, Sendable {
    var function: FunctionID
    /// The folder with the layers, relative to the config repository: `source` in dorc.yaml.
    var source = Defaults.source

    /// The variables that blueprints of a function may use; the wider kinds add theirs.
    var variables: [String: String] {
        [
            "source": source, "layer": function.pipeline.layer, "pipeline": function.pipeline.name,
            "function": function.name,
        ]
    }

    var pipelineFolder: [String] {
        source.split(separator: "/").map(String.init).filter { $0 != "." }
            + [function.pipeline.layer, function.pipeline.name]
    }

    var functionFolder: [String] { pipelineFolder + [function.name] }
}

/// What a new pipeline is made from, with the function that is its first step.
struct PipelineAnswers: Equatable, Sendable {
    var first: FunctionAnswers
    /// Any text; empty for none.
    var description = ""
    /// The schemas for editors that the config repository has.
    var schemas: Set<EditorSchema> = []

    var variables: [String: String] {
        let own = [
            "description": description, "schema": way(to: .pipeline, from: 0), "cases_schema": way(to: .cases, from: 1),
        ]
        return first.variables.merging(own) { $1 }
    }

    /// The way from a file to its schema, where there is one: editors take it as relative to the file, which is so many folders
    /// below pipeline.yaml's.
    private func way(to schema: EditorSchema, from depth: Int) -> String {
        guard schemas.contains(schema) else { return "" }
        return String(repeating: "../", count: first.pipelineFolder.count + depth) + schema.path
    }
}

/// What a new project is made from, with its first pipeline.
struct ProjectAnswers: Equatable, Sendable {
    var project: String
    var region: String
    /// Empty for none.
    var account = ""
    var environment: String
    var first: PipelineAnswers

    var variables: [String: String] {
        let own = ["project": project, "region": region, "account": account, "environment": environment]
        return first.variables.merging(own) { $1 }
    }
}
