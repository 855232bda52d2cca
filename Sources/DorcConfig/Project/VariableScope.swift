internal import DorcModel
internal import DorcText

/// The values of `${name}` for one pipeline in one environment.
struct VariableScope {
    let pipeline: PipelineID
    let environment: Environment
    private let values: [String: String]
    /// Where each environment of the project defines which variable, for the message about one that is missing.
    private let reports: Bool

    /// Unknown variables of one text that are reported, each once.
    private static let mostUnknown = 10
    /// Bytes of a text with its variables replaced: a template has at most 1,000,000 (CloudFormation guide, "Quotas").
    private static let longestText = 1_000_000

    init(project: Project, environment: Environment, pipeline: PipelineID, reports: Bool) {
        self.pipeline = pipeline
        self.environment = environment
        self.reports = reports
        var values = environment.variables
        for variable in BuiltInVariable.allCases {
            switch variable {
            case .project: values[variable.rawValue] = project.name
            case .environment: values[variable.rawValue] = environment.name
            case .region: values[variable.rawValue] = environment.region
            case .account: values[variable.rawValue] = environment.account
            case .partition: values[variable.rawValue] = environment.partition.id
            case .layer: values[variable.rawValue] = pipeline.layer
            case .pipeline: values[variable.rawValue] = pipeline.name
            }
        }
        self.values = values
    }

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
                length += values[name]?.utf8.count ?? 0
                if unknown.contains(name) || unknown.count == Self.mostUnknown { continue }
                switch value(of: variable, in: text, &diagnostics) {
                case .literal(let value): parts.append(.literal(value))
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
        if let value = values[name] { return .literal(value) }
        if name == BuiltInVariable.account.rawValue { return .hole(.accountID) }
        if reports {
            let place = text.range.place(of: variable.offsets, inScalar: text.value.source)
            let known = (values.keys + others).sorted()
            diagnostics.report(.unknownVariable(name, in: environment, known: known, at: place))
        }
        return nil
    }

    /// For what has to be known before deployment.
    func literal(
        _ text: Located<VariableText>, _ what: String, _ diagnostics: inout Diagnostics
    ) -> String? {
        var findings = Diagnostics()
        let expanded = expand(text, &findings)
        diagnostics.report(contentsOf: findings)
        guard isSound(text.value) else { return nil }
        switch expanded {
        case .literal(let literal): return literal
        case .parts:
            diagnostics.report(
                Diagnostic(
                    .variableNeedsAccount, at: text.range.firstLine, "\(what) cannot wait for the account's id",
                    help: "give environment `\(environment.name)` an `account` in dorc.yaml, or leave `${account}` out",
                    notes: [Diagnostic.Note(environment.range, "this environment has none")]))
            return nil
        }
    }

    /// Whether all variables of the text are known; those that are not have been reported.
    func isSound(_ text: VariableText) -> Bool { text.text.holes.allSatisfy(isKnown) }

    private func isKnown(_ variable: VariableText.Variable) -> Bool {
        values[variable.name] != nil || variable.name == BuiltInVariable.account.rawValue
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
