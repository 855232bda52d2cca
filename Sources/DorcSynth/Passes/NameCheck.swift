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

    // MARK: Names that are joined

    private func checkJoined(into diagnostics: inout Diagnostics) {
        var stacks = Names(project: project.name)
        var functions = stacks
        var triggers = stacks
        for pipeline in project.pipelines {
            let joined = String(joining: pipeline.id.layer, "-", pipeline.id.name)
            let length = pipeline.id.name.utf8.count
            if length > Self.folderLimit { diagnostics.report(.folderTooLong(length, at: pipeline.file.wholeFile)) }
            stacks.claim(
                PipelineNaming.hyphenated(joined), for: Owner("the pipeline", pipeline.id, at: pipeline.file.wholeFile),
                &diagnostics)
            for function in pipeline.environments.first?.functions ?? [] {
                functions.claim(
                    String(joining: joined, "-", function.name), for: Owner("the function", function, pipeline.id),
                    &diagnostics)
            }
            var seen: Set<String> = []
            for definition in pipeline.environments {
                for trigger in definition.triggers where seen.insert(trigger.name).inserted {
                    let owner = Owner("the trigger", trigger, pipeline.id)
                    triggers.claim(String(joining: joined, "-", trigger.name), for: owner, &diagnostics)
                    guard case .schedule(let schedule) = trigger.source,
                        schedule.expression.eventBridgeExpressions().count > 1
                    else { continue }
                    triggers.claim(
                        "\(joined)-\(TriggerResources.secondName(trigger.name))",
                        for: Owner("the second schedule of the trigger", trigger, pipeline.id), &diagnostics)
                }
            }
        }
    }

    /// File systems: at most 255 bytes, with `.yaml` or `.json`.
    private static let folderLimit = 250

    /// What has a name. It is put into words only where something is wrong.
    private struct Owner {
        let kind: StaticString
        /// Of a trigger.
        var trigger: String?
        let pipeline: PipelineID
        var function: String?
        let place: SourceRange

        init(_ kind: StaticString, _ pipeline: PipelineID, at place: SourceRange) {
            self.kind = kind
            self.pipeline = pipeline
            self.place = place
        }

        init(_ kind: StaticString, _ function: Function, _ pipeline: PipelineID) {
            self.init(kind, pipeline, at: function.range)
            self.function = function.name
        }

        init(_ kind: StaticString, _ trigger: Trigger, _ pipeline: PipelineID) {
            self.init(kind, pipeline, at: trigger.range)
            self.trigger = trigger.name
        }

        var description: String {
            let path = function.map { "\(pipeline)/\($0)" } ?? "\(pipeline)"
            return trigger.map { "\(kind) `\($0)` of `\(path)`" } ?? "\(kind) `\(path)`"
        }
    }

    private struct Names {
        let project: String
        var owners: [String: Owner] = [:]

        mutating func claim(_ name: String, for owner: Owner, _ diagnostics: inout Diagnostics) {
            guard let first = owners.updateValue(owner, forKey: name) else { return }
            owners[name] = first
            diagnostics.report(
                Diagnostic(
                    .nameCollision, at: owner.place,
                    "\(owner.description) and \(first.description) would both be named `\(project)-<environment>-\(name)` in AWS",
                    help: "rename one of the two", notes: [Diagnostic.Note(first.place, "the other one is here")]))
        }
    }

    // MARK: Names that are cut

    /// Long names are cut and end in a digest of eight digits, and another thing may have just that name.
    private func checkShortened(into diagnostics: inout Diagnostics) {
        for (index, environment) in project.environments.enumerated() {
            let naming = Naming(project: project.name, environment: environment.name)
            for kind in Shortened.allCases
            where project.pipelines.indices.contains(where: { pipeline in
                kind.isCut(project.pipelines[pipeline], project.pipelines[pipeline].environments[index], naming)
            }) {
                var owners: [String: Owner] = [:]
                for pipeline in project.pipelines {
                    for (name, owner) in kind.names(pipeline, pipeline.environments[index], naming) {
                        if let first = owners.updateValue(owner, forKey: name) {
                            diagnostics.report(
                                .shortenedCollision(
                                    name, owner.description, owner.place, (first.description, first.place)))
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
        func isCut(_ pipeline: Pipeline, _ definition: PipelineInEnvironment, _ naming: Naming) -> Bool {
            let longest =
                switch self {
                case .function: Self.longest(definition.functions) { $0.name.utf8.count }
                case .role:
                    max(
                        "state-machine".utf8.count,
                        Self.longest(definition.functions) { $0.name.utf8.count + "-execution".utf8.count })
                // The second one of a schedule.
                case .trigger: Self.longest(definition.triggers) { TriggerResources.secondName($0.name).utf8.count }
                // Of one that waits for several pipelines.
                case .stateMachine:
                    definition.hasJoins ? Self.longest(definition.triggers) { $0.name.utf8.count + 1 } : 0
                }
            return naming.prefix.utf8.count + pipeline.id.layer.utf8.count + pipeline.id.name.utf8.count + longest + 3
                > limit
        }

        private static func longest<Element>(_ elements: [Element], _ length: (Element) -> Int) -> Int {
            elements.reduce(0) { max($0, length($1)) }
        }

        func names(_ pipeline: Pipeline, _ definition: PipelineInEnvironment, _ naming: Naming) -> [(String, Owner)] {
            let (id, naming) = (pipeline.id, naming.pipeline(pipeline.id))
            switch self {
            case .function:
                return definition.functions.map { (naming.function($0.name), Owner("the function", $0, id)) }
            case .role:
                return definition.functions.flatMap { function -> [(String, Owner)] in
                    let owner = Owner("the role of the function", function, id)
                    guard function.compute != nil else {
                        return !function.hasOwnRole ? [] : [(naming.functionRole(function.name), owner)]
                    }
                    return [
                        (naming.jobRole(function.name), owner), (naming.executionRole(function.name), owner),
                    ]
                } + [(naming.stateMachineRole, Owner("the role of the pipeline", id, at: pipeline.file.wholeFile))]
            case .trigger:
                return definition.triggers.map { (naming.trigger($0.name), Owner("the trigger", $0, id)) }
            case .stateMachine:
                return [(naming.stateMachine, Owner("the pipeline", id, at: pipeline.file.wholeFile))]
                    + definition.triggers.compactMap { trigger in
                        guard case .afterAll = trigger.source else { return nil }
                        return (naming.join(trigger.name), Owner("the machine of the trigger", trigger, id))
                    }
            }
        }
    }
}

extension Diagnostic {
    fileprivate static func folderTooLong(_ length: Int, at range: SourceRange) -> Diagnostic {
        Diagnostic(
            .nameTooLong, at: range,
            "the pipeline's folder has a name of \(length) characters; at most 250 are possible",
            help: "rename the folder")
    }

    fileprivate static func shortenedCollision(
        _ name: String, _ thing: String, _ place: SourceRange, _ first: (thing: String, place: SourceRange)
    ) -> Diagnostic {
        Diagnostic(
            .nameCollision, at: place, "\(thing) and \(first.thing) would both be named `\(name)` in AWS",
            help: "long names are cut: rename one of the two", notes: [Note(first.place, "the other one is here")])
    }
}
