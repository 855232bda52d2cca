internal import DorcModel
internal import Schedules
internal import DorcText

/// Names that would become one: folders and triggers are joined with `-`, and a stack's name has no `_`.
///
/// The part before a pipeline's name is the same for all that an environment holds, and no environment's name has a
/// `-` in it: it is enough to compare what follows.
struct NameCheck {
    let project: Project

    func run(into diagnostics: inout Diagnostics) {
        var findings = Diagnostics()
        checkJoined(into: &findings)
        // What joins to one name is cut to one as well.
        if !findings.hasErrors { checkShortened(into: &findings) }
        diagnostics.report(contentsOf: findings)
    }

    private func checkJoined(into diagnostics: inout Diagnostics) {
        var stacks: [String: (thing: String, place: SourceRange)] = [:]
        var functions = stacks
        var triggers = stacks
        for pipeline in project.pipelines {
            let joined = "\(pipeline.id.layer)-\(pipeline.id.name)"
            // File systems: at most 255 bytes, with `.yaml` or `.json`.
            if pipeline.id.name.utf8.count > 250 {
                diagnostics.report(
                    Diagnostic(
                        .nameTooLong, at: pipeline.file.wholeFile,
                        "the pipeline's folder has a name of \(pipeline.id.name.utf8.count) characters; at most 250 are possible",
                        help: "rename the folder"))
            }
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

    /// Long names are cut and end in a digest of eight digits, and another thing may have just that name.
    private func checkShortened(into diagnostics: inout Diagnostics) {
        for index in project.environments.indices {
            let naming = Naming(project: project.name, environment: project.environments[index].name)
            for kind in Shortened.allCases where project.pipelines.contains(where: { kind.isCut($0, index, naming) }) {
                var names: [String: (thing: String, place: SourceRange)] = [:]
                for pipeline in project.pipelines {
                    for (name, thing, place) in kind.names(pipeline, index, naming) {
                        if let first = names.updateValue((thing, place), forKey: name) {
                            diagnostics.report(.shortenedCollision(name, thing, place, first))
                        }
                    }
                }
            }
        }
    }

    /// What has a name of its own in each environment.
    private enum Shortened: CaseIterable {
        case function, role, trigger, stateMachine

        private var limit: Int { self == .stateMachine ? 80 : 64 }

        /// Whether one of the pipeline's names is too long to stay as it is.
        func isCut(_ pipeline: Pipeline, _ environment: Int, _ naming: Naming) -> Bool {
            let definition = pipeline.definitions[environment]
            let ends =
                switch self {
                case .function: definition.functions.map(\.name)
                case .role: definition.functions.map { $0.name + "-lambda" } + ["state-machine"]
                // The second one of a schedule.
                case .trigger: definition.triggers.map { TriggerResources.secondName($0.name) }
                case .stateMachine: [""]
                }
            let longest = ends.map(\.utf8.count).max() ?? 0
            return naming.prefix.utf8.count + pipeline.id.layer.utf8.count + pipeline.id.name.utf8.count + longest + 3
                > limit
        }

        func names(_ pipeline: Pipeline, _ environment: Int, _ naming: Naming) -> [(String, String, SourceRange)] {
            let (id, definition) = (pipeline.id, pipeline.definitions[environment])
            switch self {
            case .function:
                return definition.functions.map {
                    (naming.function(id, $0.name), "the function `\(id)/\($0.name)`", $0.range)
                }
            case .role:
                return definition.functions.filter { $0.permissions != nil }.map {
                    (naming.functionRole(id, $0.name), "the role of the function `\(id)/\($0.name)`", $0.range)
                } + [(naming.stateMachineRole(id), "the role of the pipeline `\(id)`", pipeline.file.wholeFile)]
            case .trigger:
                return definition.triggers.map {
                    (naming.trigger(id, $0.name), "the trigger `\($0.name)` of `\(id)`", $0.range)
                }
            case .stateMachine:
                return [(naming.stateMachine(id), "the pipeline `\(id)`", pipeline.file.wholeFile)]
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
                .nameCollision, at: place,
                "\(thing) and \(first.thing) would both be named `\(project.name)-<environment>-\(name)` in AWS",
                help: "rename one of the two", notes: [Diagnostic.Note(first.place, "the other one is here")]))
    }
}

extension Diagnostic {
    fileprivate static func shortenedCollision(
        _ name: String, _ thing: String, _ place: SourceRange, _ first: (thing: String, place: SourceRange)
    ) -> Diagnostic {
        Diagnostic(
            .nameCollision, at: place, "\(thing) and \(first.thing) would both be named `\(name)` in AWS",
            help: "long names are cut: rename one of the two", notes: [Note(first.place, "the other one is here")])
    }
}
