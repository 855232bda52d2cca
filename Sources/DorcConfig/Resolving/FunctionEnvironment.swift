internal import DorcModel
internal import DorcText

/// `environment` and `secrets` of a function -> its environment variables, overrides applied.
struct FunctionEnvironment {
    /// Sorted by name.
    let variables: [(name: String, value: Text)]

    /// `sections` from weak to strong.
    init(_ sections: [FunctionSection], _ context: ResolutionContext, into diagnostics: inout Diagnostics) {
        var values: [String: Text] = [:]
        var secrets: [String: SourceRange] = [:]
        for section in sections {
            for entry in section.environment?.value.entries ?? [] {
                Self.checkName(entry.key, &diagnostics)
                let value = context.expand(entry.value, &diagnostics)
                TemplateHazard.checkReference(value.sample, at: entry.value.range, &diagnostics)
                values[entry.key.value] = value
                secrets[entry.key.value] = nil
            }
            for entry in section.secrets?.value.entries ?? [] {
                Self.checkName(entry.key, &diagnostics)
                if let twin = section.environment?.value.entries.first(where: { $0.key.value == entry.key.value }) {
                    diagnostics.report(.variableTwice(entry.key, other: twin.key.range))
                }
                let text = context.expand(entry.value, &diagnostics)
                guard context.isSound(entry.value.value),
                    let reference = SecretReference.dynamicReference(
                        text, at: entry.value.range.firstLine, into: &diagnostics)
                else { continue }
                ARNRule.check(entry.value, context, &diagnostics)
                values[entry.key.value] = reference
                secrets[entry.key.value] = entry.key.range
            }
        }
        variables = values.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
        // How long a secret is shows at deployment.
        let size = variables.reduce(0) { size, variable in
            size + variable.name.utf8.count
                + (secrets[variable.name] == nil ? variable.value.sample.utf8.count : 0)
        }
        guard let place = sections.compactMap({ $0.environment?.range ?? $0.secrets?.range }).last?.firstLine else {
            return
        }
        Limit(LambdaEnvironment.byteLimit).check(size, &diagnostics) { severity in
            Diagnostic(
                .environmentTooLarge, severity, at: place, "the environment variables have \(size) bytes",
                help: "Lambda takes \(LambdaEnvironment.byteLimit) for all names and values together: read larger data"
                    + " from S3 or Parameter Store")
        }
    }

    private static func checkName(_ name: Located<String>, _ diagnostics: inout Diagnostics) {
        guard LambdaEnvironment.isReserved(name.value) else { return }
        diagnostics.report(
            Diagnostic(
                .reservedVariable, at: name.range,
                "`\(name.value)` is a reserved name: Lambda sets this variable itself",
                help: "choose another name: Lambda refuses a function that sets it"))
    }
}

extension Diagnostic {
    fileprivate static func variableTwice(_ name: Located<String>, other: SourceRange) -> Diagnostic {
        Diagnostic(
            .variableTwice, at: name.range, "`\(name.value)` is in both `environment` and `secrets`",
            help: "remove one", notes: [Note(other, "the other one is here")])
    }
}
