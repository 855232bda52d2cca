internal import DorcText
internal import DorcYAML

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
            for name in item.fields?["ErrorEquals"]?.items ?? [] { check(errorName: name) }
            let errors = item.fields?["ErrorEquals"]?.items?.compactMap(\.text) ?? []
            guard errors.contains("States.ALL") else { continue }
            if errors.count > 1 {
                report("`States.ALL` is written alone: it covers the others", at: item.range)
            } else if index < items.count - 1 {
                report("`States.ALL` belongs last: it covers those after it", at: item.range)
            }
        }
    }

    /// AWS takes any name that it does not know itself, which then never matches.
    private mutating func check(errorName node: YAMLNode) {
        guard let name = node.jsonText, name.hasPrefix("States."), !node.hasVariables,
            !ErrorName.reserved.contains(name)
        else { return }
        var finding = Diagnostic(
            .invalidDefinition, .warning, at: node.range.firstLine, "Step Functions has no error `\(name)`",
            help: "it never matches")
        finding.replacement = Suggestion.closest(to: name, among: ErrorName.reserved)
        diagnostics.report(finding)
    }

    private mutating func check(_ fields: [String: YAMLNode], _ larger: String, isMoreThan smaller: String) {
        guard let most = fields[larger]?.number, let least = fields[smaller]?.number, most <= least,
            let place = fields[larger]?.range
        else { return }
        report("`\(larger)` has to be larger than `\(smaller)`", at: place)
    }

    /// The states of a Distributed Map with `ExecutionType: EXPRESS` are an Express workflow (cdk-preflight,
    /// pf-sfn-express-unsupported; Step Functions guide, "Choosing workflow type").
    mutating func reportExpress(_ what: String, at place: SourceRange) {
        report(
            "\(what) does not work inside a Map with `ExecutionType: EXPRESS`", at: place,
            help: "write `ExecutionType: STANDARD` in the Map's `ProcessorConfig`")
    }

    /// Step Functions guide, "Map state in distributed mode": unique in the machine; a part of the map run's ARN.
    private mutating func check(label node: YAMLNode?) {
        guard let node, let label = node.jsonText, !node.hasVariables else { return }
        if label.unicodeScalars.contains(where: { $0.properties.isWhitespace || Self.notInLabels.contains($0) }) {
            report(
                "`Label` cannot have the characters of `\(label)`", at: node.range,
                help: "take letters, digits, `-` and `_`")
        }
        guard let first = labels.updateValue(node.range, forKey: label) else { return }
        var finding = Diagnostic.definition("two Distributed Maps have the `Label` `\(label)`", at: node.range)
        finding.notes = [Diagnostic.Note(first.firstLine, "the first one is here")]
        diagnostics.report(finding)
    }

    /// Whitespace, wildcards, brackets, special and control characters, says the guide.
    private static let notInLabels = Set("?*<>{}[]:;,\\|^~$#%&`\"".unicodeScalars)
        .union((0...0x1F).map { Unicode.Scalar(UInt8($0)) }).union((0x7F...0x9F).map { Unicode.Scalar(UInt8($0)) })

    /// cdk-preflight, pf-sfn-asl-map-distributed; Step Functions guide, "ItemReader (Map)".
    private mutating func check(reader config: [String: YAMLNode]) {
        guard let type = config["InputType"], let name = type.text else { return }
        if name == "CSV" {
            if config["CSVHeaderLocation"] == nil {
                report(
                    "`InputType: CSV` needs a `CSVHeaderLocation`", at: type.range,
                    help: "write `FIRST_ROW`, or `GIVEN` with `CSVHeaders`")
            } else if let location = config["CSVHeaderLocation"], location.text == "GIVEN", config["CSVHeaders"] == nil
            {
                report("`CSVHeaderLocation: GIVEN` needs `CSVHeaders`", at: location.range)
            }
        } else if ["JSON", "JSONL", "PARQUET"].contains(name) {
            for field in ["CSVDelimiter", "CSVHeaderLocation", "CSVHeaders"] {
                guard let place = config[field]?.range else { continue }
                report("`\(field)` needs `InputType: CSV`", at: place, help: "remove it")
            }
        }
    }

    private mutating func check(map fields: [String: YAMLNode]) {
        let config = (fields["ItemProcessor"] ?? fields["Iterator"])?.fields?["ProcessorConfig"]
        let mode = config?.fields?["Mode"]
        if mode?.text == "INLINE", let place = config?.fields?["ExecutionType"]?.range {
            report(
                "`ExecutionType` needs `Mode: DISTRIBUTED`", at: place,
                help: "remove it: an inline Map works on the items within the run itself")
        }
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
        if isInExpressMap, let place = mode?.range { reportExpress("a Distributed Map", at: place) }
        check(label: fields["Label"])
        check(reader: fields["ItemReader"]?.fields?["ReaderConfig"]?.fields ?? [:])
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
