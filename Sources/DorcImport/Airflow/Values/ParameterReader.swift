internal import DorcYAML

/// What keys are read into that are about a pipeline.
protocol DraftState: KeyState {
    var draft: PipelineDraft { get set }
    /// The parameters that the run has.
    var parameters: Set<String> { get set }
}

/// `params`: values, or mappings with a default, as `airflow.sdk.Param` takes them.
enum ParameterReader {
    /// - Parameter makesStrings: as the platform's generator does.
    static func take<State: DraftState>(_ value: WrittenValue, _ state: inout State, makesStrings: Bool) -> Verdict? {
        guard let entries = value.entries else { return .wrong(value, expected: "a mapping") }
        for entry in entries {
            guard JinjaText.isParameter(entry.name) else {
                let words = "dorc's parameters have letters, digits, `_` and `-` in their names, a letter first"
                state.settle(entry.value, .none(words))
                continue
            }
            guard !entry.value.hasJinja else {
                state.settle(entry.value, .none("a template: a parameter of dorc's is a constant, or JSONata"))
                continue
            }
            state.parameters.insert(entry.name)
            take(entry.name, entry.value, &state, makesStrings)
        }
        return entries.isEmpty ? .takenOver(nil, "nothing") : nil
    }

    private static func take<State: DraftState>(
        _ name: String, _ value: WrittenValue, _ state: inout State, _ makesStrings: Bool
    ) {
        let target = "parameters.\(name)"
        guard let entries = value.entries, value["default"] != nil || entries.contains(where: { isSchema($0.name) })
        else {
            if makesStrings, value.isScalar {
                let text = EnvironmentValue.pythonText(value) ?? ""
                state.draft.parameters.append((name, .string(text.withoutHoles)))
                return state.settle(value, .takenOver([Target(target)], value, isText: true))
            }
            state.draft.parameters.append((name, value.node.withoutHoles))
            return state.settle(
                value,
                makesStrings
                    ? .differs(target, "the platform makes a string of it")
                    : .takenOver([Target(target)], value, isText: false))
        }
        if let written = value["default"] {
            state.draft.parameters.append((name, written.node.withoutHoles))
            state.settle(written, .takenOver([Target(target)], written, isText: false))
        } else {
            state.draft.parameters.append((name, .literal("null")))
            let todo = Todo(target, value, "which value has a run that gives none? There is no `default`", at: target)
            let words = "it has no `default`: null, for a run that gives none"
            if let first = entries.first { state.settle(first.value, .decide(target, words, todo)) }
        }
        for entry in entries where entry.name != "default" {
            if ["description", "title"].contains(entry.name), let text = entry.value.text {
                state.draft.note("\(name): \(text)", at: "parameters", .key(name))
                state.settle(entry.value, .differs(target, "a comment"))
            } else {
                state.settle(entry.value, .none(reason(entry.name)))
            }
        }
    }

    private static func isSchema(_ key: String) -> Bool {
        ["type", "enum", "description", "title", "__type__"].contains(key)
    }

    /// Keys of a JSON Schema.
    private static func reason(_ key: String) -> String {
        switch key {
        case "type", "format", "schema", "__type__": "dorc does not check the type of a parameter: the code does"
        case "enum", "examples", "values_display":
            "dorc does not check which values a parameter has: the code does"
        case "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "minLength", "maxLength",
            "pattern", "minItems", "maxItems", "uniqueItems", "items", "const":
            "dorc does not check the value of a parameter: the code does"
        case "description", "title", "description_md", "section": "write a comment at the parameter"
        default: "a parameter of dorc's has a default and nothing else"
        }
    }
}

extension PipelineDraft {
    /// What templates have to know of parameters that are no texts.
    var parameterKinds: [String: JinjaText.ParameterKind] {
        var kinds: [String: JinjaText.ParameterKind] = [:]
        for (name, node) in parameters {
            switch node.content {
            case .scalar(let text, .plain):
                if ["true", "false", "null"].contains(text) { kinds[name] = .constant }
                if text.hasSuffix(".0") { kinds[name] = .whole }
            case .scalar: break
            case .mapping, .sequence: kinds[name] = .collection
            }
        }
        return kinds
    }
}
