internal import CloudFormation
internal import DorcModel

/// What a rule sends to a topic about the end of a run: a message in words, by an input transformer of EventBridge.
///
/// Neither the error nor its cause is in it, though the event has both: they are texts of the user's functions, and may hold
/// personal data; and EventBridge "doesn't escape values" (guide, "Common issues with transforming input"), so that a quote in
/// one of them would make the notice one that nobody gets.
struct RunNotice: Sendable {
    enum Form: Sendable {
        /// A text of several lines.
        case mail
        /// Amazon Q Developer in chat applications takes JSON of this form, and no text (its guide, "Custom notifications").
        case chat
    }

    /// Of the target.
    var id: String
    var topic: Expression
    var form: Form
    var kind: PipelineNotices.Kind
    /// As in `raw/census in prod`; or `census-demo in prod`, where the message names the state machine.
    var about: String
    var namesMachine: Bool
    /// What ends a failed run so that a redrive can only end it again: see `Workflow.finalEnds`.
    var finalEnds: [String]
    /// The host of AWS's console without the region.
    var console: String

    func write(to target: inout TemplateWriter, in stack: TemplateContext) {
        target["Id"] = id
        target["Arn"] = stack.value(topic)
        target.object("InputTransformer") {
            $0.object("InputPathsMap") {
                if namesMachine { $0["machine"] = "$.detail.stateMachineArn" }
                $0["name"] = "$.detail.name"
                $0["region"] = "$.region"
                $0["run"] = "$.detail.executionArn"
                if kind == .failure { $0["status"] = "$.detail.status" }
                $0["time"] = "$.time"
            }
            switch form {
            // Each line is a text of its own.
            case .mail: $0["InputTemplate"] = lines.map { "\"\($0)\"\n" }.joined()
            case .chat: $0["InputTemplate"] = chat
            }
        }
    }

    private var headline: String {
        switch kind {
        case .failure: "A run of \(about) failed (<status>)"
        case .success: "A run of \(about) succeeded"
        }
    }

    private var facts: [String] {
        (namesMachine ? ["Pipeline: <machine>"] : []) + ["Run: <name>, ended at <time>"]
    }

    private var link: String {
        "https://<region>.\(console)/states/home?region=<region>#/v2/executions/details/<run>"
    }

    /// Step Functions guide, "Restarting state machine executions with redrive": within 14 days, from the state that failed.
    private var help: String {
        guard kind == .failure else { return "The page shows its steps and its output." }
        let redrive = "Redrive on it goes on from that step, with the code that the run began with, within 14 days."
        let next =
            finalEnds.isEmpty
            ? redrive : "start a new run where \(finalEnds.joined(separator: " or ")) ended this one; else \(redrive)"
        return "The page shows the step that failed, its error and its log. When the cause is gone, \(next)"
    }

    private var lines: [String] { ["\(headline)."] + facts + [link, help] }

    /// Names and identifiers have neither quotes nor backslashes in them. `<` and `>` cannot be escaped in a template, so that
    /// the link is the address alone.
    private var chat: String {
        let text = (facts + [link]).joined(separator: #"\n"#)
        return #"{"version":"1.0","source":"custom","content":{"textType":"client-markdown","title":"\#(headline)","#
            + #""description":"\#(text)","nextSteps":["\#(help)"]},"metadata":{"threadId":"<run>","#
            + #""summary":"\#(headline)"}}"#
    }
}
