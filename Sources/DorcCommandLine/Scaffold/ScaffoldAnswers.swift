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
    /// Whether the config repository has the schemas for editors.
    var hasSchemas = false

    var variables: [String: String] {
        first.variables.merging(["description": description, "schema": schema]) { $1 }
    }

    /// The way from pipeline.yaml to its schema, where there is one: editors take it as relative to the file.
    private var schema: String {
        hasSchemas ? first.pipelineFolder.map { _ in "../" }.joined() + EditorSchema.pipeline.path : ""
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
