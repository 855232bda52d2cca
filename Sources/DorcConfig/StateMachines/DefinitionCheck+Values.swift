internal import DorcText
internal import DorcYAML
internal import Schedules

/// Whether a field's value has the form that the field wants.
extension DefinitionCheck {
    mutating func check(_ node: YAMLNode, _ field: FieldDeclaration, _ language: QueryLanguage) {
        // A tag is reported where the file is read as JSON.
        guard node.tag == nil else { return }
        switch field.rule {
        case .text(let lengths):
            guard let text = text(node, field.name) else { return }
            if let lengths, !node.hasVariables, !lengths.contains(text.unicodeScalars.count) {
                report("`\(field.name)` has \(lengths.lowerBound) to \(lengths.upperBound) characters", at: node.range)
            }
        case .textOrExpression:
            if text(node, field.name) != nil { checkTemplate(node, .input, language) }
        case .word(let words): check(word: node, field.name, words)
        case .boolean:
            if node.boolean == nil { reportForm(field.name, "`true` or `false`", node) }
        case .isTrue:
            if node.boolean == nil { reportForm(field.name, "`true`", node) }
        case .integer(let range): check(integer: node, field.name, range, language)
        case .number(let range): check(number: node, field.name, range, language)
        case .timestamp:
            guard !isExpression(node, language), let text = text(node, field.name), !node.hasVariables else { return }
            if !Self.isTimestamp(text) {
                report(
                    "`\(field.name)` is a time of RFC 3339", at: node.range, help: "as in `2031-01-01T06:00:00Z`")
            }
        case .state: target(node)
        case .resource:
            _ = text(node, field.name)
        case .dataset(let actions): check(dataset: node, field.name, actions)
        case .path(let isNullable): check(path: node, field.name, isNullable: isNullable, isReference: false)
        case .referencePath(let isNullable, let isOfContext):
            check(path: node, field.name, isNullable: isNullable, isReference: true, isOfContext: isOfContext)
        case .credentials: check(credentials: node, field.name, language)
        case .template(let scope, let isObject):
            if isObject, node.fields == nil { reportForm(field.name, "a mapping", node) }
            checkTemplate(node, scope, language)
        case .items:
            if node.items == nil, !isExpression(node, language), !node.hasVariables {
                reportForm(field.name, "a list, or an expression that gives one", node)
            }
            checkTemplate(node, .input, language)
        case .literal: break
        case .variables(let scope): check(variables: node, field.name, scope, language)
        case .condition: check(condition: node, field.name, language)
        case .texts:
            guard let items = node.items, !items.isEmpty, items.allSatisfy({ $0.jsonText != nil }) else {
                reportForm(field.name, "a list of strings with at least one", node)
                return
            }
        case .object(let rule): check(object: node, rule, language)
        case .objects(let rule): check(objects: node, field.name, rule, language)
        case .nestedChoice: check(object: node, StateParts.nested, language)
        case .nestedChoices: check(objects: node, field.name, StateParts.nested, language)
        case .machine(let rule): check(machine: node, rule)
        case .machines(let rule):
            guard let items = node.items, !items.isEmpty else {
                reportForm(field.name, "a list with at least one branch", node)
                return
            }
            for item in items { check(machine: item, rule) }
        case .states: break
        }
    }

    private mutating func check(objects node: YAMLNode, _ name: String, _ rule: ObjectRule, _ language: QueryLanguage) {
        guard let items = node.items, !items.isEmpty else {
            // An empty `Retry` or `Catch` is none.
            if node.items == nil || !["Retry", "Catch"].contains(name) {
                reportForm(name, "a list of mappings with at least one", node)
            }
            return
        }
        for item in items { check(object: item, rule, language) }
    }

    /// In JSONata an expression may give all of it.
    private mutating func check(credentials node: YAMLNode, _ name: String, _ language: QueryLanguage) {
        checkTemplate(node, .input, language)
        guard !isExpression(node, language) else { return }
        guard let fields = node.fields else { return reportForm(name, "a mapping with `RoleArn`", node) }
        if fields["RoleArn"] == nil, language == .jsonata || fields["RoleArn.$"] == nil {
            report("`\(name)` has no `RoleArn`", at: node.range, help: "name the role that the task is run with")
        }
    }

