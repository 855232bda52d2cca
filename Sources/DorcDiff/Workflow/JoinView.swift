internal import DorcText

/// The machine of a trigger that waits for several pipelines, as the trigger is written. Which states it has is dorc's business.
enum JoinView {
    /// Nil for another machine. synth writes what the trigger waits for into `record`, and the same in words into the comment:
    /// "Starts curated/model/modelled of demo in dev: after raw/a and raw/b have succeeded, within 1d".
    static func of(_ definition: Tree) -> WorkflowView? {
        let values = definition["States"]?["record"]?["Arguments"]?["ExpressionAttributeValues"]
        guard let all = values?[":all"]?["SS"], let comment = definition["Comment"]?.text,
            comment.hasPrefix("Starts "), let start = comment.range(of: ": after ")
        else { return nil }
        let words = comment[start.upperBound...]
        let kinds = [" have succeeded": "success", " have failed": "failure", " have ended": "any"]
        var settings = [WorkflowView.Setting("after_pipeline.all", all.items.map(\.shown))]
        if let kind = kinds.first(where: { words.range(of: $0.key) != nil }) {
            settings.append(.init("on", kind.value))
        }
        if let within = words.range(of: ", within ") {
            settings.append(.init("after_pipeline.within", String(words[within.upperBound...])))
        }
        return WorkflowView(settings: settings)
    }
}
