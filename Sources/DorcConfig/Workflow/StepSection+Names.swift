internal import DorcModel
internal import DorcText

extension PipelineFile.StepSection {
    /// Keys that say what a step does; `function` is meant where none stands.
    static let actionKeys = ["function", "pipeline", "task", "wait"]

    /// The function that the step runs, unless it does something else.
    var functionName: Located<String>? {
        if !writtenKeys.isDisjoint(with: Self.actionKeys.dropFirst()) { return nil }
        // A function that could not be read is not the one of the step's name.
        return writtenKeys.contains("function") ? function : function ?? name
    }

    /// How many keys that say what it does have a value that could be read.
    var readActions: Int { [function != nil, pipeline != nil, task != nil, wait != nil].count { $0 } }

    var stepName: Located<String>? {
        name ?? function ?? pipeline.map { $0.map(\.name) }
    }
}

extension PipelineFile {
    /// The functions that steps run, each with the place of its first use.
    var usedFunctions: [String: SourceRange] {
        var uses: [String: SourceRange] = [:]
        for step in steps?.value ?? [] {
            if let name = step.value.functionName, uses[name.value] == nil { uses[name.value] = name.range }
        }
        return uses
    }
}
