internal import DorcText

/// The context object, `$states.context` (Step Functions guide, "Accessing execution data from the Context object").
enum JSONataContextObject {
    /// What a field has; nil for what is none of its objects.
    private static let fields: [String: [String]] = [
        "": ["Execution", "State", "StateMachine", "Task", "Map"],
        "Execution": ["Id", "Input", "Name", "RoleArn", "StartTime", "RedriveCount", "RedriveTime"],
        "State": ["EnteredTime", "Name", "RetryCount"],
        "StateMachine": ["Id", "Name"],
        "Task": ["Token"],
        "Map": ["Item"],
        "Map.Item": ["Index", "Value", "Key", "Source"],
    ]

    /// The fields of an object in it; nil where the guide does not list them.
    static func fields(of path: [String]) -> [String]? { fields[path.joined(separator: ".")] }
}

extension JSONataNode {
    /// The names after `$states.context` of a path of nothing but names: `["Execution", "Input"]`; nil for all others.
    private var contextPath: [String]? {
        switch kind {
        case .path(let left, let step):
            guard case .name(let name, _) = step.kind else { return nil }
            if case .variable("states") = left.kind { return name == "context" ? [] : nil }
            return left.contextPath.map { $0 + [name] }
        default: return nil
        }
    }

    /// Of a path's left side and its step: what the step is looked up in, where that is part of the context object.
    static func contextObject(_ left: JSONataNode) -> (path: [String], fields: [String])? {
        guard let path = left.contextPath, let fields = JSONataContextObject.fields(of: path) else { return nil }
        return (path, fields)
    }
}

extension JSONataCheck {
    /// A field of the context object that is written otherwise there. AWS adds fields now and then, so what is like none of
    /// them is let through.
    mutating func checkContextField(_ left: JSONataNode, _ step: JSONataNode) {
        guard let (path, fields) = JSONataNode.contextObject(left) else { return }
        let base = step.bareStep
        let name: String
        switch base.kind {
        case .name(let field, _), .string(let field): name = field
        default: return
        }
        let place = (["$states.context"] + path).joined(separator: ".")
        if path.isEmpty, name == "Map", !hasItem {
            report(
                .unknownContextField, base.offset, "`\(place).Map` is there only for an item of `for_each`",
                help: "it is the item that a step with `for_each` works on: read it in that step's `arguments`")
            return
        }
        guard !fields.contains(name), let closest = Suggestion.closest(to: name, among: fields) else { return }
        report(
            .unknownContextField, base.offset, "`\(place)` has no field `\(name)`",
            help: "did you mean `\(place).\(closest)`?", replacement: closest)
    }
}
