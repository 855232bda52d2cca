internal import DorcText
internal import DorcYAML

/// Whether an object has the fields that it can have.
extension DefinitionCheck {
    /// `name` is the entry of a state, whose key is the place of what it lacks.
    mutating func check(
        object node: YAMLNode, _ rule: ObjectRule, _ language: QueryLanguage, name: YAMLNode.Entry? = nil
    ) {
        guard node.tag == nil else { return }
        guard case .mapping(let entries) = node.content else {
            report("\(rule.title) is a mapping, and this is \(node.kindName)", at: node.range)
            return
        }
        let place = name?.keyRange ?? node.range
        let written = Set(entries.map(\.key))
        var hasForeign = false
        for entry in entries {
            guard let field = rule.fields[entry.key] else {
                reportUnknown(entry, rule)
                continue
            }
            if let wanted = field.language, wanted != language {
                // A rule of a choice is in one language or the other as a whole.
                guard !hasForeign || rule !== StateParts.choice else { continue }
                hasForeign = true
                report(
                    "`\(field.name)` belongs to the query language \(wanted.rawValue), and this is in \(language.rawValue)",
                    at: entry.keyRange, help: Self.help(field.name, rule, language))
                continue
            }
            if let companion = field.companion, !written.contains(companion) {
                report("`\(field.name)` needs a `\(companion)`", at: entry.keyRange)
            }
            check(entry.value, field, language)
        }
        let possible = rule.fields.filter { $0.value.language == nil || $0.value.language == language }
        for field in possible.values.sorted(by: { $0.name < $1.name })
        where field.isRequired && !written.contains(field.name) {
            report("\(name.map { "`\($0.key)`" } ?? rule.title) has no `\(field.name)`", at: place)
        }
        for list in rule.exclusive {
            let both = list.filter(written.contains)
            if both.count > 1, let last = entries.last(where: { both.contains($0.key) }) {
                report("\(Self.joined(both)) exclude each other", at: last.keyRange)
            }
        }
        for list in rule.exactlyOne {
            let found = list.filter(written.contains)
            guard found.count != 1 else { continue }
            if let last = entries.last(where: { found.contains($0.key) }) {
                report("\(Self.joined(found)) exclude each other", at: last.keyRange)
            } else {
                let names = list.filter { possible[$0]?.isDeprecated == false }
                let title = name.map { "`\($0.key)`" } ?? rule.title
                let choice = names.count == 1 ? "" : "one of "
                report("\(title) needs \(choice)\(Self.listed(names, most: 4))", at: place)
            }
        }
    }

    private mutating func reportUnknown(_ entry: YAMLNode.Entry, _ rule: ObjectRule) {
        let owners = StateRules.types.filter { StateRules.states[$0]?.fields[entry.key] != nil }
        var finding = Diagnostic.definition("`\(entry.key)` is not a field of \(rule.title)", at: entry.keyRange)
        finding.replacement = Suggestion.closest(to: entry.key, among: rule.fields.keys.sorted())
        if finding.replacement == nil, !owners.isEmpty {
            finding.help = "\(owners.joined(separator: ", ")) \(owners.count == 1 ? "has" : "have") it"
        }
        if [entry.key, finding.replacement].contains(where: { $0.map(Self.ways.contains) == true }) {
            hasUnclearWays = true
        }
        diagnostics.report(finding)
    }

    /// What leads to other states.
    private static let ways: Set<String> = ["Catch", "Choices", "Default", "End", "Next"]

    /// What the state's language has instead.
    private static func help(_ name: String, _ rule: ObjectRule, _ language: QueryLanguage) -> String {
        guard language == .jsonata else { return "set `QueryLanguage: JSONata` at the top, or in the state" }
        let pairs = [
            // Only what calls or branches has `Arguments`.
            ("Parameters", ["Arguments", "ItemSelector", "Output"].first { rule.fields[$0] != nil } ?? "Output"),
            ("ResultSelector", "Output"), ("OutputPath", "Output"),
            ("ResultPath", "Assign"),
            ("ItemsPath", "Items"), ("SecondsPath", "Seconds"), ("TimestampPath", "Timestamp"), ("ErrorPath", "Error"),
            ("CausePath", "Cause"), ("Result", "Output"), ("Variable", "Condition"),
        ]
        let other = pairs.first { $0.0 == name }?.1
        return other.map { "write `\($0)` with an expression between `{%` and `%}`" }
            ?? "say it with an expression between `{%` and `%}`"
    }

    private static func joined(_ names: [String]) -> String {
        names.map { "`\($0)`" }.joined(separator: " and ")
    }

    static func listed(_ names: [String], most: Int = 8) -> String {
        let shown = names.prefix(most).map { "`\($0)`" }.joined(separator: ", ")
        return names.count > most ? shown + " and their like" : shown
    }
}
