internal import DorcText

extension JSONataCheck {
    mutating func visitName(_ node: JSONataNode, _ place: Place) {
        switch node.kind {
        case .name(let name, let isQuoted):
            if !isQuoted, let value = Self.foreignValues[name] {
                report(
                    .foreignValue, node.offset, "`\(name)` is a field's name in JSONata",
                    help: "the value is `\(value)`", replacement: value)
            } else if !place.hasContext {
                reportField(name, node.offset, place)
            }
        case .variable("") where !place.hasContext: reportContext("$", node, place)
        case .variable("$"): reportContext("$$", node, place)
        case .variable(let name) where !name.isEmpty: checkVariable(name, node.offset)
        case .wildcard where !place.hasContext, .descendants where !place.hasContext, .parent where !place.hasContext:
            let written = expression.source(node.offset)
            report(
                .noContext, node.offset, "`\(written)` has no value on its left whose fields it could take",
                help: "as in `$states.input.\(written == "%" ? "rows.%" : written)`")
        default: break
        }
    }

    private mutating func checkVariable(_ name: String, _ offset: Range<Int>) {
        guard let variables, name != "states", !variables.contains(name), !bound.contains(name),
            JSONataFunction.kinds[name] == nil
        else { return }
        if reportStep(name, offset) { return }
        if let runVariables {
            report(
                .unknownVariable, offset,
                runVariables.contains(name)
                    ? "`$\(name)` is not available for an item of a Distributed Map"
                    : "nothing sets the variable `$\(name)`",
                help:
                    "each item has a run of its own, whose input is the item, `$states.input`: put what else it needs into"
                    + " the items")
            return
        }
        let closest =
            Self.fieldsOfStates[name].map { "states.\($0)" }
            ?? Suggestion.closest(to: name, among: bound.union(variables).union(["states"]))
        report(
            .unknownVariable, offset, "nothing sets the variable `$\(name)`",
            help: "the event is `$states.input`, what the run was started with `$states.context.Execution.Input`"
                + (name == "run_input" ? ", and `$run_input` where the pipeline has `parameters`" : ""),
            replacement: closest.map { "$\($0)" })
    }

    /// What `$states` has, by the names that it has here and elsewhere: Lambda's handlers have an `event`.
    private static let fieldsOfStates = ["input": "input", "event": "input", "context": "context"]

    private static let foreignValues = ["None": "null", "True": "true", "False": "false"]

    /// A field's name at the beginning of a path that starts from nothing.
    mutating func reportField(_ name: String, _ offset: Range<Int>, _ place: Place) {
        if reportHyphen(before: offset) { return }
        let written = expression.source(offset)
        if place.isKey {
            let text = JSONText.literal(name)
            report(
                .noContext, offset, "the key `\(written)` is a field's name, and nothing says what it is a field of",
                help: "a key that is a string is written in quotes", replacement: text)
        } else if bound.contains(name) || name == "states" {
            report(
                .noContext, offset, "the variable `$\(name)` is written without its `$`", replacement: "$\(name)")
        } else if reportStep(name, offset) {
            return
        } else if let field = Self.fieldsOfStates[name], place.next != nil || name == "event" {
            report(
                .noContext, offset, "`\(written)` is a field's name, and an expression starts from a variable",
                help: "the \(name) is `$states.\(field)`", replacement: "$states.\(field)")
        } else {
            report(
                .noContext, offset, "`\(written)` is a field's name, and nothing says what it is a field of",
                help:
                    "a field of the input is `$states.input.\(written)`, a variable `$\(name)`, a string `'\(name)'`",
                replacement: "$states.input.\(written)")
        }
    }

    /// `$` or `$$`, which in JSONPath are the input and the context object.
    private mutating func reportContext(_ written: String, _ node: JSONataNode, _ place: Place) {
        let fields = ["Execution", "State", "StateMachine", "Task", "Map"]
        let field: String =
            if case .name(let name, _)? = place.next?.bareStep.kind, written == "$$", fields.contains(name) {
                "context"
            } else {
                "input"
            }
        report(
            .noContext, node.offset, "`\(written)` means nothing here",
            help: field == "input" ? "the input is `$states.input`" : "the context object is `$states.context`",
            replacement: "$states.\(field)")
    }

    /// The step after `$states`.
    mutating func checkStateField(_ step: JSONataNode) {
        let base = step.bareStep
        let name: String
        switch base.kind {
        case .name(let field, _), .string(let field): name = field
        default: return
        }
        guard !stateFields.contains(name) else { return }
        switch name {
        case "result":
            report(
                .unknownStateField, base.offset, "`$states.result` is not available here",
                help: stateFields.contains("errorOutput")
                    ? "what failed has no result: the error is `$states.errorOutput`"
                    : "what the step before gave is `$states.input`")
        case "errorOutput":
            report(
                .unknownStateField, base.offset, "`$states.errorOutput` is not available here",
                help: "there is no error where this is evaluated")
        case "context", "input":
            report(.unknownStateField, base.offset, "`$states.\(name)` is not available here")
        default:
            let closest = Suggestion.closest(to: name, among: stateFields)
            let all = stateFields.sorted().map { "`$states.\($0)`" }.joined(separator: ", ")
            report(
                .unknownStateField, base.offset, "`$states` has no field `\(name)`",
                help: closest.map { "did you mean `$states.\($0)`?" }
                    ?? "it has \(all); a field of the input is `$states.input.\(expression.source(base.offset))`",
                replacement: closest ?? "input.\(expression.source(base.offset))")
        }
    }
}
