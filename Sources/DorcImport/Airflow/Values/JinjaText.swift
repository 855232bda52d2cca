internal import DorcText

/// A template of Jinja's, as Airflow fills in when a task starts. Step Functions has JSONata for the same: what has a counterpart is
/// translated, in a text of other characters too.
struct JinjaText {
    /// Between `{%` and `%}`.
    let expression: String
    /// What differs from Airflow.
    let words: String
    let usesLogicalDate: Bool
    let usesIntervalEnd: Bool

    /// What a template may name.
    struct Context: Sendable {
        /// Those that the run has.
        let parameters: Set<String>
        let times: RunTimes
    }

    static func isTemplate(_ text: String) -> Bool { text.contains("{{") || text.contains("{%") }

    /// In the environment of a container that is run by a step, or in arguments; nil where there is no counterpart.
    init?(_ text: String, _ context: Context) {
        guard !text.contains("{%"), !text.contains("%}") else { return nil }
        var parts: [String] = []
        var names = Names()
        var rest = text.trimmed.hasPrefix("{{") && text.trimmed.hasSuffix("}}") ? text.trimmed[...] : text[...]
        while let start = rest.firstRange(of: "{{") {
            guard let end = rest[start.upperBound...].firstRange(of: "}}") else { return nil }
            if start.lowerBound > rest.startIndex {
                parts.append(Self.literal(String(rest[..<start.lowerBound])))
            }
            let inner = String(rest[start.upperBound..<end.lowerBound]).trimmed
            guard let part = Self.part(inner, context, &names) else { return nil }
            parts.append(part)
            rest = rest[end.upperBound...]
        }
        guard !parts.isEmpty else { return nil }
        if !rest.isEmpty { parts.append(Self.literal(String(rest))) }
        expression = "{% \(parts.joined(separator: " & ")) %}"
        usesLogicalDate = names.usesLogicalDate
        usesIntervalEnd = names.usesIntervalEnd
        var words: [String] = []
        if usesLogicalDate { words.append(context.times.words(usesLogicalDate: true)) }
        if usesIntervalEnd { words.append(context.times.words(usesLogicalDate: false)) }
        if names.usesRun { words.append("the name of the run") }
        self.words = words.isEmpty ? "JSONata in place of Jinja" : words.joined(separator: "; ")
    }

    /// A string of JSONata.
    private static func literal(_ text: String) -> String {
        let isPlain = text.unicodeScalars.allSatisfy { $0 != "'" && $0 != "\\" && $0.value >= 0x20 && $0.value != 0x7F }
        return isPlain ? "'\(text.withoutHoles)'" : JSONText.literal(text.withoutHoles)
    }

    private struct Names {
        var usesLogicalDate = false
        var usesIntervalEnd = false
        var usesRun = false
    }

    static func input(_ parameter: String) -> String { "$run_input.`\(parameter)`" }

    /// One template, without its braces.
    private static func part(_ inner: String, _ context: Context, _ names: inout Names) -> String? {
        if let time = JinjaTime(inner, context.times) {
            if time.isEnd { names.usesIntervalEnd = true } else { names.usesLogicalDate = true }
            return time.expression(input(time.isEnd ? context.times.intervalEnd : context.times.logicalDate))
        }
        switch inner {
        case "run_id", "dag_run.run_id":
            names.usesRun = true
            return "$states.context.Execution.Name"
        case "dag.dag_id": return "'${layer}/${pipeline}'"
        default: break
        }
        for prefix in ["params.", "dag_run.conf."] where inner.hasPrefix(prefix) {
            return parameter(String(inner.dropFirst(prefix.count)), context.parameters)
        }
        for (start, end) in [
            ("params['", "']"), ("params[\"", "\"]"), ("dag_run.conf['", "']"), ("dag_run.conf[\"", "\"]"),
        ]
        where inner.hasPrefix(start) && inner.hasSuffix(end) {
            return parameter(String(inner.dropFirst(start.count).dropLast(end.count)), context.parameters)
        }
        return nil
    }

    private static func parameter(_ name: String, _ parameters: Set<String>) -> String? {
        parameters.contains(name) ? "$string(\(input(name)))" : nil
    }

    /// Why a template has no counterpart.
    static func problem(_ text: String) -> String {
        if text.contains("{%") { return "a template of Jinja's with statements" }
        if text.contains("var.value") || text.contains("var.json") {
            return "a Variable of Airflow's: write `environment` or a variable of dorc.yaml"
        }
        if text.contains("conn.") { return "a Connection of Airflow's: write `secrets`" }
        if text.contains("xcom_pull") { return "an output of a task that is not right before this one" }
        if text.contains("params.") || text.contains("params[") { return "a parameter that the DAG has no default of" }
        if text.contains("prev_") || text.contains("next_") {
            return "a time of another run, which a run does not know"
        }
        return "a template of Airflow's without a counterpart"
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