    private mutating func check(word node: YAMLNode, _ name: String, _ words: [String]) {
        guard let text = text(node, name), !words.contains(text), !node.hasVariables else { return }
        var finding = Diagnostic.definition(
            "`\(name)` is \(words.map { "`\($0)`" }.joined(separator: " or "))", at: node.range.firstLine)
        finding.replacement = Suggestion.closest(to: text, among: words)
        diagnostics.report(finding)
    }

    private mutating func check(
        integer node: YAMLNode, _ name: String, _ range: ClosedRange<Int>, _ language: QueryLanguage
    ) {
        guard !isExpression(node, language) else { return checkTemplate(node, .input, language) }
        guard let number = node.number, let value = Int(exactly: number), range.contains(value) else {
            reportForm(name, "a whole number from \(range.lowerBound) to \(range.upperBound)", node)
            return
        }
    }

    private mutating func check(
        number node: YAMLNode, _ name: String, _ range: ClosedRange<Double>, _ language: QueryLanguage
    ) {
        guard !isExpression(node, language) else { return checkTemplate(node, .input, language) }
        guard let number = node.number, range.contains(number) else {
            let isBounded = range.upperBound <= 1e6
            let bounds =
                range.lowerBound < -1e6
                ? "" : " from \(Int(range.lowerBound))\(isBounded ? " to \(Int(range.upperBound))" : "")"
            reportForm(name, "a number\(bounds)", node)
            return
        }
    }

    private mutating func check(dataset node: YAMLNode, _ name: String, _ actions: [String]) {
        resources.insert(node.range.start)
        guard let text = text(node, name), !node.hasVariables else { return }
        let isKnown = actions.contains { text.hasPrefix("arn:aws") && text.hasSuffix(":states:::\($0)") }
        guard !isKnown else { return }
        var finding = Diagnostic.definition(
            "`\(name)` is \(actions.map { "`arn:aws:states:::\($0)`" }.joined(separator: " or "))",
            at: node.range.firstLine)
        finding.replacement = Suggestion.closest(to: text, among: actions.map { "arn:aws:states:::\($0)" })
        diagnostics.report(finding)
    }

    // MARK: Forms

    private mutating func text(_ node: YAMLNode, _ name: String) -> String? {
        guard let text = node.jsonText else {
            reportForm(name, "a string", node)
            return nil
        }
        return text
    }

    mutating func reportForm(_ name: String, _ form: String, _ node: YAMLNode) {
        let isQuoted = node.jsonText.map { JSONNumber($0) != nil || Bool($0) != nil } == true
        report(
            "`\(name)` is \(form), and this is \(node.jsonKind)", at: node.range,
            help: isQuoted ? "remove the quotation marks" : nil)
    }

    func isExpression(_ node: YAMLNode, _ language: QueryLanguage) -> Bool {
        guard language == .jsonata, let text = node.jsonText else { return false }
        return text.hasPrefix("{%")
    }

    /// `2031-01-01T06:00:00Z`, with `+01:00` or fractions of a second too.
    private static func isTimestamp(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        guard bytes.count >= 20, UTCTime(String(text.prefix(19)) + "Z")?.hasTime == true else { return false }
        var rest = bytes[19...]
        if rest.first == UInt8(ascii: ".") {
            let digits = rest.dropFirst().prefix { (0x30...0x39).contains($0) }
            guard !digits.isEmpty else { return false }
            rest = rest.dropFirst(1 + digits.count)
        }
        if rest.elementsEqual([UInt8(ascii: "Z")]) { return true }
        guard rest.count == 6, let sign = rest.first, "+-".utf8.contains(sign) else { return false }
        let zone = String(decoding: rest.dropFirst(), as: UTF8.self).split(separator: ":").map { Int($0) }
        guard zone.count == 2, let hours = zone[0], let minutes = zone[1] else { return false }
        return (0...23).contains(hours) && (0...59).contains(minutes)
    }
}
