internal import DorcModel
internal import DorcText

extension RunPlan.Trigger {
    init(_ trigger: Trigger, _ destination: DeployedValues.Destination) {
        func filled(_ text: Text) -> String {
            text.deployed(
                account: destination.account, region: destination.region, partition: destination.partition.id)
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

extension Interpolated<PseudoParameter> {
    /// As it is where it is deployed.
    func deployed(account: String, region: String, partition: String) -> String {
        filled { hole in
            switch hole {
            case .accountID: account
            case .partition: partition
            case .region: region
            }
        }
    }
}
