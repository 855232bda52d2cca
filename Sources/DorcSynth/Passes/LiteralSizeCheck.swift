internal import DorcModel
internal import DorcText

/// Step Functions: the input and the output of a state have at most 262,144 bytes. What is in pipeline.yaml is a part
/// of them in every run.
enum LiteralSizeCheck {
    private static let limit = Limit(262_144)

    static func run(_ workflow: Workflow, into diagnostics: inout Diagnostics) {
        let steps = workflow.steps
        for index in steps.indices {
            if let arguments = steps[index].arguments { check(arguments, of: steps[index], &diagnostics) }
            if case .items(let items)? = steps[index].iteration?.source { check(items, of: steps[index], &diagnostics) }
        }
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
