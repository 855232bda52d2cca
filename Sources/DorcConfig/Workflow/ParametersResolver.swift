internal import DorcModel
internal import DorcText

/// `parameters` -> the defaults of the run's input, in one environment: the pipeline's, each replaced by the environment's own.
struct ParametersResolver {
    let file: PipelineFile

    /// Whether the runs of an environment have any, and so the variable that keeps their input.
    static func exist(_ file: PipelineFile, _ context: ResolutionContext) -> Bool {
        if file.parameters != nil { return true }
        let areOverridden = file.environments?.value.entries.contains { $0.value.parameters != nil } == true
        return areOverridden && context.overrides(of: file)?.parameters != nil
    }

    /// The names that are declared for an environment.
    static func names(_ file: PipelineFile, _ context: ResolutionContext) -> [String] {
        guard exist(file, context) else { return [] }
        let own = file.environments == nil ? nil : context.overrides(of: file)?.parameters
        return [file.parameters, own].compactMap { $0 }.flatMap { $0.value.entries.map(\.key.value) }
    }

    func parameters(
        _ context: ResolutionContext, _ diagnostics: inout Diagnostics
    ) -> [JSONValue<Text>.Member] {
        let areOverridden = file.environments?.value.entries.contains { $0.value.parameters != nil } == true
        let own = areOverridden ? context.overrides(of: file)?.parameters : nil
        let check = ExpressionCheck(context: context)
        var members: [JSONValue<Text>.Member] = []
        var size = 0
        for section in [file.parameters, own].compactMap({ $0 }) {
            for entry in section.value.entries {
                let value = check.expand(entry.value.value, &diagnostics)
                size += Self.size(of: value)
                if let known = members.firstIndex(where: { $0.name == entry.key.value }) {
                    members[known].value = value
                } else {
                    members.append(JSONValue<Text>.Member(name: entry.key.value, value: value))
                }
            }
        }
        if let place = own ?? file.parameters {
            // Step Functions API: a state's output has at most 262,144 bytes, and the input comes to it.
            Limit(262_144).check(size, &diagnostics) { severity in
                Diagnostic(
                    .inputTooLong, severity, at: place.range.firstLine,
                    "the `parameters` have \(size) bytes of text; an input has at most 262144",
                    help: "put the data into S3, and its key into the parameter")
            }
        }
        return members
    }

    private static func size(of value: JSONValue<Text>) -> Int {
        var size = 0
        value.forEachText { size += $0.sample.utf8.count }
        return size
    }
}
