package import DorcModel
package import DorcText

/// WrittenCases -> PipelineCase, as other values of a pipeline: variables are those of an environment.
package struct CaseResolver {
    private let files: [PipelineID: PipelineFile]
    private let settings: ProjectSettings

    /// - Parameter project: what the repository was resolved to; its environments count.
    package init(_ repository: ConfigRepository, _ project: Project) {
        files = Dictionary(
            repository.pipelines.map { ($0.id, $0.file) }, uniquingKeysWith: { first, _ in first })
        settings = ProjectSettings(project, repository, reportsVariables: repository.hasSoundProjectFile)
    }

    /// Reports what does not hold in an environment, each mistake once.
    package func check(_ cases: [WrittenCases], into diagnostics: inout Diagnostics) {
        for written in cases {
            _ = PerEnvironment(contexts(of: written.pipeline), into: &diagnostics) { context, diagnostics in
                resolve(written, context, into: &diagnostics)
            }
        }
    }

    /// In one environment, by its position in the project.
    package func cases(
        _ written: WrittenCases, environment: Int, into diagnostics: inout Diagnostics
    ) -> [PipelineCase] {
        let contexts = contexts(of: written.pipeline)
        guard contexts.indices.contains(environment) else { return [] }
        return resolve(written, contexts[environment], into: &diagnostics)
    }

    /// The mocks of a file of their own.
    package func mocks(
        _ mocks: MockMap, of pipeline: PipelineID, environment: Int, into diagnostics: inout Diagnostics
    ) -> [JSONValue<Text>.Member] {
        let contexts = contexts(of: pipeline)
        guard contexts.indices.contains(environment) else { return [] }
        return self.mocks(mocks, contexts[environment], &diagnostics)
    }

    private func contexts(of pipeline: PipelineID) -> [ResolutionContext] {
        settings.environments.map { ResolutionContext(settings, environment: $0, pipeline: pipeline) }
    }

    private func resolve(
        _ written: WrittenCases, _ context: ResolutionContext, into diagnostics: inout Diagnostics
    ) -> [PipelineCase] {
        var cases: [PipelineCase] = []
        for file in written.files {
            let shared = mocks(file.mocks?.value, context, &diagnostics)
            let sharedSecrets = secrets(file.secrets?.value)
            for section in file.cases?.value ?? [] {
                let event = section.value.event.map { text in
                    let expanded = context.expand(text, &diagnostics)
                    check(expanded, text, files[written.pipeline], context, &diagnostics)
                    return expanded
                }
                let mocks = mocks(section.value.mocks?.value, context, &diagnostics)
                let input = section.value.input.map { context.expand($0.value, &diagnostics) }
                let expectation = section.value.expect.flatMap { expect in
                    outcome(expect.value.output, expect.value.error, expect.value.cause, context, &diagnostics)
                }
                guard let name = section.value.name?.value, let expectation else { continue }
                cases.append(
                    PipelineCase(
                        name: name, file: section.range.path, line: section.range.start.line, input: input,
                        event: event, mocks: Self.merged(shared, mocks),
                        secrets: Self.merged(sharedSecrets, secrets(section.value.secrets?.value)),
                        s3: (section.value.s3 ?? file.s3).map(CaseReader.path), expectation: expectation))
            }
        }
        return cases
    }

    private func check(
        _ event: Text, _ text: Located<VariableText>, _ file: PipelineFile?, _ context: ResolutionContext,
        _ diagnostics: inout Diagnostics
    ) {
        guard context.isSound(text.value) else { return }
        // An account's id that is not known has no say in the form.
        let sample = event.filled { _ in "x" }
        guard let event = CaseEvent(sample) else {
            diagnostics.report(.invalidEvent(sample, at: text.range.firstLine))
            return
        }
        if let file { event.check(against: file, at: text.range.firstLine, into: &diagnostics) }
    }

    /// Those of the case win over those of the file.
    private static func merged(
        _ file: [JSONValue<Text>.Member], _ own: [JSONValue<Text>.Member]
    ) -> [JSONValue<Text>.Member] {
        guard !file.isEmpty, !own.isEmpty else { return file + own }
        let names = Set(own.map(\.name))
        return file.filter { !names.contains($0.name) } + own
    }

    private func mocks(
        _ map: MockMap?, _ context: ResolutionContext, _ diagnostics: inout Diagnostics
    ) -> [JSONValue<Text>.Member] {
        (map?.entries ?? []).compactMap { entry in
            let answers = entry.value.sections.compactMap { answer in
                outcome(answer.value.output, answer.value.error, answer.value.cause, context, &diagnostics)
            }
            return answers.first.map {
                .init(name: entry.key.value, value: entry.value.isList ? .list(answers) : $0)
            }
        }
    }

    /// Nil where neither is written, which has been reported.
    private func outcome(
        _ output: Located<JSONSource>?, _ error: Located<VariableText>?, _ cause: Located<VariableText>?,
        _ context: ResolutionContext, _ diagnostics: inout Diagnostics
    ) -> JSONValue<Text>? {
        if let output {
            return .object([.init(name: "output", value: context.expand(output.value, &diagnostics))])
        }
        guard let error else { return nil }
        let texts = [("error", error)] + (cause.map { [("cause", $0)] } ?? [])
        return .object(texts.map { .init(name: $0, value: .text(context.expand($1, &diagnostics))) })
    }

    private func secrets(_ map: LocatedMap<Located<String>>?) -> [JSONValue<Text>.Member] {
        (map?.entries ?? []).map { .init(name: $0.key.value, value: .text(.literal($0.value.value))) }
    }
}
