import DorcModel
import DorcText
import Schedules

/// The pipelines of a project: what each is, and what starts it.
struct PipelineList {
    /// One of its triggers, with the environments that have it.
    struct Start {
        var trigger: Trigger
        var words: String
        var environments: [String] = []
        /// Those of them in which triggers do not start anything.
        var off: [String] = []
    }

    struct Entry {
        var id: PipelineID
        var description: String?
        /// Each name once, in the order of the file; nil for a pipeline with a `definition`.
        var steps: [String]?
        /// Those of `finally`.
        var finally: [String]
        var functions: [String]
        /// Defaults of the run's input, as JSON.
        var parameters = "{}"
        var starts: [Start]
        /// Whom it tells of its runs, beside whom the environments tell.
        var tells: [Tells] = []
        /// The pipelines that run it as a step.
        var callers: [PipelineID] = []
    }

    /// What it tells somebody, in words, with the environments in which it does.
    struct Tells {
        var words: String
        var environments: [String]
    }

    private let reading: ProjectReading
    let entries: [Entry]

    init(_ reading: ProjectReading) {
        self.reading = reading
        var callers: [PipelineID: [PipelineID]] = [:]
        for pipeline in reading.project.pipelines {
            for step in pipeline.environments.first?.workflow.steps ?? [] {
                guard case .pipeline(let called, _) = step.action, callers[called]?.last != pipeline.id else {
                    continue
                }
                callers[called, default: []].append(pipeline.id)
            }
        }
        entries = reading.pipelines.map { pipeline in
            let definitions = reading.definitions(of: pipeline)
            let first = definitions.first?.definition
            var entry = Entry(
                id: pipeline.id, description: definitions.lazy.compactMap(\.definition.description).first,
                steps: first?.machine == nil ? first?.workflow.steps.filter { !$0.isFinally }.map(\.name) : nil,
                finally: first?.workflow.steps.filter(\.isFinally).map(\.name) ?? [],
                functions: first?.functions.map(\.name) ?? [], starts: [], callers: callers[pipeline.id] ?? [])
            if let members = first?.parameters {
                entry.parameters = JSONText.line(.object(members))
            }
            for (environment, definition) in definitions {
                for trigger in definition.triggers {
                    entry.add(trigger, in: environment.name, isOn: definition.triggersEnabled)
                }
                for words in [
                    definition.notices?.words, definition.alertWithoutSuccess.map { "no success for \($0.value)" },
                ] {
                    if let words { entry.add(words, in: environment.name) }
                }
            }
            return entry
        }
    }

    func table(width: Int?) -> String {
        guard !entries.isEmpty else { return "The project has no pipeline.\n" }
        let someTell = entries.contains { !$0.tells.isEmpty }
        var table = TextTable(
            [
                .init(title: "PIPELINE", isFlexible: true), .init(title: "DESCRIPTION", isFlexible: true),
                .init(title: "STEPS"),
                .init(title: "FUNCTIONS"), .init(title: "STARTS", isFlexible: true),
            ] + (someTell ? [.init(title: "TELLS", isFlexible: true)] : []))
        let all = reading.environments.map(\.name)
        for entry in entries {
            let starts = entry.starts.map { $0.phrase(all: all) } + entry.callers.map { "as a step of \($0)" }
            table.rows.append(
                [
                    entry.id.description, entry.description?.firstLine ?? "",
                    entry.steps.map { String($0.count + entry.finally.count) } ?? "own",
                    String(entry.functions.count), starts.isEmpty ? "by hand" : starts.joined(separator: "\n"),
                ] + (someTell ? [entry.tells.map { $0.phrase(all: all) }.joined(separator: "\n")] : []))
        }
        return table.render(width: width)
    }

    func json() -> String {
        guard !entries.isEmpty else { return "[]\n" }
        return "[\n" + entries.map { "  \($0.json)" }.joined(separator: ",\n") + "\n]\n"
    }
}

extension PipelineList.Tells {
    /// As in "failure: census@example.gov.uk (prod)".
    fileprivate func phrase(all: [String]) -> String {
        words + (environments == all ? "" : " (\(environments.joined(separator: ", ")))")
    }

    fileprivate var json: String {
        "{\"words\": \(JSONText.literal(words)), \"environments\": \(JSONText.list(environments))}"
    }
}

