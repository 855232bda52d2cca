import Testing

@testable import DorcImport

/// What branches and short circuits skip, in the words of `when`.
@Suite struct AirflowBranchTests {
    private func text(_ body: String) throws -> String {
        let made = AirflowImport([
            "dags/x.yml": "nightly:\n" + body, "jobs.py": "def f(): return 'left'\ndef g(): return False\n",
        ])
        #expect(made.result.mistakes.isEmpty, "\(made.result.mistakes)")
        #expect(made.errors.isEmpty, "\(made.errors)")
        #expect(made.missingTargets.isEmpty && made.strayTodos.isEmpty, "\(made.missingTargets) \(made.strayTodos)")
        return try made.text("src/dags/nightly/pipeline.yaml")
    }

    private let bash = "operator: x.BashOperator, bash_command: \"true\""
    private let branch = "operator: x.BranchPythonOperator, python_callable: jobs.f"
    private let gate = "operator: x.ShortCircuitOperator, python_callable: jobs.g"

    @Test func `a step that a named sibling leads to runs too`() throws {
        let text = try text(
            """
              tasks:
                pick: {\(branch)}
                a: {\(bash), dependencies: [pick]}
                join: {\(bash), dependencies: [pick, a], trigger_rule: none_failed_min_one_success}

            """)
        #expect(text.contains("- name: a\n    when: \"{% 'a' in $states.input %}\""), "\(text)")
        #expect(
            text.contains("when: \"{% 'join' in $states.input.`pick` or 'a' in $states.input.`pick` %}\""), "\(text)")
    }

    @Test func `a short circuit that is false skips all after it, whatever their rule`() throws {
        let text = try text(
            """
              tasks:
                gate: {\(gate)}
                load: {\(bash), dependencies: [gate]}
                other: {\(bash)}
                publish: {\(bash), dependencies: [load, other], trigger_rule: none_failed}

            """)
        #expect(text.contains("- name: load\n    when: \"{% $boolean($states.input) %}\""), "\(text)")
        #expect(
            text.contains("after: [load, other, gate]\n    when: \"{% $boolean($states.input.`gate`) %}\""), "\(text)")
    }

    @Test func `one that skips what is right after it leaves the rest to the rules`() throws {
        let text = try text(
            """
              tasks:
                gate: {\(gate), ignore_downstream_trigger_rules: false}
                load: {\(bash), dependencies: [gate]}
                next: {\(bash), dependencies: [load]}
                any: {\(bash), dependencies: [next], trigger_rule: none_failed}

            """)
        #expect(
            text.contains("- name: next\n    after: [load, gate]\n    when: \"{% $boolean($states.input.`gate`) %}\""))
        #expect(text.contains("- any\n"), "\(text)")
    }

    @Test func `a branch that may be skipped itself is asked after what is before it`() throws {
        let text = try text(
            """
              tasks:
                first: {\(branch)}
                second: {\(branch), dependencies: [first]}
                a: {\(bash), dependencies: [second]}
                end: {\(bash), dependencies: [a], trigger_rule: none_failed}

            """)
        #expect(
            text.contains(
                "- name: a\n    after: [second, first]\n    when: \"{% 'second' in $states.input.`first` and 'a' in $states.input.`second` %}\""
            ), "\(text)")
        #expect(text.contains("- end\n"), "\(text)")
    }

    @Test(arguments: [
        ("grp: {tooltip: x}", "'grp.b2' in $states.input or 'grp' in $states.input"),
        ("grp: {prefix_group_id: false}", "'b2' in $states.input or 'grp' in $states.input"),
        ("grp: {parent_group_name: top}\n    top: {tooltip: x}", "'top.grp.b2' in $states.input"),
    ])
    func `the names of tasks in groups are Airflow's`(_ groups: String, _ expected: String) throws {
        let text = try text(
            """
              task_groups:
                \(groups)
              tasks:
                pick: {\(branch)}
                b1: {\(bash), task_group_name: grp, dependencies: [pick]}
                b2: {\(bash), task_group_name: grp, dependencies: [pick]}

            """)
        #expect(text.contains(expected), "\(text)")
    }
}
