internal import DorcModel
internal import DorcText
internal import DorcYAML

/// A function of CloudFormation's that dorc.yaml can use, by its name after `!` and `Fn::`.
package enum Intrinsic: String, Sendable, CaseIterable {
    case ref = "Ref", sub = "Sub", importValue = "ImportValue", split = "Split", join = "Join", select = "Select"

    /// The one that gives a list.
    package static let ofLists = [Intrinsic.split]
    package static let ofStrings = allCases.filter { !ofLists.contains($0) }
}

extension ValueType<CloudFormationValue> {
    /// A string by a rule, or a CloudFormation function or `{{resolve:...}}` that gives one at deployment.
    static func deployText(_ format: String, _ rule: StringRule, help: String? = nil) -> ValueType {
        ValueType(
            rule.shape(format, intrinsics: Intrinsic.ofStrings),
            decode: { node, diagnostics in
                guard let value = cloudFormation(node, &diagnostics) else { return nil }
                if value.isList {
                    diagnostics.report(.wrongType(expected: format, node))
                    return nil
                }
                if let text = value.literal, !isDynamicReference(text), !rule.isValid(text) {
                    diagnostics.report(.invalidValue(text, expected: format, at: node.range.firstLine, help: help))
                    return nil
                }
                return value
            }, encode: { node(of: $0) })
    }

    /// A list of such strings that is not empty, or a function that gives a list. `most` says how many there can be: what
    /// they are, as in "subnets", and what else is said of the number.
    static func deployList(
        _ format: String, _ rule: StringRule, atMost most: (count: Int, what: String, suffix: String)
    ) -> ValueType {
        let item = ValueType.deployText(format, rule)
        return ValueType(
            .list(ListShape(items: item.shape, minimum: 1, maximum: most.count, intrinsics: Intrinsic.ofLists)),
            decode: { node, diagnostics in
                if node.tag == nil, case .sequence(let nodes) = node.content {
                    let items = nodes.compactMap { item.decode($0, &diagnostics) }
                    if nodes.isEmpty { diagnostics.report(.emptyList(of: format, at: node.range)) }
                    if nodes.count > most.count {
                        diagnostics.report(
                            .tooLarge(
                                "a list of \(nodes.count) \(most.what)",
                                allowed: "at most \(most.count) are possible\(most.suffix)", at: node.range.firstLine))
                    }
                    return items.count == nodes.count ? .list(items) : nil
                }
                guard let value = cloudFormation(node, &diagnostics) else { return nil }
                guard value.isList else {
                    diagnostics.report(
                        .wrongType(
                            expected: "a list", node,
                            help: "write `[…]`, or `!Split [\",\", …]` around a string of several"))
                    return nil
                }
                return value
            }, encode: { node(of: $0) })
    }

    private static func node(of value: CloudFormationValue) -> YAMLNode {
        switch value {
        case .text(let text): .string(text)
        case .list(let items): .list(items.map(node))
        case .ref(let name): .string(name, tag: "!Ref")
        case .sub(let text): .string(text, tag: "!Sub")
        case .importValue(.text(let name)): .string(name, tag: "!ImportValue")
        // A node has one tag.
        case .importValue(let name): .mapping([("Fn::ImportValue", node(of: name))])
        case .split(let delimiter, let text): .list([.string(delimiter), node(of: text)], tag: "!Split")
        case .join(let delimiter, let list): .list([.string(delimiter), node(of: list)], tag: "!Join")
        case .select(let index, let list): .list([.literal(String(index)), node(of: list)], tag: "!Select")
        }
    }

    private static func isDynamicReference(_ text: String) -> Bool {
        text.hasPrefix("{{resolve:") && text.hasSuffix("}}")
    }

    private static func cloudFormation(_ node: YAMLNode, _ diagnostics: inout Diagnostics) -> CloudFormationValue? {
        if let tag = node.tag {
            guard tag.hasPrefix("!") else {
                diagnostics.report(.unknownFunction(tag, at: node.range))
                return nil
            }
            var argument = node
            argument.tag = nil
            return function(String(tag.dropFirst()), argument, written: tag, &diagnostics)
        }
        switch node.content {
        case .scalar(let text, _):
            if node.isNull {
                diagnostics.report(.wrongType(expected: "a string", node))
                return nil
            }
            return checkedReference(text, node, &diagnostics)
        case .sequence(let items):
            let values = items.compactMap { cloudFormation($0, &diagnostics) }
            return values.count == items.count ? .list(values) : nil
        case .mapping(let entries):
            guard entries.count == 1, let entry = entries.first, entry.key == "Ref" || entry.key.hasPrefix("Fn::")
            else {
                diagnostics.report(
                    .wrongType(expected: "a string or one CloudFormation function", node))
                return nil
            }
            let name = entry.key.hasPrefix("Fn::") ? String(entry.key.dropFirst(4)) : entry.key
            return function(name, entry.value, written: entry.key, &diagnostics)
        }
    }

