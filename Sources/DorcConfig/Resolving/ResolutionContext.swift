internal import DorcModel
internal import DorcText

/// What the parts of a pipeline are resolved with, in one environment: its variables, its settings, and what else exists.
///
/// It notes whether it was asked for anything that is not the same in every environment. If not, what came out holds for all of
/// them (see ``PerEnvironment``); so whatever differs between environments is asked for here, or is no part's business.
final class ResolutionContext {
    let project: ProjectSettings
    let pipeline: PipelineID
    private let own: ProjectSettings.OfEnvironment
    /// Whether anything was asked for, since `forget`, that differs between environments.
    private(set) var hasDiffered = false

    /// Unknown variables of one text that are reported, each once.
    private static let mostUnknown = 10
    /// Bytes of a text with its variables replaced: a template has at most 1,000,000 (CloudFormation guide, "Quotas").
    private static let longestText = 1_000_000

    init(_ project: ProjectSettings, environment: ProjectSettings.OfEnvironment, pipeline: PipelineID) {
        self.project = project
        self.pipeline = pipeline
        own = environment
    }

    /// Begins with another part.
    func forget() { hasDiffered = false }

    // MARK: The environment

    /// All of it, its name among it.
    var environment: Environment {
        hasDiffered = true
        return own.environment
    }

    var partition: Partition {
        if !project.sharesPartition { hasDiffered = true }
        return own.environment.partition
    }

    /// Empty where it has none.
    var region: String {
        if !project.sharesRegion { hasDiffered = true }
        return own.environment.region
    }

    /// Whether dorc.yaml names a region for it; where it does not, that has been reported.
    var hasRegion: Bool {
        if !project.allHaveRegions { hasDiffered = true }
        return !own.environment.region.isEmpty
    }

    var tags: [String: String] {
        if !project.sharesTags { hasDiffered = true }
        return own.environment.tags
    }

    /// What dorc.yaml says of every function.
    var functionSettings: FunctionSettings {
        if !project.sharesFunctionSettings { hasDiffered = true }
        return own.functions
    }

    /// The `access` of dorc.yaml's `defaults` and the environment's.
    var access: [Located<AccessSection>] {
        if !project.sharesAccess { hasDiffered = true }
        return own.access
    }

    /// The `retry` of dorc.yaml.
    var retry: RetrySection? {
        if !project.sharesRetry { hasDiffered = true }
        return own.retry
    }

    /// What a pipeline says of this environment alone, where it has such settings for any.
    func overrides(of file: PipelineFile) -> PipelineFile.OverridesSection? {
        guard let environments = file.environments?.value, !environments.entries.isEmpty else { return nil }
        hasDiffered = true
        return environments[own.environment.name]
    }

    // MARK: Variables

    func expand(_ text: Located<VariableText>, _ diagnostics: inout Diagnostics) -> Text {
        if case .literal(let literal) = text.value.text { return .literal(literal) }
        var parts: [Text.Part] = []
        var length = 0
        // To find the place of one takes a walk through the text.
        var unknown: Set<String> = []
        for part in text.value.text.parts {
            guard length <= Self.longestText else {
                diagnostics.report(.textTooLong(in: environment, most: Self.longestText, at: text.range.firstLine))
                return .literal("")
            }
            switch part {
            case .literal(let literal):
                length += literal.utf8.count
                parts.append(.literal(literal))
            case .hole(let variable):
                let name = variable.name
                if unknown.contains(name) || unknown.count == Self.mostUnknown { continue }
                switch value(of: variable, in: text, &diagnostics) {
                case .literal(let value):
                    length += value.utf8.count
                    parts.append(.literal(value))
                case .parts(let values): parts += values
                case nil: unknown.insert(name)
                }
            }
        }
        return Text(joining: parts)
    }

    /// Nil for a variable that is not known, which is reported; `others` are names that could have been meant too.
    func value(
        of variable: VariableText.Variable, in text: Located<VariableText>, others: [String] = [],
        _ diagnostics: inout Diagnostics
    ) -> Text? {
        let name = variable.name
        if let value = value(of: name) { return value }
        let environment = environment
        if project.reportsVariables {
            let place = text.range.place(of: variable.offsets, inScalar: text.value.source)
            var known = Set(own.variables.keys).union(BuiltInVariable.names)
            // One that has no text is hardly the one that was meant.
            if environment.account == nil { known.remove(BuiltInVariable.account.rawValue) }
            diagnostics.report(
                .unknownVariable(name, in: environment, known: (Array(known) + others).sorted(), at: place))
        }
        return nil
    }

    private func value(of name: String) -> Text? {
        if let variable = own.variables[name] {
            if !variable.isShared { hasDiffered = true }
            return variable.text
        }
        switch BuiltInVariable(rawValue: name) {
        case .layer: return .literal(pipeline.layer)
        case .pipeline: return .literal(pipeline.name)
        default: return nil
        }
    }

    /// For what has to be known before deployment.
    func literal(
        _ text: Located<VariableText>, _ what: String, _ diagnostics: inout Diagnostics
    ) -> String? {
        let expanded = expand(text, &diagnostics)
        guard isSound(text.value) else { return nil }
        switch expanded {
        case .literal(let literal): return literal
        case .parts:
            let environment = environment
            diagnostics.report(
                Diagnostic(
                    .variableNeedsAccount, at: text.range.firstLine, "\(what) cannot wait for the account's id",
                    help: "give environment `\(environment.name)` an `account` in dorc.yaml, or remove `${account}`",
                    notes: [Diagnostic.Note(environment.range, "this environment has none")]))
            return nil
        }
    }

    /// Whether all variables of the text are known; those that are not have been reported.
    func isSound(_ text: VariableText) -> Bool {
        text.text.holes.allSatisfy { value(of: $0.name) != nil }
    }

    func expand(_ value: JSONSource, _ diagnostics: inout Diagnostics) -> JSONValue<Text> {
        value.mapTexts { expand($0, &diagnostics) }
    }
}

extension Diagnostic {
    fileprivate static func textTooLong(in environment: Environment, most: Int, at range: SourceRange) -> Diagnostic {
        Diagnostic(
            .textTooLong, at: range,
            "with its variables replaced, this string has more than \(most) bytes in environment `\(environment.name)`",
            help: "shorten it: a whole template has no more",
            notes: [Note(environment.range, "its `variables` belong here")])
    }

    fileprivate static func unknownVariable(
        _ name: String, in environment: Environment, known: [String], at range: SourceRange
    ) -> Diagnostic {
        let suggestion = Suggestion.closest(to: name, among: known)
        return Diagnostic(
            .unknownVariable, at: range, "there is no variable `\(name)` in environment `\(environment.name)`",
            help:
                "the variables are \(known.map { "`${\($0)}`" }.joined(separator: ", ")); a literal `${` is written `$${`",
            notes: [Note(environment.range, "its `variables` belong here")],
            replacement: suggestion.map { "${\($0)}" })
    }
}