extension PipelineNotices {
    /// As in "failure, success: census@example.gov.uk, Slack C0456EFGH".
    fileprivate var words: String {
        let who = emails + (slack.map { ["Slack \($0.channel)"] } ?? [])
        return "\(kinds.map(\.rawValue).joined(separator: ", ")): \(who.joined(separator: ", "))"
    }
}

extension PipelineList.Entry {
    fileprivate mutating func add(_ words: String, in environment: String) {
        if let index = tells.firstIndex(where: { $0.words == words }) {
            tells[index].environments.append(environment)
        } else {
            tells.append(PipelineList.Tells(words: words, environments: [environment]))
        }
    }

    fileprivate mutating func add(_ trigger: Trigger, in environment: String, isOn: Bool) {
        let words = trigger.words
        let known = starts.firstIndex { $0.trigger.name == trigger.name && $0.words == words }
        let index = known ?? starts.endIndex
        if known == nil { starts.append(PipelineList.Start(trigger: trigger, words: words)) }
        starts[index].environments.append(environment)
        if !isOn { starts[index].off.append(environment) }
    }

    fileprivate var json: String {
        let members =
            [
                "\"pipeline\": \(JSONText.literal(id.description))",
                "\"description\": \(description.map { JSONText.literal($0) } ?? "null")",
                "\"steps\": \(steps.map(JSONText.list) ?? "null")", "\"finally\": \(JSONText.list(finally))",
                "\"functions\": \(JSONText.list(functions))",
                "\"parameters\": \(parameters)",
                "\"triggers\": [\(starts.map(\.json).joined(separator: ", "))]",
                "\"step_of\": \(JSONText.list(callers.map(\.description)))",
                "\"tells\": [\(tells.map(\.json).joined(separator: ", "))]",
            ]
        return "{\(members.joined(separator: ", "))}"
    }
}

extension PipelineList.Start {
    /// As in "at 06:00 every day, UTC (prod; off in dev)".
    func phrase(all: [String]) -> String {
        let on = environments.filter { !off.contains($0) }
        if off.isEmpty { return words + (environments == all ? "" : " (\(environments.joined(separator: ", ")))") }
        if on.isEmpty { return "\(words) (off" + (off == all ? ")" : " in \(off.joined(separator: ", ")))") }
        return "\(words) (\(on.joined(separator: ", ")); off in \(off.joined(separator: ", ")))"
    }

    fileprivate var json: String {
        var members = [
            "\"name\": \(JSONText.literal(trigger.name))", "\"words\": \(JSONText.literal(words))",
            "\"environments\": \(JSONText.list(environments))", "\"off_in\": \(JSONText.list(off))",
        ]
        switch trigger.source {
        case .schedule(let schedule):
            members.append("\"schedule\": \(JSONText.literal(schedule.text))")
            members.append("\"timezone\": \(JSONText.literal(schedule.timezone ?? "UTC"))")
        case .afterPipelines(let ids, let kind):
            members.append("\"after_pipeline\": \(JSONText.list(ids.map(\.description)))")
            members.append("\"on\": \(JSONText.literal(kind.rawValue))")
        case .afterAll(let join):
            let pipelines = JSONText.list(join.pipelines.map(\.description))
            let within = join.within.map { ", \"within\": \(JSONText.literal($0.description))" } ?? ""
            members.append("\"after_pipeline\": {\"all\": \(pipelines)\(within)}")
            members.append("\"on\": \(JSONText.literal(join.kind.rawValue))")
        case .objectCreated(let bucket, let prefix, let suffix):
            let parts = [("bucket", bucket), ("prefix", prefix), ("suffix", suffix)].compactMap { name, text in
                text.map { "\"\(name)\": \(JSONText.literal($0.shown))" }
            }
            members.append("\"s3\": {\(parts.joined(separator: ", "))}")
        case .event: break
        }
        return "{\(members.joined(separator: ", "))}"
    }
}

extension JSONText {
    fileprivate static func line(_ value: JSONValue<Text>) -> String {
        switch value {
        case .null: "null"
        case .boolean(let flag): flag ? "true" : "false"
        case .number(let number): number.text
        case .text(let text): literal(text.shown)
        case .list(let items): "[\(items.map(line).joined(separator: ", "))]"
        case .object(let members):
            "{\(members.map { "\(literal($0.name)): \(line($0.value))" }.joined(separator: ", "))}"
        }
    }

    fileprivate static func list(_ texts: [String]) -> String {
        "[\(texts.map { literal($0) }.joined(separator: ", "))]"
    }
}

extension String {
    fileprivate var firstLine: String { String(prefix { !$0.isNewline }) }
}
