internal import DorcModel
internal import DorcText

/// `environment` and `secrets` of a function -> its environment variables, overrides applied.
struct FunctionEnvironment {
    /// Sorted by name.
    let variables: [(name: String, value: Text)]

    /// `sections` from weak to strong.
    init(_ sections: [FunctionSection], _ context: ResolutionContext, into diagnostics: inout Diagnostics) {
        var written: [Variable] = []
        for section in sections {
            for entry in section.environment?.value.entries ?? [] {
                Self.checkName(entry.key, &diagnostics)
                let value = context.expand(entry.value, &diagnostics)
                TemplateHazard.checkReference(value.sample, at: entry.value.range, &diagnostics)
                written.append(Variable(name: entry.key.value, value: value, isSecret: false))
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
                written.append(Variable(name: entry.key.value, value: reference, isSecret: true))
            }
        }
        let effective = Self.effective(written)
        variables = effective.map { ($0.name, $0.value) }
        // How long a secret is shows at deployment.
        let size = effective.reduce(0) { size, variable in
            size + variable.name.utf8.count + (variable.isSecret ? 0 : variable.value.sample.utf8.count)
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

    private struct Variable {
        var name: String
        var value: Text
        var isSecret: Bool
    }

    /// The last of each name, by name.
    private static func effective(_ written: [Variable]) -> [Variable] {
        let sorted = written.indices.sorted { (written[$0].name, $0) < (written[$1].name, $1) }
        return sorted.indices.filter { index in
            index + 1 == sorted.count || written[sorted[index]].name != written[sorted[index + 1]].name
        }.map { written[sorted[$0]] }
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
