internal import DorcModel

/// Names that would become one: folders and triggers are joined with `-`, and a stack's name has no `_`.
///
/// The part before a pipeline's name is the same for all that an environment holds, and no environment's name has a
/// `-` in it: it is enough to compare what follows.
struct NameCheck {
    let project: Project

    func run(into diagnostics: inout Diagnostics) {
        var stacks: [String: (thing: String, place: SourceRange)] = [:]
        var functions = stacks
        var triggers = stacks
        for pipeline in project.pipelines {
            let joined = "\(pipeline.id.layer)-\(pipeline.id.name)"
            claim(
                Naming.hyphenated(joined), "the pipeline `\(pipeline.id)`", pipeline.file.wholeFile, in: &stacks,
                &diagnostics)
            for function in pipeline.definitions.first?.functions ?? [] {
                claim(
                    "\(joined)-\(function.name)", "the function `\(pipeline.id)/\(function.name)`", function.range,
                    in: &functions, &diagnostics)
            }
            var seen: Set<String> = []
            for trigger in pipeline.definitions.flatMap(\.triggers) where seen.insert(trigger.name).inserted {
                claim(
                    "\(joined)-\(trigger.name)", "the trigger `\(trigger.name)` of `\(pipeline.id)`", trigger.range,
                    in: &triggers, &diagnostics)
                if case .schedule(let schedule) = trigger.source,
                    schedule.expression.eventBridgeExpressions().count > 1
                {
                    claim(
                        "\(joined)-\(TriggerResources.secondName(trigger.name))",
                        "the second schedule of the trigger `\(trigger.name)` of `\(pipeline.id)`", trigger.range,
                        in: &triggers, &diagnostics)
                }
            }
        }
    }

    private func claim(
        _ name: String, _ thing: String, _ place: SourceRange,
        in names: inout [String: (thing: String, place: SourceRange)], _ diagnostics: inout Diagnostics
    ) {
        guard let first = names.updateValue((thing, place), forKey: name) else { return }
        names[name] = first
        diagnostics.report(
            Diagnostic(
                "name-collision", at: place,
                "\(thing) and \(first.thing) would both be named `\(project.name)-<environment>-\(name)` in AWS",
                help: "rename one of the two", notes: [Diagnostic.Note(first.place, "the other one stands here")]))
    }
}
