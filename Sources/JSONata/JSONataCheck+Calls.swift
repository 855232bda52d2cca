internal import DorcText

extension JSONataCheck {
    mutating func visitCall(_ function: JSONataNode, _ arguments: [JSONataNode], _ place: Place) {
        switch function.kind {
        case .variable(let name): checkFunction(name, function.offset)
        case .name(let name, _): reportBareFunction(name, function.offset)
        default: visit(function, place.plain)
        }
        if case .variable(let name) = function.kind, JSONataFunction.takingFunction.contains(name),
            !bound.contains(name),
            let argument = arguments.dropFirst().first, case .variable(let name) = argument.kind
        {
            checkFunction(name, argument.offset)
        }
        for argument in arguments { visit(argument, place.plain) }
    }

    /// `States.Format(...)`
    ///
    /// - Returns: whether it is one.
    mutating func visitIntrinsic(_ left: JSONataNode, _ step: JSONataNode) -> Bool {
        guard case .name("States", _) = left.kind, case .call(let function, let arguments) = step.bareStep.kind,
            case .name(let name, _) = function.kind, let instead = JSONataFunction.intrinsics[name]
        else { return false }
        report(
            .unknownFunction, left.offset.lowerBound..<function.offset.upperBound,
            "`States.\(name)` is a function of JSONPath, not of JSONata", help: "write \(instead)")
        for argument in arguments { visit(argument, Place()) }
        return true
    }

    /// `value ~> $function`
    mutating func visitChained(_ node: JSONataNode, _ place: Place) {
        if case .variable(let name) = node.kind, !name.isEmpty, name != "$" { checkFunction(name, node.offset) }
        visit(node, place)
    }

    private mutating func checkFunction(_ name: String, _ offset: Range<Int>) {
        guard !bound.contains(name), JSONataFunction.kinds[name] == nil else { return }
        if name == "eval" {
            report(
                .unknownFunction, offset, "Step Functions has no `$eval`",
                help: "`$parse(text)` makes a value of a string of JSON", replacement: "$parse")
            return
        }
        guard !name.isEmpty, name != "$" else {
            report(.unknownFunction, offset, "`$\(name)` is not a function")
            return
        }
        let known = Array(JSONataFunction.names) + bound
        let closest = JSONataFunction.elsewhere[name] ?? Suggestion.closest(to: name, among: known)
        report(
            .unknownFunction, offset, "there is no function `$\(name)`", help: closest.map { "did you mean `$\($0)`?" },
            replacement: closest.map { "$\($0)" })
    }

    /// `count(rows)` or `name.upper()`
    private mutating func reportBareFunction(_ name: String, _ offset: Range<Int>) {
        let isKnown = bound.contains(name) || JSONataFunction.kinds[name] != nil
        let closest =
            isKnown
            ? name
            : JSONataFunction.elsewhere[name]
                ?? Suggestion.closest(to: name, among: Array(JSONataFunction.names) + bound)
        report(
            .unknownFunction, offset, "`\(name)` is not a function: the name of a function begins with `$`",
            help: closest.map { isKnown ? "write `$\($0)`" : "did you mean `$\($0)`?" },
            replacement: closest.map { "$\($0)" })
    }
}
