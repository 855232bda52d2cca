internal import DorcText

/// What a state machine does, in whichever way its template says it.
enum MachineDefinition {
    /// Nil where the template does not have it, or has it as no JSON.
    static func of(_ properties: Tree) -> Tree? {
        if let definition = properties["Definition"], !definition.members.isEmpty { return definition }
        guard let string = properties["DefinitionString"], let text = Tree.plain(string) else { return nil }
        // In a `Fn::Sub` the user's own `${` is `\\u0024{`, which is JSON's escape: the reader takes it back.
        return Tree(json: Array(text.utf8))
    }

    /// The settings of the machine as a whole, in the words of `pipeline.yaml`.
    static func settings(
        _ definition: Tree, runLimit: String?, waits: Bool, parameters: String?
    ) -> [WorkflowView.Setting] {
        var settings: [WorkflowView.Setting] = []
        if let comment = definition["Comment"] { settings.append(.init("description", comment.shown)) }
        if let timeout = definition["TimeoutSeconds"] { settings.append(.init("timeout", Seconds.words(timeout))) }
        if let runLimit {
            let number = runLimit.range(of: ">= ").map { runLimit[$0.upperBound...].prefix { $0.isNumber } }
            settings.append(.init(StateRole.limit, number.map(String.init) ?? runLimit))
            settings.append(.init("when_busy", waits ? "wait" : "skip"))
        }
        if let parameters { settings.append(.init(StateRole.parametersName, parameters)) }
        let told = ["Comment", "TimeoutSeconds", "States", "StartAt"]
        for member in definition.members where !told.contains(member.name) {
            settings.append(.init(member.name, member.value.shown))
        }
        return settings
    }
}

/// Seconds as people write them: `90s`, `15m`, `2h`, `7d`.
enum Seconds {
    static func words(_ value: Tree) -> String {
        guard let seconds = value.integer, seconds > 0 else { return value.shown }
        for (unit, length) in [("d", 86400), ("h", 3600), ("m", 60)] where seconds.isMultiple(of: length) {
            return "\(seconds / length)\(unit)"
        }
        return "\(seconds)s"
    }
}
