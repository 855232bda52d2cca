/// A template of Jinja's, as Airflow fills in when a task starts. Step Functions has JSONata for the same: what has a counterpart is
/// translated, where the text is the template alone.
enum JinjaText {
    static func isTemplate(_ text: String) -> Bool { text.contains("{{") || text.contains("{%") }

    /// In the environment of a container that is run by a step, or in arguments; nil where there is no counterpart.
    ///
    /// - Parameter parameters: those that the run has.
    static func expression(_ text: String, parameters: Set<String>) -> String? {
        let trimmed = text.trimmed
        guard trimmed.hasPrefix("{{"), trimmed.hasSuffix("}}"), trimmed.utf8.count > 4 else { return nil }
        let inner = String(trimmed.dropFirst(2).dropLast(2)).trimmed
        guard !inner.contains("{{") else { return nil }
        if let known = known[inner] { return "{% \(known) %}" }
        for prefix in ["params.", "dag_run.conf."] where inner.hasPrefix(prefix) {
            return parameter(String(inner.dropFirst(prefix.count)), parameters)
        }
        for (start, end) in [
            ("params['", "']"), ("params[\"", "\"]"), ("dag_run.conf['", "']"), ("dag_run.conf[\"", "\"]"),
        ]
        where inner.hasPrefix(start) && inner.hasSuffix(end) {
            return parameter(String(inner.dropFirst(start.count).dropLast(end.count)), parameters)
        }
        return nil
    }

    private static func parameter(_ name: String, _ parameters: Set<String>) -> String? {
        parameters.contains(name) ? "{% $string($run_input.`\(name)`) %}" : nil
    }

    /// As dorc takes them: letters, digits, `_` and `-`, at most 64, the first a letter.
    static func isParameter(_ name: String) -> Bool {
        guard let first = name.unicodeScalars.first, first.isASCII, first.properties.isAlphabetic, name.utf8.count <= 64
        else {
            return false
        }
        return name.unicodeScalars.allSatisfy {
            $0.isASCII && ($0.properties.isAlphabetic || ("0"..."9").contains($0) || $0 == "_" || $0 == "-")
        }
    }

    /// Of a run that is started by hand or by a schedule, the time of its start stands for the end of Airflow's data interval.
    private static let known = [
        "ds": "$substring($states.context.Execution.StartTime, 0, 10)",
        "ds_nodash": "$replace($substring($states.context.Execution.StartTime, 0, 10), '-', '')",
        "ts": "$states.context.Execution.StartTime",
        "execution_date": "$states.context.Execution.StartTime",
        "logical_date": "$states.context.Execution.StartTime",
        "data_interval_end": "$states.context.Execution.StartTime",
        "run_id": "$states.context.Execution.Name",
        "dag_run.run_id": "$states.context.Execution.Name",
        "dag.dag_id": "'${layer}/${pipeline}'",
    ]
}

extension StringProtocol {
    /// Without blanks at its ends.
    var trimmed: String {
        var scalars = unicodeScalars[...]
        while let first = scalars.first, first.properties.isWhitespace { scalars.removeFirst() }
        while let last = scalars.last, last.properties.isWhitespace { scalars.removeLast() }
        return String(String.UnicodeScalarView(scalars))
    }
}
