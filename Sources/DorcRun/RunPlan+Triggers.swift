internal import DorcModel
internal import DorcText

extension RunPlan.Trigger {
    init(_ trigger: Trigger, in destination: DeployedValues.Destination) {
        func filled(_ text: Text) -> String {
            text.filled(
                account: destination.account, partition: destination.partition.id, region: destination.region)
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
