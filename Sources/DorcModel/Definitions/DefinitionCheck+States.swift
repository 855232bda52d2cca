/// Where a state leads, and what its type wants of it.
extension DefinitionCheck {
    func transitions(
        of entry: YAMLNode.Entry, _ fields: [String: YAMLNode], _ type: String, _ known: [String],
        _ diagnostics: inout Diagnostics
    ) -> [String] {
        var targets: [YAMLNode] = []
        switch type {
        case "Succeed", "Fail":
            for key in ["Next", "End"] {
                if let node = fields[key] {
                    diagnostics.report(
                        .definition(
                            "a state of type \(type) has no `\(key)`: it ends the run", at: node.range.firstLine))
                }
            }
        case "Choice":
            let choices = fields["Choices"]?.items ?? []
            if choices.isEmpty {
                diagnostics.report(.definition("`\(entry.key)` has no `Choices`", at: entry.keyRange))
            }
            for choice in choices {
                guard let next = choice.fields?["Next"] else {
                    diagnostics.report(.definition("a choice needs a `Next`", at: choice.range.firstLine))
                    continue
                }
                targets.append(next)
            }
            if let node = fields["Default"] { targets.append(node) }
        default:
            let ends = fields["End"]?.text == "true"
            switch (fields["Next"], ends) {
            case (let next?, false): targets.append(next)
            case (nil, true): break
            case (.some, true), (nil, false):
                diagnostics.report(
                    .definition("`\(entry.key)` needs either a `Next` or `End: true`", at: entry.keyRange))
            }
        }
        return targets.compactMap { target($0, known, &diagnostics) }
    }

    func target(_ node: YAMLNode, _ known: [String], _ diagnostics: inout Diagnostics) -> String? {
        guard let name = node.text else {
            diagnostics.report(.definition("the name of a state is expected here", at: node.range.firstLine))
            return nil
        }
        guard known.contains(name) else {
            var finding = Diagnostic.definition("there is no state `\(name)` beside this one", at: node.range.firstLine)
            finding.replacement = Suggestion.closest(to: name, among: known)
            diagnostics.report(finding)
            return nil
        }
        return name
    }

    func checkAll(_ item: YAMLNode, _ diagnostics: inout Diagnostics) {
        guard let errors = item.fields?["ErrorEquals"]?.items, errors.contains(where: { $0.text == "States.ALL" })
        else {
            return
        }
        diagnostics.report(
            .definition("`States.ALL` stands last: it covers those behind it", at: item.range.firstLine))
    }

    /// Step Functions guide, "Error handling" and "Quotas". JSONata may stand there too.
    func checkNumbers(_ fields: [String: YAMLNode], _ diagnostics: inout Diagnostics) {
        let bounds: [(String, ClosedRange<Double>)] = [
            ("TimeoutSeconds", 1...99_999_999), ("HeartbeatSeconds", 1...99_999_999), ("Seconds", 0...99_999_999),
            ("IntervalSeconds", 1...99_999_999), ("MaxAttempts", 0...99_999_999), ("MaxDelaySeconds", 1...31_622_400),
            ("BackoffRate", 1...Double.greatestFiniteMagnitude),
        ]
        for (name, range) in bounds {
            guard let node = fields[name], let text = node.text, !text.hasPrefix("{%") else { continue }
            let number = JSONNumber(text)?.double
            let isWhole = name == "BackoffRate" || Int(text) != nil
            guard let number, isWhole, range.contains(number) else {
                let last = range.upperBound < 1e9 ? " to \(Int(range.upperBound))" : ""
                diagnostics.report(
                    .definition(
                        "`\(name)` is a \(name == "BackoffRate" ? "" : "whole ")number from \(Int(range.lowerBound))\(last)",
                        at: node.range.firstLine))
                continue
            }
        }
        if let delay = fields["MaxDelaySeconds"]?.text.flatMap({ Int($0) }),
            let interval = fields["IntervalSeconds"]?.text.flatMap({ Int($0) }), delay <= interval,
            let place = fields["MaxDelaySeconds"]?.range
        {
            diagnostics.report(
                .definition("`MaxDelaySeconds` is larger than `IntervalSeconds`", at: place.firstLine))
        }
    }

    func checkWait(
        _ entry: YAMLNode.Entry, _ fields: [String: YAMLNode], _ diagnostics: inout Diagnostics
    ) {
        let ways = ["Seconds", "Timestamp", "SecondsPath", "TimestampPath"].filter { fields[$0] != nil }
        if ways.count != 1 {
            diagnostics.report(
                .definition("`\(entry.key)` needs one of `Seconds` and `Timestamp`", at: entry.keyRange))
        }
    }

    /// A rule is a `Condition` in JSONata, a comparison of a `Variable` in JSONPath.
    func checkChoice(_ choice: YAMLNode, isJSONata: Bool, _ diagnostics: inout Diagnostics) {
        guard let fields = choice.fields else { return }
        if isJSONata, fields["Condition"] == nil {
            diagnostics.report(
                .definition("a choice needs a `Condition` in JSONata", at: choice.range.firstLine))
        } else if !isJSONata, fields["Condition"] != nil {
            diagnostics.report(
                .definition(
                    "`Condition` is of the query language JSONata, and this state's is JSONPath",
                    at: choice.range.firstLine, help: "set `QueryLanguage` at the top or in the state"))
        }
    }

    func checkErrors(_ item: YAMLNode, _ diagnostics: inout Diagnostics) {
        let errors = item.fields?["ErrorEquals"]?.items?.compactMap(\.text) ?? []
        if errors.isEmpty {
            diagnostics.report(.definition("`ErrorEquals` with names of errors is missing", at: item.range.firstLine))
        } else if errors.contains("States.ALL"), errors.count > 1 {
            diagnostics.report(.definition("`States.ALL` stands alone: it covers the others", at: item.range.firstLine))
        }
    }

    func checkLanguage(_ state: YAMLNode, isJSONata: Bool, _ diagnostics: inout Diagnostics) {
        guard case .mapping(let entries) = state.content else { return }
        let other = isJSONata ? Self.pathFields : Self.jsonataFields
        for entry in entries where other.contains(entry.key) {
            diagnostics.report(
                .definition(
                    "`\(entry.key)` is of the query language \(isJSONata ? "JSONPath" : "JSONata"), and this state's is"
                        + " \(isJSONata ? "JSONata" : "JSONPath")", at: entry.keyRange,
                    help: "set `QueryLanguage` at the top or in the state"))
        }
    }
}
