import DorcTestSupport
import DorcText
import DorcYAML
import Testing

@testable import DorcImport

/// Over generated files with every key that the tables know, and some that nobody knows: nothing is dropped silently, and what is written
/// passes `check`.
@Suite struct AirflowPropertyTests {
    private struct Generator {
        var numbers: SeededNumbers
        let samples: [String: [String]]
        /// Keys that were written, over all files.
        var used: Set<String> = []

        mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &numbers) < percent }

        mutating func pick<Item>(_ items: [Item]) -> Item? { items.randomElement(using: &numbers) }

        /// `key: value`, mostly one that is meant.
        mutating func entry(_ key: String, in place: String) -> String {
            used.insert("\(place) \(key)")
            let meant = samples[key] ?? []
            let value = meant.isEmpty || chance(15) ? pick(AirflowSamples.any) : pick(meant)
            return "\(key): \(value ?? "x")"
        }

        mutating func mapping(_ keys: [String], in place: String, share: Int, indent: Int) -> String {
            var lines: [String] = []
            for key in keys.shuffled(using: &numbers) where chance(share) { lines.append(entry(key, in: place)) }
            if chance(20) { lines.append("unheard_of: {a: [1, {b: 2}]}") }
            return lines.map { String(repeating: " ", count: indent) + $0 + "\n" }.joined()
        }
    }

    private func expectSound(_ made: AirflowImport, _ leaves: Int, _ seed: UInt64) {
        let text = made.source.files.sorted { $0.key < $1.key }.map {
            "--- \($0.key)\n\(String(decoding: $0.value, as: UTF8.self))"
        }
        .joined()
        #expect(made.result.mistakes.isEmpty, "seed \(seed): \(made.result.mistakes)\n\(text)")
        let entries = made.report.entries.filter { !$0.key.hasPrefix("(file)") }
        #expect(
            entries.count == leaves, "seed \(seed): \(entries.count) of \(leaves) keys\n\(text)\n\(made.report.text)")
        #expect(ImportReport.Outcome.allCases.reduce(0) { $0 + made.report.count($1) } == made.report.entries.count)
        for entry in entries {
            #expect(
                entry.words != "the importer does not know this key",
                "seed \(seed): nobody settled \(entry.key)\n\(text)")
            #expect(
                !entry.words.isEmpty || entry.target != nil, "seed \(seed): nothing is said of \(entry.key)\n\(text)")
            #expect(entry.line > 0)
            #expect(
                !entry.words.contains(WrittenPlaces.unexplained) && !entry.words.contains("internal-error"),
                "seed \(seed): \(entry.key) is written nowhere\n\(text)\n\(Self.written(made))")
        }
        #expect(
            made.missingTargets.isEmpty, "seed \(seed): \(made.missingTargets)\n\(text)\n\(Self.written(made))")
        #expect(made.strayTodos.isEmpty, "seed \(seed): \(made.strayTodos)\n\(text)\n\(made.report.text)")
        // A decision is never without its comment: there are no more lines with decisions than comments, but for what two
        // environments say alike.
        if made.decisions > 0 { #expect(!made.todos.isEmpty, "seed \(seed)") }
        #expect(
            made.errors.isEmpty, "seed \(seed): \(made.errors.joined(separator: "\n"))\n\(text)\n\(Self.written(made))")
    }

    private static func written(_ made: AirflowImport) -> String {
        made.result.files.filter { $0.path.hasSuffix(".yaml") }.map { file in
            if case .text(let text) = file.content { "+++ \(file.path)\n\(text)" } else { "" }
        }.joined()
    }

    @Test func `every key of workflow.yml is in the report, and what is written passes check`() throws {
        var generator = Generator(numbers: SeededNumbers(seed: 1), samples: AirflowSamples.workflow)
        for seed in 1...70 as ClosedRange<UInt64> {
            generator.numbers = SeededNumbers(seed: seed)
            var files: [String: String] = [:]
            for (environment, workflow) in [("development", "a"), ("production", "a"), ("production", "b")]
            where generator.chance(80) {
                let dag = WorkflowKeys.dag.map(\.name).filter { $0 != "tasks" }
                var text = "dag:\n  repository: ministryofjustice/x\n"
                text += generator.mapping(dag.filter { $0 != "repository" }, in: "dag", share: 40, indent: 2)
                if generator.chance(60) {
                    text += "  tasks:\n"
                    for index in 0...Int.random(in: 0...3, using: &generator.numbers) {
                        let keys = WorkflowTaskKeys.task.map(\.name).filter { $0 != "dependencies" || index == 0 }
                        let body = generator.mapping(keys, in: "task", share: 35, indent: 6)
                        text += "    t\(index):\n\(body)"
                        if index > 0, generator.chance(60) {
                            text += "      dependencies: [t\(Int.random(in: 0..<index, using: &generator.numbers))]\n"
                        }
                    }
                }
                for (name, rules) in [
                    ("iam", WorkflowAccessKeys.iam), ("notifications", WorkflowKeys.notifications),
                    ("tags", WorkflowKeys.tags),
                ] where generator.chance(70) {
                    let body = generator.mapping(rules.map(\.name), in: name, share: 50, indent: 2)
                    if !body.isEmpty { text += "\(name):\n\(body)" }
                }
                text += generator.mapping(["secrets", "maintainers"], in: "file", share: 70, indent: 0)
                files["environments/\(environment)/team/\(workflow)/workflow.yml"] = text
            }
            guard !files.isEmpty else { continue }
            let leaves = try files.values.reduce(0) { try $0 + YAMLNode.leaves(of: $1) }
            expectSound(AirflowImport(files), leaves, seed)
        }
        let all: [(String, [String])] = [
            ("dag", WorkflowKeys.dag.map(\.name)), ("task", WorkflowTaskKeys.task.map(\.name)),
            ("iam", WorkflowAccessKeys.iam.map(\.name)), ("notifications", WorkflowKeys.notifications.map(\.name)),
            ("tags", WorkflowKeys.tags.map(\.name)), ("file", ["secrets", "maintainers"]),
        ]
        for (place, keys) in all {
            for key in keys where !["repository", "tasks"].contains(key) {
                #expect(generator.used.contains("\(place) \(key)"), "\(place).\(key) was never written")
                #expect(AirflowSamples.workflow[key] != nil, "\(key) has no sample")
            }
        }
    }

    @Test func `every key of dag-factory is in the report, and what is written passes check`() throws {
        var generator = Generator(numbers: SeededNumbers(seed: 1), samples: AirflowSamples.dagFactory)
        let kinds = OperatorKind.classes.keys.sorted() + ["MailOperator"]
        for seed in 1...110 as ClosedRange<UInt64> {
            generator.numbers = SeededNumbers(seed: seed)
            var text = ""
            if generator.chance(50) {
                text += "default:\n  max_active_runs: 1\n"
                let body = generator.mapping(DagKeys.defaultArgs.map(\.name), in: "default_args", share: 10, indent: 4)
                if !body.isEmpty { text += "  default_args:\n\(body)" }
            }
            for name in ["first", "other"] where name == "first" || generator.chance(70) {
                text += "\(name):\n"
                let keys = DagKeys.dag.map(\.name).filter {
                    !["tasks", "task_groups", "default_args", "dag_id"].contains($0)
                }
                text += generator.mapping(keys, in: "dag", share: 18, indent: 2)
                let body = generator.mapping(DagKeys.defaultArgs.map(\.name), in: "default_args", share: 10, indent: 4)
                if !body.isEmpty { text += "  default_args:\n\(body)" }
                if generator.chance(50) {
                    text += "  task_groups:\n    g1:\n      tooltip: x\n"
                    if generator.chance(50) { text += "      dependencies: [t0]\n" }
                    if generator.chance(30) { text += "      unheard_of: 1\n" }
                }
                text += "  tasks:\n"
                for index in 0...Int.random(in: 0...4, using: &generator.numbers) {
                    text += task(index, kinds, &generator)
                }
            }
            let made = AirflowImport([
                "dags/team/x.yml": text, "dags/jobs.py": "def work(*args, **kwargs):\n    return 1\n",
            ])
            // Keys of the defaults are in the file once, whatever DAGs take them.
            expectSound(made, try YAMLNode.leaves(of: text), seed)
        }
        let places: [(String, [String])] = [
            ("default_args", DagKeys.defaultArgs.map(\.name)), ("dag", DagKeys.dag.map(\.name)),
            (
                "task",
                TaskKeys.common.map(\.name) + OperatorKind.allCases.flatMap { TaskKeys.operators($0).map(\.name) }
            ),
        ]
        let structural = [
            "tasks", "task_groups", "default_args", "dag_id", "operator", "decorator", "dependencies", "task_id",
        ]
        for (place, keys) in places {
            for key in Set(keys) where !structural.contains(key) {
                #expect(generator.used.contains("\(place) \(key)"), "\(place).\(key) was never written")
            }
        }
    }

    private func task(_ index: Int, _ kinds: [String], _ generator: inout Generator) -> String {
        let name = generator.pick(kinds) ?? "BashOperator"
        let isDecorator = generator.chance(15)
        var text = "    t\(index):\n      "
        text += isDecorator ? "decorator: airflow.sdk.task\n" : "operator: airflow.example.\(name)\n"
        let kind = isDecorator ? OperatorKind.python : OperatorKind(name, isDecorator: false)
        let own = Set(TaskKeys.operators(kind).map(\.name))
        text += generator.mapping(own.sorted(), in: "task", share: 65, indent: 6)
        let structural = ["operator", "decorator", "dependencies", "task_id", "task_group"]
        let common = Set(TaskKeys.common.map(\.name)).subtracting(own).subtracting(structural)
        text += generator.mapping(common.sorted(), in: "task", share: 8, indent: 6).replacing(
            "unheard_of", with: "unheard_of_too")
        if generator.chance(3) { text += "      task_group: x\n" }
        generator.used.insert("task task_group")
        if isDecorator, generator.chance(60) { text += "      number: \(index > 0 ? "+t0" : "2")\n" }
        if index > 0, generator.chance(60) {
            text += "      dependencies: [t\(Int.random(in: 0..<index, using: &generator.numbers))]\n"
        }
        return text
    }
}
