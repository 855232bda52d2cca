import DorcText
import Testing

@testable import DorcImport

/// Trigger rules of Airflow's, and what they are in dorc.
@Suite struct AirflowRulesTests {
    /// Tasks of bash with their dependencies and rules, as in `b < a: one_failed`.
    private func steps(_ tasks: String...) throws -> (made: AirflowImport, text: String) {
        var text = "nightly:\n  tasks:\n"
        for task in tasks {
            let parts = task.split(separator: ":").map { $0.split(separator: " ").map(String.init) }
            let after = parts[0].dropFirst(2)
            let kind = parts[0][0].hasPrefix("wait") ? "EmptyOperator" : "BashOperator"
            text += "    \(parts[0][0]): {operator: x.\(kind), bash_command: \"true\""
            if !after.isEmpty { text += ", dependencies: [\(after.joined(separator: ", "))]" }
            if parts.count > 1 { text += ", trigger_rule: \(parts[1][0])" }
            text += "}\n"
        }
        let made = AirflowImport(["dags/x.yml": text])
        #expect(made.result.mistakes.isEmpty, "\(made.result.mistakes)")
        #expect(made.errors.isEmpty, "\(made.errors)")
        #expect(made.missingTargets.isEmpty && made.strayTodos.isEmpty, "\(made.missingTargets) \(made.strayTodos)")
        let written = try made.text("src/dags/nightly/pipeline.yaml")
        return (made, String(written.split(separator: "\n").drop { !$0.hasPrefix("steps:") }.joined(separator: "\n")))
    }

    private func rule(_ made: AirflowImport, _ task: String) throws -> ImportReport.Entry {
        try made.entry("nightly.tasks.\(task).trigger_rule")
    }

