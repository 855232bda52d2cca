/// docs/reference/airflow.md: every key that the importer knows, from the tables that it reads them by.
package enum AirflowReference {
    package static var text: String {
        var text = """
            # Keys of Airflow's tools

            What `dorc-synth import airflow` makes of every key, from the tables that it reads them by. How to use it, and what is
            different: [coming-from-airflow.md](../coming-from-airflow.md). A key that is in no table is in the report, as one without
            an equivalent.


            """
        text += "## workflow.yml of the Analytical Platform\n\n"
        text += table("`iam`, `secrets` and the rest of the file", WorkflowKeys.file.map(Row.init))
        text += table("`dag`", WorkflowKeys.dag.map(Row.init))
        text += table("A task of `dag.tasks`", WorkflowTaskKeys.task.map(Row.init))
        text += table("`iam`", WorkflowAccessKeys.iam.map(Row.init))
        text += table("`notifications`", WorkflowKeys.notifications.map(Row.init))
        text += table("`tags`", WorkflowKeys.tags.map(Row.init))
        text += "## dag-factory\n\n"
        text += table("A DAG", DagKeys.dag.map(Row.init))
        text += table("`default_args`", DagKeys.defaultArgs.map(Row.init))
        text += table("Every task", TaskKeys.common.map(Row.init))
        text += operators
        for kind in OperatorKind.allCases {
            let rules = TaskKeys.operators(kind)
            guard !rules.isEmpty else { continue }
            text += table(names(of: kind).first.map { "`\($0)` and its like" } ?? "Others", rules.map(Row.init))
        }
        return String(text.dropLast())
    }

    private struct Row {
        let name: String
        let becomes: String
        let outcome: ImportReport.Outcome

        init<State>(_ rule: KeyRule<State>) {
            name = rule.name
            becomes = rule.becomes
            outcome = rule.outcome
        }
    }

    /// Keys that become the same are one row.
    private static func table(_ title: String, _ rows: [Row]) -> String {
        var lines: [(names: [String], row: Row)] = []
        for row in rows {
            if let index = lines.firstIndex(where: { $0.row.becomes == row.becomes && $0.row.outcome == row.outcome }) {
                if !lines[index].names.contains(row.name) { lines[index].names.append(row.name) }
            } else {
                lines.append(([row.name], row))
            }
        }
        var text = "### \(title)\n\n"
        for outcome in ImportReport.Outcome.allCases {
            let rows = lines.filter { $0.row.outcome == outcome }
            guard !rows.isEmpty else { continue }
            text += grouped(
                ["key", words(outcome)],
                rows.map { [$0.names.map { "`\($0)`" }.joined(separator: ", "), $0.row.becomes] })
        }
        return text
    }

    /// No table has more rows than a reader can look over.
    private static func grouped(_ head: [String], _ rows: [[String]]) -> String {
        let most = 15
        var text = ""
        for start in stride(from: 0, to: rows.count, by: most) {
            text += "| \(head.joined(separator: " | ")) |\n|\(head.map { _ in "---|" }.joined())\n"
            for row in rows[start..<min(start + most, rows.count)] { text += "| \(row.joined(separator: " | ")) |\n" }
            text += "\n"
        }
        return text
    }

    private static func words(_ outcome: ImportReport.Outcome) -> String {
        switch outcome {
        case .takenOver: "taken over"
        case .differs: "differs"
        case .noEquivalent: "no equivalent"
        }
    }

    private static func names(of kind: OperatorKind) -> [String] {
        OperatorKind.classes.filter { $0.value == kind }.keys.sorted()
    }

    private static var operators: String {
        "### Operators and decorators\n\n"
            + grouped(
                ["class", "in dorc"],
                OperatorKind.allCases.map { kind in
                    let names = names(of: kind).map { "`\($0)`" }.joined(separator: ", ")
                    return [names.isEmpty ? "any other" : names, kind.becomes]
                })
    }
}
