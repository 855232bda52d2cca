internal import DorcModel
internal import DorcText
internal import Schedules

/// What starts a pipeline, in words.
struct TriggerWords {
    /// By environment of those that the diagram is about.
    let environments: [(name: String, pipeline: PipelineInEnvironment)]
    /// Each trigger once, by its name, in the order of the file; its values are those of the last environment that has it.
    var starters: [Starter] {
        var order: [(name: String, range: SourceRange)] = []
        var found: [String: Starter] = [:]
        var places: [String: [String]] = [:]
        for environment in environments {
            for trigger in environment.pipeline.triggers {
                if found[trigger.name] == nil { order.append((trigger.name, trigger.range)) }
                found[trigger.name] = Self.starter(trigger)
                places[trigger.name, default: []].append(environment.name)
            }
        }
        let off = Set(environments.filter { !$0.pipeline.triggersEnabled }.map(\.name))
        // An environment may lack the first ones.
        order.sort { ($0.range.start.line, $0.range.start.column) < ($1.range.start.line, $1.range.start.column) }
        return order.compactMap { name, _ in
            guard var starter = found[name] else { return nil }
            starter.note = note(places[name] ?? [], off)
            return starter
        }
    }

    private func note(_ places: [String], _ off: Set<String>) -> String {
        var parts: [String] = []
        if places.count < environments.count { parts.append("\(places.joined(separator: ", ")) only") }
        let disabled = places.filter(off.contains)
        if disabled.count == places.count {
            parts.append("off")
        } else if !disabled.isEmpty {
            parts.append("off in \(disabled.joined(separator: ", "))")
        }
        return parts.joined(separator: ", ")
    }

    private static func starter(_ trigger: Trigger) -> Starter {
        var starter = Starter(kind: .event, name: trigger.name, words: trigger.words)
        switch trigger.source {
        case .schedule(let schedule):
            starter.kind = .schedule
            starter.expression = schedule.expression.eventBridgeExpressions().joined(separator: " and ")
        case .objectCreated: starter.kind = .bucket
        case .event(let pattern): starter.expression = Words.json(pattern)
        case .afterPipelines(let pipelines, _):
            starter.kind = .completion
            starter.pipelines = pipelines
        case .afterAll(let join):
            starter.kind = .completion
            starter.pipelines = join.pipelines
        }
        return starter
    }
}