    @Test func `a failure anywhere before one_failed leads to it, not only right before it`() throws {
        let (made, text) = try steps("a", "b < a", "c < b: one_failed", "d < a")
        #expect(
            text.contains(
                "- name: a\n    catch: c\n  - name: b\n    catch: c\n  - name: c\n    only_on_error: true\n    then: fail"
            ), "\(text)")
        let entry = try rule(made, "c")
        #expect(entry.outcome == .differs)
        #expect(entry.words.contains("`catch` of `a`, `b`") && entry.words.contains("in Airflow once"))
    }

    @Test func `one_failed after all that can fail is a last step of a failed run`() throws {
        let (made, text) = try steps("a", "b", "wait < a b", "c < wait: one_failed")
        #expect(text.hasSuffix("finally:\n  - name: c\n    when: \"{% $states.input.status = 'FAILED' %}\""), "\(text)")
        #expect(!text.contains("catch"))
        #expect(try rule(made, "c").target == "src/dags/nightly/pipeline.yaml: finally[0].when")
    }

    @Test func `what comes after one_failed is on its error path`() throws {
        let (_, text) = try steps("a", "b < a: all_failed", "c < b", "d < a")
        #expect(
            text.contains(
                "- name: b\n    only_on_error: true\n  - name: c\n    after: b\n    only_on_error: true\n    then: fail"
            ), "\(text)")
    }

    @Test(arguments: ["all_failed", "all_skipped"])
    func `a rule that would be turned round as a usual step keeps it from running`(_ name: String) throws {
        let (made, text) = try steps("a", "b < a", "c < a", "d < b c: \(name)")
        #expect(text.contains("when: \"{% false %}\""))
        #expect(try rule(made, "d").isDecision && rule(made, "d").outcome == .differs)
        #expect(text.contains("# TODO catch: dags/x.yml:6: trigger_rule \(name): "), "\(text)")
    }

    @Test func `two error paths of one step are a decision, unless finally can have one`() throws {
        let (made, text) = try steps("a", "b < a: one_failed", "c < a: one_failed")
        #expect(text.contains("- name: a\n    catch: b"))
        #expect(text.contains("finally:\n  - name: c\n    when:"), "\(text)")
        #expect(made.decisions == 0)
        let (other, written) = try steps("a", "b < a: one_failed", "c < a: one_failed", "d < a")
        #expect(
            written.contains("- name: c\n    after: []\n    when: \"{% false %}\"")
                || written.contains("when: \"{% false %}\""))
        #expect(try rule(other, "c").isDecision)
    }

    @Test func `one_failed after a step that runs in any case does not see what is before that`() throws {
        let (made, text) = try steps("a", "b < a: all_done", "c < b: one_failed")
        #expect(text.contains("- name: a\n    catch: a-failed\n  - name: b\n    catch: c\n"), "\(text)")
        #expect(try rule(made, "c").words.contains("`catch` of `b` leads"))
        #expect(try rule(made, "b").outcome == .takenOver)
    }

    @Test func `all_done in the middle goes on after a failure where nothing else waits for the step`() throws {
        let (made, text) = try steps("a", "b < a: all_done", "c < b")
        #expect(text.contains("- name: a-failed\n    wait: 1s\n    only_on_error: true"), "\(text)")
        #expect(!text.contains("then: fail"))
        #expect(made.decisions == 0)
        let (other, _) = try steps("a", "x < a", "b < x: all_done", "c < b")
        #expect(try rule(other, "b").isDecision && rule(other, "b").outcome == .differs)
    }

    @Test func `all_done of a last task is finally, and says what Airflow makes of the run`() throws {
        let (made, text) = try steps("a", "b < a: all_done")
        #expect(text.hasSuffix("finally: [b]"))
        #expect(try rule(made, "b").words.contains("where in Airflow the last tasks decide"))
    }

    @Test(arguments: [
        ("none_failed", ImportReport.Outcome.takenOver), ("none_failed_min_one_success", .takenOver),
        ("all_success", .takenOver), ("none_skipped", .differs), ("one_success", .differs), ("one_done", .differs),
        ("always", .takenOver), ("unheard_of", .noEquivalent),
    ])
    func `rules of success are told as they are`(_ name: String, _ outcome: ImportReport.Outcome) throws {
        let (made, text) = try steps("a", "b", "c < a b: \(name)")
        #expect(try rule(made, "c").outcome == outcome)
        #expect(!text.contains("catch") && !text.contains("finally"))
        if name == "always" { #expect(text.contains("- name: c\n    after: []")) }
    }

    @Test func `a rule of a task that nothing is before has no effect`() throws {
        let (made, text) = try steps("a: one_failed", "b: all_done", "c < a b")
        #expect(!text.contains("catch") && !text.contains("finally") && !text.contains("false"))
        #expect(try rule(made, "a").words == "nothing is before it")
        #expect(try rule(made, "b").words == "nothing is before it")
    }

    @Test func `after a branch, rules that skip differ`() throws {
        let made = AirflowImport([
            "dags/x.yml": """
            nightly:
              tasks:
                pick: {operator: x.BranchPythonOperator, python_callable: jobs.f}
                left: {operator: x.EmptyOperator, dependencies: [pick]}
                join: {operator: x.EmptyOperator, dependencies: [left], trigger_rule: all_success}
                more: {operator: x.EmptyOperator, dependencies: [join], trigger_rule: none_failed_min_one_success}
                any: {operator: x.EmptyOperator, dependencies: [join], trigger_rule: none_failed}

            """, "jobs.py": "def f(): return 'left'\n",
        ])
        #expect(try rule(made, "join").outcome == .differs)
        #expect(try rule(made, "more").outcome == .differs)
        #expect(try rule(made, "any").outcome == .takenOver)
    }

    @Test func `a rule of the defaults is told as it is for the tasks`() throws {
        let made = AirflowImport([
            "dags/x.yml": """
            nightly:
              default_args: {trigger_rule: all_failed}
              tasks:
                a: {operator: x.EmptyOperator}
                b: {operator: x.EmptyOperator}
                c: {operator: x.BashOperator, bash_command: "true", dependencies: [a, b]}

            """
        ])
        let entry = try made.entry("nightly.default_args.trigger_rule")
        #expect(entry.outcome == .differs && entry.isDecision)
        #expect(made.strayTodos.isEmpty)
    }
}
