internal import DorcText
internal import DorcYAML

/// What can stand in a list instead of a value (EventBridge guide, "Comparison operators").
enum EventMatcher: String, CaseIterable {
    case prefix, suffix, wildcard, numeric, exists, cidr
    case anythingBut = "anything-but"
    case equalsIgnoreCase = "equals-ignore-case"

    func check(_ node: YAMLNode, _ diagnostics: inout Diagnostics) {
        switch self {
        case .prefix, .suffix: checkText(node, orMatchers: [.equalsIgnoreCase], &diagnostics)
        case .equalsIgnoreCase: checkText(node, orMatchers: [], &diagnostics)
        case .wildcard:
            checkText(node, orMatchers: [], &diagnostics)
            checkWildcard(node, &diagnostics)
        case .cidr:
            guard let text = Self.text(node), Self.isAddressRange(text) else {
                report("takes a range of addresses, as in `10.0.0.0/24`", node, &diagnostics)
                return
            }
        case .exists:
            guard case .scalar(let text, .plain) = node.content, Bool(text) != nil else {
                report("takes `true` or `false`", node, &diagnostics)
                return
            }
        case .numeric: checkNumeric(node, &diagnostics)
        case .anythingBut: checkAnythingBut(node, &diagnostics)
        }
    }

    private static func text(_ node: YAMLNode) -> String? {
        guard case .scalar(let text, let style) = node.content, !node.isNull else { return nil }
        return style == .plain && (Bool(text) != nil || JSONNumber(text) != nil) ? nil : text
    }

    /// RFC 4632 and RFC 4291: an address and the number of its bits that count.
    private static func isAddressRange(_ text: String) -> Bool {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, let address = parts.first, let bits = parts.last.flatMap({ Int($0) }) else {
            return false
        }
        if address.contains(":") {
            let groups = address.split(separator: ":", omittingEmptySubsequences: false)
            return (0...128).contains(bits) && (3...8).contains(groups.count)
                && groups.allSatisfy { $0.utf8.count <= 4 && $0.allSatisfy(\.isHexDigit) }
        }
        let bytes = address.split(separator: ".", omittingEmptySubsequences: false).map { UInt8($0) }
        return (0...32).contains(bits) && bytes.count == 4 && !bytes.contains(nil)
    }

    private static func isNumber(_ node: YAMLNode) -> Bool {
        guard case .scalar(let text, .plain) = node.content else { return false }
        return JSONNumber(text) != nil
    }

    private func checkText(_ node: YAMLNode, orMatchers others: [EventMatcher], _ diagnostics: inout Diagnostics) {
        if Self.text(node) != nil { return }
        if case .mapping(let entries) = node.content, entries.count == 1, let entry = entries.first,
            let other = EventMatcher(rawValue: entry.key), others.contains(other)
        {
            other.check(entry.value, &diagnostics)
            return
        }
        report("takes a string", node, &diagnostics)
    }

    /// `*` and `\` are escaped by `\`, and two stars do not follow each other.
    private func checkWildcard(_ node: YAMLNode, _ diagnostics: inout Diagnostics) {
        guard let text = Self.text(node) else { return }
        var isEscaped = false
        var followsStar = false
        for scalar in text.unicodeScalars {
            if isEscaped {
                if scalar != "*" && scalar != "\\" {
                    report("has `\\` before `*` and `\\` only", node, &diagnostics)
                    return
                }
                isEscaped = false
                followsStar = false
            } else if scalar == "\\" {
                isEscaped = true
            } else {
                if scalar == "*" && followsStar {
                    report("takes no two `*` in a row", node, &diagnostics)
                    return
                }
                followsStar = scalar == "*"
            }
        }
        if isEscaped { report("has a `\\` at its end that escapes nothing", node, &diagnostics) }
    }

    /// Pairs of an operator and a number: one, or a lower and an upper bound.
    private func checkNumeric(_ node: YAMLNode, _ diagnostics: inout Diagnostics) {
        let form = "takes an operator and a number, or two such pairs: `[\">=\", 0, \"<\", 10]`"
        guard case .sequence(let items) = node.content, items.count == 2 || items.count == 4 else {
            report(form, node, &diagnostics)
            return
        }
        var bounds: [(operation: String, number: Double)] = []
        for position in stride(from: 0, to: items.count, by: 2) {
            guard case .scalar(let operation, _) = items[position].content,
                ["=", "<", "<=", ">", ">="].contains(operation),
                case .scalar(let text, .plain) = items[position + 1].content, let number = JSONNumber(text)?.double,
                (-5e9...5e9).contains(number)
            else {
                report(form + ", from -5e9 to 5e9", node, &diagnostics)
                return
            }
            bounds.append((operation, number))
        }
        guard bounds.count == 2, let lower = bounds.first, let upper = bounds.last else { return }
        if !lower.operation.hasPrefix(">") || !upper.operation.hasPrefix("<") || lower.number >= upper.number {
            report("takes the lower bound first: `[\">=\", 0, \"<\", 10]`", node, &diagnostics)
        }
    }

    private func checkAnythingBut(_ node: YAMLNode, _ diagnostics: inout Diagnostics) {
        let form = "takes strings or numbers, one or a list of one kind"
        switch node.content {
        case .scalar:
            if !Self.isNumber(node), Self.text(node) == nil { report(form, node, &diagnostics) }
        case .sequence(let items):
            let areOfOneKind = items.allSatisfy(Self.isNumber) || items.allSatisfy { Self.text($0) != nil }
            if items.isEmpty || !areOfOneKind { report(form, node, &diagnostics) }
        case .mapping(let entries):
            let others: [EventMatcher] = [.prefix, .suffix, .equalsIgnoreCase, .wildcard]
            guard entries.count == 1, let entry = entries.first, let other = EventMatcher(rawValue: entry.key),
                others.contains(other)
            else {
                let names = others.map { "`\($0.rawValue)`" }.joined(separator: ", ")
                report("takes one of \(names)", node, &diagnostics)
                return
            }
            let items = if case .sequence(let items) = entry.value.content { items } else { [entry.value] }
            for item in items {
                other.check(item, &diagnostics)
                if Self.text(item)?.isEmpty == true { report("takes no empty string", item, &diagnostics) }
            }
        }
    }

    private func report(_ problem: String, _ node: YAMLNode, _ diagnostics: inout Diagnostics) {
        diagnostics.report(
            Diagnostic(.eventPattern, at: node.range.firstLine, "the matcher `\(rawValue)` \(problem)"))
    }
}
