internal import DorcModel
internal import DorcText

/// `environment` and `secrets` of a function -> its environment variables, overrides applied.
struct FunctionEnvironment {
    /// Sorted by name.
    let variables: [(name: String, value: Text)]
    /// Of a job, sorted by name; a Lambda's are among its variables.
    let secrets: [JobSecret]

    /// What the function runs as, which says what its variables may be called.
    enum Runtime {
        case lambda
        /// With dorc's runner.
        case job
        case container
    }

    /// `sections` from weak to strong.
    init(
        _ sections: [FunctionSection], _ context: ResolutionContext, runtime: Runtime,
        into diagnostics: inout Diagnostics
    ) {
        let isJob = runtime != .lambda
        var written: [Variable] = []
        for section in sections {
            for entry in section.environment?.value.entries ?? [] {
                Self.checkName(entry.key, runtime, &diagnostics)
                let value = context.expand(entry.value, &diagnostics)
                TemplateHazard.checkReference(value.sample, at: entry.value.range, &diagnostics)
                written.append(Variable(name: entry.key.value, value: value))
            }
            for entry in section.secrets?.value.entries ?? [] {
                Self.checkName(entry.key, runtime, &diagnostics)
                if let twin = section.environment?.value.entries.first(where: { $0.key.value == entry.key.value }) {
                    diagnostics.report(.variableTwice(entry.key, other: twin.key.range))
                }
                let text = context.expand(entry.value, &diagnostics)
                guard context.isSound(entry.value.value),
                    let (secret, key) = SecretReference.parts(
                        of: text, at: entry.value.range.firstLine, into: &diagnostics)
                else { continue }
                ARNRule.check(entry.value, context, &diagnostics)
                written.append(
                    Variable(
                        name: entry.key.value, value: SecretReference.dynamicReference(secret, key: key),
                        secret: JobSecret(name: entry.key.value, secret: secret, key: key)))
            }
        }
        let effective = Self.effective(written)
        variables = effective.filter { !isJob || $0.secret == nil }.map { ($0.name, $0.value) }
        secrets = isJob ? effective.compactMap(\.secret) : []
        // How long a secret is shows at deployment.
        let size = effective.reduce(0) { size, variable in
            size + variable.name.utf8.count + (variable.secret != nil ? 0 : variable.value.sample.utf8.count)
        }
        guard let place = sections.compactMap({ $0.environment?.range ?? $0.secrets?.range }).last?.firstLine else {
            return
        }
        let (limit, service) = isJob ? (BatchLimit.environmentBytes, "a job") : (LambdaEnvironment.byteLimit, "Lambda")
        Limit(limit).check(size, &diagnostics) { severity in
            Diagnostic(
                .environmentTooLarge, severity, at: place, "the environment variables have \(size) bytes",
                help: "\(service) takes \(limit) for all names and values together: read larger data"
                    + " from S3 or Parameter Store")
        }
    }

    private struct Variable {
        var name: String
        var value: Text
        var secret: JobSecret?
    }

    /// The last of each name, by name.
    private static func effective(_ written: [Variable]) -> [Variable] {
        let sorted = written.indices.sorted { (written[$0].name, $0) < (written[$1].name, $1) }
        return sorted.indices.filter { index in
            index + 1 == sorted.count || written[sorted[index]].name != written[sorted[index + 1]].name
        }.map { written[sorted[$0]] }
    }

    private static func checkName(_ name: Located<String>, _ runtime: Runtime, _ diagnostics: inout Diagnostics) {
        switch runtime {
        case .job, .container:
            if BatchLimit.isReserved(name.value) {
                diagnostics.report(
                    Diagnostic(
                        .reservedVariable, at: name.range,
                        "`\(name.value)` is a reserved name: AWS Batch or dorc's runner sets such variables itself",
                        help: "choose another name, without `AWS_BATCH` or `DORC_` at its beginning"))
            } else if runtime == .job, BatchLimit.isRunners(name.value) {
                diagnostics.report(
                    Diagnostic(
                        .reservedVariable, at: name.range,
                        "`\(name.value)` is a reserved name: dorc's runner needs the one that its image or AWS sets",
                        help: "choose another name, or set it in the Dockerfile"))
            }
        case .lambda:
            if LambdaEnvironment.isReserved(name.value) {
                diagnostics.report(
                    Diagnostic(
                        .reservedVariable, at: name.range,
                        "`\(name.value)` is a reserved name: Lambda sets this variable itself",
                        help: "choose another name: Lambda refuses a function that sets it"))
            } else if Names.isVariable(name.value), !Names.isEnvironmentVariable(name.value) {
                diagnostics.report(
                    .invalidName(
                        name.value, of: "the name of an environment variable",
                        rule: "Lambda takes at least two characters, the first a letter", at: name.range))
            }
        }
    }
}

extension Diagnostic {
    fileprivate static func variableTwice(_ name: Located<String>, other: SourceRange) -> Diagnostic {
        Diagnostic(
            .variableTwice, at: name.range, "`\(name.value)` is in both `environment` and `secrets`",
            help: "remove one", notes: [Note(other, "the other one is here")])
    }
}