    private static func function(
        _ name: String, _ argument: YAMLNode, written: String, _ diagnostics: inout Diagnostics
    ) -> CloudFormationValue? {
        switch Intrinsic(rawValue: name) {
        case .ref:
            guard let text = Scalars.text(argument, expected: "a pseudo parameter", &diagnostics) else { return nil }
            return pseudoParameter(text, argument.range, &diagnostics).map { .ref($0) }
        case .sub:
            guard let text = Scalars.text(argument, expected: "a string", &diagnostics) else { return nil }
            return checkedSub(text, argument, &diagnostics)
        case .importValue:
            guard let value = cloudFormation(argument, &diagnostics) else { return nil }
            if value.isList {
                diagnostics.report(.wrongType(expected: "the name of an export", argument))
                return nil
            }
            return .importValue(value)
        case .split:
            guard let (delimiter, item, value) = pair(argument, &diagnostics), !value.isList, !delimiter.isEmpty else {
                diagnostics.report(.functionArguments(written, form: "[\",\", TEXT]", at: argument.range))
                return nil
            }
            if let text = value.literal, DynamicReference.isIn(text) {
                diagnostics.report(.splitReference(at: item.range))
                return nil
            }
            return .split(delimiter, value)
        case .join:
            guard let (delimiter, _, value) = pair(argument, &diagnostics), value.isList else {
                diagnostics.report(.functionArguments(written, form: "[\",\", [TEXT, …]]", at: argument.range))
                return nil
            }
            return .join(delimiter, value)
        case .select:
            guard case .sequence(let items) = argument.content, items.count == 2,
                case .scalar(let text, _) = items[0].content, let index = Int(text), (0..<200).contains(index),
                let value = cloudFormation(items[1], &diagnostics), value.isList
            else {
                diagnostics.report(.functionArguments(written, form: "[INDEX, LIST]", at: argument.range))
                return nil
            }
            return .select(index, value)
        case nil:
            diagnostics.report(.unknownFunction(written, at: argument.range))
            return nil
        }
    }

    /// The arguments of `!Split` and `!Join`.
    private static func pair(
        _ argument: YAMLNode, _ diagnostics: inout Diagnostics
    ) -> (delimiter: String, item: YAMLNode, value: CloudFormationValue)? {
        guard case .sequence(let items) = argument.content, items.count == 2,
            case .scalar(let delimiter, _) = items[0].content, let value = cloudFormation(items[1], &diagnostics)
        else { return nil }
        return (delimiter, items[1], value)
    }

    private static func pseudoParameter(
        _ name: String, _ range: SourceRange, _ diagnostics: inout Diagnostics
    ) -> String? {
        let known = CloudFormationValue.pseudoParameters
        if known.contains(name) { return name }
        diagnostics.report(.unknownPseudoParameter(name, known: known, at: range))
        return nil
    }

    /// Every `${...}` in the text of a `!Sub` names a pseudo parameter; `${!Literal}` stands for itself.
    private static func checkedSub(
        _ text: String, _ node: YAMLNode, _ diagnostics: inout Diagnostics
    ) -> CloudFormationValue? {
        let scalars = Array(text.unicodeScalars)
        var index = 0
        var isValid = true
        while index + 1 < scalars.count {
            guard scalars[index] == "$", scalars[index + 1] == "{" else {
                index += 1
                continue
            }
            guard let end = scalars[index...].firstIndex(of: "}") else {
                diagnostics.report(.unclosedSub(at: node.range(of: index..<index + 2)))
                return nil
            }
            var name = String.UnicodeScalarView()
            name.append(contentsOf: scalars[(index + 2)..<end])
            if name.first != "!" {
                isValid = pseudoParameter(String(name), node.range(of: index..<end + 1), &diagnostics) != nil && isValid
            }
            index = end + 1
        }
        return isValid ? .sub(text) : nil
    }

    private static func checkedReference(
        _ text: String, _ node: YAMLNode, _ diagnostics: inout Diagnostics
    ) -> CloudFormationValue? {
        guard DynamicReference.isIn(text) else { return .text(text) }
        if let problem = DynamicReference.problem(in: text) {
            diagnostics.report(.malformedReference(problem, at: node.range))
            return nil
        }
        return .text(text)
    }
}

extension Diagnostic {
    fileprivate static func unclosedSub(at range: SourceRange) -> Diagnostic {
        Diagnostic(
            .functionArguments, at: range, "`${` has no `}`",
            help: "as in `${AWS::Region}`; a literal `${x}` is written `${!x}`")
    }

    static func unknownFunction(_ name: String, at range: SourceRange) -> Diagnostic {
        let known = Intrinsic.allCases.map { "!\($0.rawValue)" }
        return Diagnostic(
            .tagNotAllowed, at: range.firstLine, "`\(name)` is not a function that is allowed here",
            help: "use one of \(known.map { "`\($0)`" }.joined(separator: ", ")), or `{{resolve:ssm:...}}`",
            replacement: Suggestion.closest(to: name, among: known))
    }

    fileprivate static func splitReference(at range: SourceRange) -> Diagnostic {
        Diagnostic(
            .functionArguments, at: range,
            "`!Split` cannot take a `{{resolve:...}}`: it is replaced after the string is split",
            help: "list one `{{resolve:...}}` for each item, or export the string from a stack and import it")
    }

    static func functionArguments(_ name: String, form: String, at range: SourceRange) -> Diagnostic {
        Diagnostic(.functionArguments, at: range.firstLine, "`\(name)` takes \(form)")
    }

    static func unknownPseudoParameter(_ name: String, known: [String], at range: SourceRange) -> Diagnostic {
        Diagnostic(
            .unknownPseudoParameter, at: range.firstLine, "`\(name)` is not a pseudo parameter",
            help:
                "the templates have no parameters; the pseudo parameters are \(known.map { "`\($0)`" }.joined(separator: ", "))",
            replacement: Suggestion.closest(to: name, among: known))
    }
}
