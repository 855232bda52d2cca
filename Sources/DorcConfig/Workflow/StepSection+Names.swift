internal import DorcModel
internal import DorcText

extension PipelineFile.StepSection {
    /// The function that the step runs, unless it does something else.
    var functionName: Located<String>? {
        Self.type.alternative(of: self) == "function" ? writtenFunction : nil
    }

    /// The function of a step that runs one. A function that could not be read is not the one of the step's name.
    var writtenFunction: Located<String>? {
        function ?? (writtenKeys.contains("function") ? nil : name)
    }

    var stepName: Located<String>? {
        name ?? function ?? pipeline.map { $0.map(\.name) }
    }
}

extension PipelineFile {
    /// Those of `steps`, then those of `finally`.
    var allSteps: [Located<StepSection>] {
        guard let finally, !finally.value.isEmpty else { return steps?.value ?? [] }
        return (steps?.value ?? []) + finally.value
    }

    /// Whether `steps` or `finally` has an error.
    func stepsHaveErrors(in diagnostics: Diagnostics) -> Bool {
        [steps?.range, finally?.range].contains { $0.map(diagnostics.hasErrors) == true }
    }

    /// The functions that steps run, each with the place of its first use.
    var usedFunctions: [String: SourceRange] {
        // By index: a section is large, and to go through them copies each.
        let sections = allSteps
        var uses = [String: SourceRange](minimumCapacity: sections.count)
        for index in sections.indices {
            if let name = sections[index].value.functionName, uses[name.value] == nil { uses[name.value] = name.range }
        }
        return uses
    }
}
