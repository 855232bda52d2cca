/// What holds between the fields of a state.
extension DefinitionCheck {
    mutating func checkRules(_ fields: [String: YAMLNode], _ type: String) {
        for name in ["Retry", "Catch"] { check(errors: fields[name]?.items ?? []) }
        for retrier in fields["Retry"]?.items ?? [] {
            check(retrier.fields ?? [:], "MaxDelaySeconds", isMoreThan: "IntervalSeconds")
        }
        if type == "Task" { check(fields, "TimeoutSeconds", isMoreThan: "HeartbeatSeconds") }
        if type == "Map" { check(map: fields) }
    }

    /// The first that names an error counts: `States.ALL` is alone, and last.
    private mutating func check(errors items: [YAMLNode]) {
        for (index, item) in items.enumerated() {
            let errors = item.fields?["ErrorEquals"]?.items?.compactMap(\.text) ?? []
            guard errors.contains("States.ALL") else { continue }
            if errors.count > 1 {
                report("`States.ALL` is written alone: it covers the others", at: item.range)
            } else if index < items.count - 1 {
                report("`States.ALL` stands last: it covers those after it", at: item.range)
            }
        }
    }

    private mutating func check(_ fields: [String: YAMLNode], _ larger: String, isMoreThan smaller: String) {
        guard let most = fields[larger]?.number, let least = fields[smaller]?.number, most <= least,
            let place = fields[larger]?.range
        else { return }
        report("`\(larger)` is larger than `\(smaller)`", at: place)
    }

    private mutating func check(map fields: [String: YAMLNode]) {
        let config = (fields["ItemProcessor"] ?? fields["Iterator"])?.fields?["ProcessorConfig"]
        let mode = config?.fields?["Mode"]
        guard mode?.text == "DISTRIBUTED" else {
            for (name, field) in StateRules.states["Map"]?.fields ?? [:] where field.isOfDistributedMap {
                guard let place = fields[name]?.range else { continue }
                report(
                    "`\(name)` needs `Mode: DISTRIBUTED` in the `ProcessorConfig`", at: place,
                    help: "an inline Map works on the items within the run itself")
            }
            return
        }
        runsDistributedMaps = true
        if config?.fields?["ExecutionType"] == nil, let place = mode?.range {
            report(
                "`Mode: DISTRIBUTED` needs an `ExecutionType`", at: place, help: "write `STANDARD`, or `EXPRESS`")
        }
        if let batcher = fields["ItemBatcher"], let inner = batcher.fields,
            !inner.keys.contains(where: { $0.hasPrefix("Max") })
        {
            report(
                "an item batcher needs `MaxItemsPerBatch` or `MaxInputBytesPerBatch`", at: batcher.range)
        }
    }
}
