import DorcText
import Testing

@testable import DorcImport

/// Files that nobody can read: a clear mistake with its place, and nothing is written.
@Suite struct AirflowHostileTests {
    private static let sound = "dag:\n  repository: ministryofjustice/x\n  tag: 1.0\n"

    private static let bomb =
        "dag:\n  repository: x\n  tag: y\na: &a [x, x, x, x, x, x, x, x, x, x]\n"
        + (1...8).map {
            "b\($0): &b\($0) [\(Array(repeating: $0 == 1 ? "*a" : "*b\($0 - 1)", count: 10).joined(separator: ", "))]\n"
        }
        .joined()

    @Test(arguments: [
        ("a bomb of anchors", bomb, 9),
        ("a key twice", sound + "  tag: 2.0\n", 4),
        ("a key that is a list", sound + "  ? [a]\n  : b\n", 4),
        ("an alias that leads nowhere", sound + "  env_vars: *nobody\n", 4),
        ("two documents", sound + "---\ndag: {}\n", 4),
        ("an unclosed string", sound + "  env_vars: {A: \"x\n", 4),
        ("more variables than anybody has", sound + "  env_vars:\n" + (0...2000).map { "    V\($0): 1\n" }.joined(), 5),
        ("tasks in a cycle", sound + "  tasks:\n    a: {dependencies: [b]}\n    b: {dependencies: [a]}\n", 5),
    ])
    func `a workflow that cannot be read stops the import`(_ name: String, _ text: String, _ line: Int) {
        let made = AirflowImport([
            "environments/production/team/bad/workflow.yml": text,
            "environments/production/team/good/workflow.yml": Self.sound,
        ])
        #expect(made.result.files.isEmpty)
        #expect(made.result.mistakes.count == 1, "\(name): \(made.result.mistakes)")
        #expect(made.result.mistakes.first?.range.path == "environments/production/team/bad/workflow.yml")
        #expect(made.result.mistakes.first?.range.start.line == line, "\(name): \(made.result.mistakes)")
    }

