internal import DorcModel
internal import DorcText
internal import DorcYAML

/// Tasks whose keys are read -> the steps of the draft: their order, with groups; trigger rules; branches.
struct DagBuilder {
    var dag: DagState
    /// Tasks by name.
    private let indices: [String: Int]

    static func build(_ dag: DagState) -> DagState {
        var builder = DagBuilder(dag)
        builder.setOrder()
        if let mistake = builder.cycle() {
            builder.dag.mistakes.append(mistake)
            return builder.dag
        }
        let rules = builder.takeRules()
        builder.buildSteps(rules)
        builder.finish()
        return builder.dag
    }

    private init(_ dag: DagState) {
        self.dag = dag
        indices = Dictionary(dag.tasks.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
    }

    // MARK: Order

    /// The tasks in a group, and in the groups within it.
    func members(of group: String, depth: Int = 0) -> [Int] {
        guard depth < 20 else { return [] }
        let own = dag.tasks.indices.filter { dag.tasks[$0].group == group }
        return own + dag.groups.filter { $0.parent == group }.flatMap { members(of: $0.name, depth: depth + 1) }
    }

    /// What a name in `dependencies` means: a task, `group.task`, or the last tasks of a group.
    private func targets(_ name: String) -> [Int]? {
        if let index = indices[name] { return [index] }
        if let last = name.split(separator: ".").last.map(String.init), last != name, let index = indices[last] {
            return [index]
        }
        guard dag.groups.contains(where: { $0.name == name }) else { return nil }
        let all = members(of: name)
        let before = Set(all.flatMap { upstream[$0] ?? [] })
        return all.filter { !before.contains($0) }
    }

    /// By task: those that it runs after, each once.
    private(set) var upstream: [Int: [Int]] = [:]

    private mutating func connect(_ task: Int, after others: [Int]) {
        for other in others where !(upstream[task] ?? []).contains(other) {
            upstream[task, default: []].append(other)
        }
    }

    /// Where a step runs after the one before it, nothing is written.
    private static let after = [Target("steps[*].after"), Target("steps[*]")]

    private mutating func setOrder() {
        // First between tasks, so that the ends of groups are known.
        var later: [(task: Int, name: String)] = []
        for index in dag.tasks.indices {
            var unknown: [String] = []
            for name in dag.tasks[index].dependencies?.texts ?? [] {
                if dag.groups.contains(where: { $0.name == name }), indices[name] == nil {
                    later.append((index, name))
                } else if let others = targets(name) {
                    connect(index, after: others)
                } else {
                    unknown.append(name)
                }
            }
            if let value = dag.tasks[index].dependencies {
                var verdict = Verdict.takenOver(Self.after)
                if !unknown.isEmpty {
                    let words = "there is no task \(unknown.map { "`\($0)`" }.joined(separator: ", "))"
                    verdict = .differs(Self.after, words)
                    verdict.todo = Todo("after", value, words, at: "steps[*]")
                }
                dag.tasks[index].settle(value, verdict)
            }
            connect(index, after: dag.tasks[index].implied.compactMap { indices[$0] }.filter { $0 != index })
        }
        for (task, name) in later { connect(task, after: targets(name) ?? []) }
        for group in dag.groups { setOrder(of: group) }
    }

    /// What a group waits for, its first tasks do.
    private mutating func setOrder(of group: TaskGroup) {
        guard let value = group.dependencies, let names = value.texts else { return }
        let all = members(of: group.name)
        let firsts = all.filter { task in !(upstream[task] ?? []).contains(where: all.contains) }
        var unknown: [String] = []
        for name in names {
            guard let others = targets(name), name != group.name else {
                unknown.append(name)
                continue
            }
            for task in firsts { connect(task, after: others.filter { !all.contains($0) }) }
        }
        guard let first = firsts.first else { return dag.settle(value, .none("no task is in the group")) }
        var verdict = Verdict.takenOver(Self.after, "at the group's first tasks")
        if !unknown.isEmpty {
            let words = "no task or group is called \(unknown.map { "`\($0)`" }.joined(separator: ", "))"
            verdict = .differs(Self.after, words)
            verdict.todo = Todo("after", value, words, at: "steps[*]")
        }
        dag.settle(value, verdict.of(step: dag.tasks[first].step.name, function: nil))
    }

    private func cycle() -> ImportMistake? {
        var graph = DirectedGraph(count: dag.tasks.count)
        for task in dag.tasks.indices { for other in upstream[task] ?? [] { graph.addEdge(from: other, to: task) } }
        guard let cycle = graph.cycle(), let first = cycle.first else { return nil }
        let names = cycle.map { "`\(dag.tasks[$0].name)`" }.joined(separator: ", ")
        let place = dag.tasks[first].dependencies?.place ?? dag.tasks[first].value.place
        return ImportMistake(at: place, "the dependencies of the tasks \(names) form a cycle")
    }

    // MARK: Steps

    private mutating func buildSteps(_ rules: TriggerRules) {
        let conditions = conditions(rules)
        for index in dag.tasks.indices {
            var after = rules.after(index, upstream)
            if let condition = conditions[index] {
                if canAsk(condition, rules) {
                    after += condition.sources.filter { !after.contains($0) }
                    setCondition(condition, of: index, after: after)
                } else {
                    decideCondition(of: index)
                }
            }
            dag.tasks[index].step.after = after.map { dag.tasks[$0].step.name }
            let names = Dictionary(
                after.flatMap { other in
                    [dag.tasks[other].name, airflowID(other)].map { ($0, dag.tasks[other].step.name) }
                }, uniquingKeysWith: { first, _ in first })
            let builder = OperatorBuilder(
                upstream: names, settings: dag.tasks[index].settings.over(dag.settings),
                place: "the task \(dag.tasks[index].name) of \(dag.dagID)")
            builder.build(&dag.tasks[index])
        }
        write(rules)
        for index in dag.tasks.indices {
            dag.draft.functions += dag.tasks[index].function.map { [$0] } ?? []
            dag.draft.files += dag.tasks[index].files
            if rules.finally.contains(index) {
                dag.draft.finally.append(dag.tasks[index].step)
            } else {
                dag.draft.steps.append(dag.tasks[index].step)
            }
        }
        for name in rules.marks.sorted(by: { $0.key < $1.key }).map(\.value) {
            // Where a failed step's run goes on.
            var step = StepDraft(name)
            step.isHandler = true
            step.set("only_on_error", .literal("true"))
            step.set("wait", .literal("1s"))
            dag.draft.steps.append(step)
        }
        dag.draft.parameters += dag.times.parameters(readBy: dag.draft.steps + dag.draft.finally)
    }
}
