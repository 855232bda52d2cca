import DorcConfig
import DorcModel
import DorcText
import DorcYAML

/// Values as texts of pipeline.yaml.
extension DorcMapping {
    struct WrittenText {
        var text: VariableText
        /// What of Pulumi's files it was taken from.
        var sources: [ImportLedger.Key] = []
        /// Why it is not known in some environments: a variable of dorc.yaml has a placeholder and a TODO there.
        var missing: String?
    }

    /// A text in which what depends on the environment is a variable; nil for what is not known.
    ///
    /// Adds variables, with TODOs of their own in dorc.yaml: who does not write the text sets `variables`, `comments` and `ledger` back.
    ///
    /// - Parameters:
    ///   - hint: what a variable is called that stands for an entry of a mapping.
    ///   - names: the environments in which it is used; nil for all.
    mutating func text(
        _ value: DefinedValue, hint: String, of pipeline: OriginalPipeline, in names: [String]? = nil
    ) -> WrittenText? {
        switch value.content {
        case .text(let text), .number(let text): return WrittenText(text: VariableText(literal: text))
        case .setting, .stack, .project, .chosen, .conditional, .joined: break
        default: return nil
        }
        let parts: [DefinedValue]
        if case .joined(let pieces) = value.content { parts = pieces } else { parts = [value] }
        let isUsed = environments.map { names?.contains($0.name) ?? true }
        var written = ""
        var result = WrittenText(text: VariableText(literal: ""))
        for part in parts {
            if let text = part.text {
                written += Self.escaped(text)
                continue
            }
            let values = environments.map { resolved(part, in: $0, folder: pipeline.folder) }
            if let first = values.first, case .project = part.content, let text = first.text {
                written += Self.escaped(text)
                result.sources += first.sources
            } else if part.isNameOfEnvironment,
                zip(environments, values).enumerated().allSatisfy({ !isUsed[$0] || $1.0.name == $1.1.text })
            {
                written += "${environment}"
                result.sources += zip(values, isUsed).filter(\.1).flatMap(\.0.sources)
            } else {
                // Known nowhere and of no setting: there is nothing to give a name to.
                if values.allSatisfy({ $0.spelled == nil }), !part.isSetting { return nil }
                let name = variable(part.hint ?? hint, part, Array(zip(values, isUsed)), of: pipeline, &result)
                written += "${\(name)}"
            }
        }
        guard let text = try? VariableText(parsing: written) else { return nil }
        result.text = text
        return result
    }

    private static func escaped(_ text: String) -> String {
        text.split(separator: "${", omittingEmptySubsequences: false).joined(separator: "$${")
    }

    /// The name of a variable of dorc.yaml with a value's text in each environment: also where nothing uses it, every environment has
    /// to define it.
    private mutating func variable(
        _ hint: String, _ value: DefinedValue, _ values: [(found: DefinedValue, isUsed: Bool)],
        of pipeline: OriginalPipeline, _ result: inout WrittenText
    ) -> String {
        var texts: [String: String] = [:]
        var missing: [(environment: String, words: String)] = []
        var unused: [String] = []
        var unread: [ImportLedger.Key] = []
        for (environment, (found, isUsed)) in zip(environments, values) {
            if found.spelled != nil {
                result.sources += found.sources
            } else if isUsed {
                unread += found.sources
            }
            guard let text = found.spelled else {
                texts[environment.name] = Self.placeholder
                guard isUsed else {
                    unused.append(environment.name)
                    continue
                }
                missing.append((environment.name, found.isNone ? "\(value.words) is None here" : found.reason))
                continue
            }
            let one = LocatedMap(made: [("value", text)])
            if let problem = AcceptedValue.problem(with: one, at: \ProjectFile.EnvironmentSection.variables) {
                texts[environment.name] = Self.placeholder
                missing.append((environment.name, "\(found.words) (\(problem))"))
            } else {
                texts[environment.name] = text
            }
        }
        // What is not used has to be right all the same: as where it is used.
        if let name = zip(environments, values).first(where: { $1.isUsed && $1.found.spelled != nil })?.0.name {
            for environment in unused { texts[environment] = texts[name] }
        }
        let origin = "\(value.range.path):\(value.range.start.line):\(value.range.start.column)"
        let (name, isNew) = variables.add(
            texts, origin: missing.isEmpty ? nil : origin,
            names: [hint, "\(pipeline.id.name)_\(hint)", "\(pipeline.id)_\(hint)"])
        for (environment, words) in missing where isNew {
            comments.todo(
                name, words, from: value.range, at: ["environments", .key(environment), "variables", .key(name)])
            ledger.remark(
                .differs, "\(value.words) in \(environment)", at: value.range,
                to: "dorc.yaml: environments.\(environment).variables.\(name)", "it cannot be known: \(words)",
                isDecision: true)
        }
        settle(unread, .differs, to: "dorc.yaml: environments.*.variables.\(name)", isDecision: true)
        for environment in unused where isNew {
            comments.add("not used here", at: ["environments", .key(environment), "variables", .key(name)])
        }
        if let first = missing.first {
            let names = missing.map { "`\($0.environment)`" }.joined(separator: ", ")
            result.missing = "in \(names) it cannot be known: \(first.words)"
        }
        return name
    }

    static let placeholder = "change-me"

    /// The environments with their variables, for a trial of what uses them.
    var trial: [(String, ProjectFile.EnvironmentSection)] {
        environments.map { environment in
            var section = ProjectFile.EnvironmentSection()
            section.variables = variables.values(in: environment.name).map { Located(made: $0) }
            return (environment.name, section)
        }
    }
}

extension DefinedValue {
    /// As Python puts it into a text.
    var spelled: String? {
        switch content {
        case .text(let text), .number(let text): text
        case .boolean(let value): value ? "True" : "False"
        default: nil
        }
    }

    fileprivate var isNameOfEnvironment: Bool {
        switch content {
        case .stack: true
        case .setting(let reference): reference.key == "environment" && reference.path.isEmpty
        default: false
        }
    }

    fileprivate var isSetting: Bool {
        if case .setting = content { true } else { false }
    }

    /// What a variable for it is called.
    fileprivate var hint: String? {
        switch content {
        case .stack: return "stack"
        case .project: return "pulumi_project"
        case .setting(let reference):
            let names = reference.path.compactMap { step in
                if case .key(let name) = step { name } else { nil }
            }
            return ([reference.key] + names).joined(separator: "_")
        default: return nil
        }
    }
}
