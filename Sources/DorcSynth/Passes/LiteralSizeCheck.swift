internal import DorcModel
internal import DorcText

/// Step Functions: the input and the output of a state have at most 262,144 bytes. What is in pipeline.yaml is a part
/// of them in every run. The event of a job has a limit of its own.
enum LiteralSizeCheck {
    private static let limit = Limit(262_144)

    static func run(_ workflow: Workflow, _ functions: [Function], into diagnostics: inout Diagnostics) {
        let steps = workflow.steps
        for index in steps.indices {
            if let arguments = steps[index].arguments { check(arguments, of: steps[index], &diagnostics) }
            if case .items(let items)? = steps[index].iteration?.source { check(items, of: steps[index], &diagnostics) }
        }
        let jobs = functions.filter { $0.compute != nil && $0.isBuilt }.map(\.name)
        guard !jobs.isEmpty else { return }
        for step in steps {
            if case .function(let name) = step.action, jobs.contains(name) { checkJob(step, &diagnostics) }
        }
    }

    /// What each of its jobs gets for certain.
    private static func checkJob(_ step: Step, _ diagnostics: inout Diagnostics) {
        var events: [JSONValue<Text>] = []
        if let arguments = step.arguments {
            events = [arguments]
        } else if case .items(.list(let items))? = step.iteration?.source, step.iteration?.batch == nil {
            events = items
        }
        let longest = events.map(leastLength).max() ?? 0
        guard longest > BatchLimit.eventLength else { return }
        diagnostics.report(
            Diagnostic(
                .inputTooLong, at: step.argumentsRange ?? step.range,
                "the step `\(step.name)` gives its job an event of \(longest) characters of JSON or more, quotes counted twice; at"
                    + " most \(BatchLimit.eventLength) are possible",
                help: "put the data into S3, and its key into the step"))
    }

    /// Characters of a job's event as `asJobEvent` counts them. What an expression gives is at least one.
    private static func leastLength(_ event: JSONValue<Text>) -> Int {
        let text = EmbeddedJSON.text(of: event.withoutExpressions).sample
        return text.unicodeScalars.reduce(0) { $0 + ($1 == "\"" || $1 == "\\" ? 2 : 1) }
    }

    private static func check(_ literal: JSONValue<Text>, of step: Step, _ diagnostics: inout Diagnostics) {
        let size = EmbeddedJSON.text(of: literal).sample.utf8.count
        limit.check(size, &diagnostics) { severity in
            Diagnostic(
                .inputTooLong, severity, at: step.range,
                "the step `\(step.name)` has \(size) bytes of data in it; at most \(limit.most) are possible",
                help: "put the data into S3, and its key into the step")
        }
    }
}

extension JSONValue<Text> {
    /// With the shortest value in place of each.
    fileprivate var withoutExpressions: JSONValue<Text> {
        switch self {
        case .null, .boolean, .number: self
        case .text(let text): text.isExpression ? .number(JSONNumber(0)) : self
        case .list(let items): .list(items.map(\.withoutExpressions))
        case .object(let members):
            .object(members.map { Member(name: $0.name, value: $0.value.withoutExpressions) })
        }
    }
}