    @Test func `text that is not UTF-8, files that are too large, and links that lead out are mistakes`() {
        var tree = MemoryTree(["a/workflow.yml": Self.sound, "d/x": "", "e/x": ""])
        tree.files["b/workflow.yml"] = Array(Self.sound.utf8) + [0x61, 0xFF, 0xFE]
        tree.files["c/workflow.yml"] = Array(repeating: UInt8(ascii: "#"), count: 10 << 20)
        tree.badLinks["d/workflow.yml"] = "leads out of the folder"
        tree.special["e/workflow.yml"] = .pipe
        tree.unreadable["f/workflow.yml"] = "Permission denied"
        tree.files["f/workflow.yml"] = []
        let made = AirflowImport(tree)
        #expect(made.result.files.isEmpty)
        #expect(
            Set(made.result.mistakes.map(\.range.path)) == Set(["b", "c", "d", "e", "f"].map { "\($0)/workflow.yml" }))
        #expect(made.result.mistakes.allSatisfy { !$0.words.isEmpty })
    }

    @Test(arguments: [
        ("", "it is empty", 1, 1), ("# nothing\n", "it is empty", 1, 1), ("dag: 5\n", "`dag` is not a mapping", 1, 6),
        ("dag:\n", "`dag` is not a mapping", 1, 5), ("dag: {}\n", "`dag` is empty", 1, 1),
        ("tags: {owner: x}\n", "there is no `dag` in the file", 1, 1), ("- dag\n", "the file is not a mapping", 1, 1),
        ("text\n", "the file is not a mapping", 1, 1),
    ])
    func `a workflow without a DAG is a mistake with its place and what to do`(
        _ text: String, _ words: String, _ line: Int, _ column: Int
    ) {
        let made = AirflowImport([
            "environments/production/team/bad/workflow.yml": text,
            "environments/production/team/good/workflow.yml": Self.sound,
        ])
        #expect(made.result.files.isEmpty)
        #expect(
            made.result.mistakes.map(\.words) == [
                "\(words): write a mapping `dag` with `repository` and `tag`, or take the file out of the folder"
            ])
        let start = made.result.mistakes.first?.range.start
        #expect(start?.line == line && start?.column == column, "\(String(describing: start))")
    }

    @Test(arguments: [
        (
            "good:\n  tasks: {a: {operator: x.EmptyOperator}}\nbad: 5\n",
            "`bad` is not a DAG: write a mapping with `tasks`", 3
        ),
        (
            "good:\n  tasks: {a: {operator: x.EmptyOperator}}\nbad: {schedule: x}\n",
            "the DAG `bad` has no `tasks`: write them, or take it out of the file", 3
        ),
        (
            "bad:\n  default_args: {owner: x}\n",
            "the DAG `bad` has no `tasks`: write them, or take it out of the file", 1
        ),
        ("d:\n  tasks: {a: {bash_command: x}}\n", "the task `a` has no `operator` and no `decorator`: write one", 2),
        ("d:\n  tasks: {a: 5}\n", "the task `a` is not a mapping: write one with `operator`", 2),
        (
            "d:\n  tasks: {}\n", "the DAG `d` has no task: write a mapping of tasks, or take the DAG out of the file", 2
        ),
    ])
    func `a DAG of dag-factory that nobody can read is a mistake with its place and what to do`(
        _ text: String, _ words: String, _ line: Int
    ) {
        let made = AirflowImport(["dags/x.yml": text, "workflow.yml": Self.sound])
        #expect(made.result.files.isEmpty)
        #expect(made.result.mistakes.map(\.words) == [words])
        #expect(made.result.mistakes.first?.range.start.line == line)
    }

    @Test func `code that cannot be read stops the import too`() {
        var tree = MemoryTree(["a/workflow.yml": Self.sound])
        tree.files["b/dag.py"] = []
        tree.unreadable["b/dag.py"] = "Permission denied"
        let made = AirflowImport(tree)
        #expect(made.result.files.isEmpty)
        #expect(made.result.mistakes.map(\.range.path) == ["b/dag.py"])
    }

    @Test func `values of the wrong type are in the report, with the value`() throws {
        let made = AirflowImport([
            "workflow.yml": Self.sound
                + "  retries: many\n  env_vars: [a]\n  tasks: {a: text, b: [x], c: }\n  schedule: [1, {a: 2}]\niam: text\ntags: [a]\n"
        ])
        #expect(made.errors.isEmpty, "\(made.errors)")
        #expect(try made.entry("dag.retries").words == "`many` is not a whole number")
        #expect(try made.entry("iam").outcome == .noEquivalent)
        #expect(try made.entry("dag.tasks.a").outcome == .noEquivalent)
        #expect(try made.entry("dag.tasks.c").outcome == .takenOver)
    }

    @Test func `a broken file of something else does not stop the import`() {
        let made = AirflowImport([
            "workflow.yml": Self.sound, "chart/values.yaml": "{{ broken: [", "other.yml": "a: 1\n",
        ])
        #expect(!made.result.files.isEmpty)
        #expect(made.result.mistakes.isEmpty)
    }

    @Test func `a folder without DAGs gives nothing, and one with DAGs in Python says so`() {
        #expect(AirflowImport(["x.yml": "a: 1\n"]).result.files.isEmpty)
        let made = AirflowImport(["dag.py": "from airflow import DAG\n\nDAG('x')\n"])
        #expect(made.result.files.isEmpty)
        #expect(made.report.entries.map(\.outcome) == [.noEquivalent])
    }

    @Test(arguments: [
        "d:\n  tasks: text\n", "d:\n  tasks: []\n", "d:\n  tasks: {a: text}\n",
        "d:\n  tasks:\n    - operator: x.BashOperator\n",
        "d:\n  tasks:\n    a: {operator: x.BashOperator, dependencies: [b]}\n    b: {operator: x.BashOperator, dependencies: [a]}\n",
    ])
    func `a DAG of dag-factory without tasks that can be read is a mistake`(_ text: String) {
        let made = AirflowImport(["dags/x.yml": text])
        #expect(made.result.files.isEmpty)
        #expect(made.result.mistakes.count == 1)
    }

    @Test func `groups in a cycle, deep conditions and long names are survived`() {
        let deep = String(repeating: "(", count: 500) + "a" + String(repeating: ")", count: 500)
        let name = String(repeating: "long-", count: 60) + "name"
        let made = AirflowImport([
            "dags/x.yml": """
            \(name):
              schedule: {datasets: "\(deep)"}
              task_groups:
                g: {parent_group_name: h, dependencies: [h]}
                h: {parent_group_name: g, dependencies: [g]}
              tasks:
                "\(name)": {operator: x.BashOperator, bash_command: "\(name)", task_group_name: g}
                "Fn::x": {operator: x.EmptyOperator, dependencies: [h]}

            """
        ])
        #expect(made.result.mistakes.isEmpty, "\(made.result.mistakes)")
        #expect(made.errors.isEmpty, "\(made.errors)")
    }
}
