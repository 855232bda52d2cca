internal import DorcModel
internal import DorcText

extension RunPlan.Trigger {
    init(_ trigger: Trigger, account: String) {
        func filled(_ text: Text) -> String {
            text.filled { hole in
                switch hole {
                case .accountID: account
                }
            }
        }
        name = trigger.name
        source =
            switch trigger.source {
            case .schedule(let schedule): .schedule(input: schedule.input?.mapTexts(filled))
            case .objectCreated(let bucket, let prefix, let suffix):
                .objectCreated(
                    bucket: filled(bucket), prefix: prefix.map(filled) ?? "", suffix: suffix.map(filled) ?? "")
            case .event: .event
            case .afterPipelines, .afterAll: .afterPipelines
            }
    }
}
