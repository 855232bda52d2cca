internal import CloudFormation
internal import DorcModel

/// States that run for each item (Step Functions guide, "Map workflow state").
struct MapState: Sendable {
    enum Items: Sendable {
        case list(StateValue)
        case objects(bucket: Text, prefix: Text?)
        case csv(bucket: Text, key: Text)
        case jsonLines(bucket: Text, key: Text)
    }

    var items: Items
    /// What only a Distributed Map has; nil for an inline one.
    var distributed: Distributed?
    var maxConcurrency: Int?
    var states: StateList

    struct Distributed: Sendable {
        var label: String
        var results: Iteration.Results?
        var batch: Int?
        var toleratedFailures: ToleratedFailures?
    }

    func write(to fields: inout TemplateWriter, in stack: TemplateContext) {
        fields["Type"] = "Map"
        fields["Label"] = distributed?.label
        items.write(to: &fields)
        if let batch = distributed?.batch { fields.object("ItemBatcher") { $0["MaxItemsPerBatch"] = batch } }
        fields["MaxConcurrency"] = maxConcurrency
        switch distributed?.toleratedFailures {
        case .count(let items): fields["ToleratedFailureCount"] = items
        case .percentage(let share): fields["ToleratedFailurePercentage"] = share
        case nil: break
        }
        fields.object("ItemProcessor") {
            $0.object("ProcessorConfig") {
                $0["Mode"] = distributed == nil ? "INLINE" : "DISTRIBUTED"
                $0["ExecutionType"] = distributed == nil ? nil : "STANDARD"
            }
            states.write(to: &$0, in: stack)
        }
        if let results = distributed?.results {
            fields.object("ResultWriter") { results.write(to: &$0) }
        }
    }
}

extension MapState.Items {
    fileprivate func write(to fields: inout TemplateWriter) {
        switch self {
        case .list(let value): fields["Items"] = value
        case .objects(let bucket, let prefix):
            fields.object("ItemReader") {
                $0["Resource"] = .integration("s3:listObjectsV2")
                $0.object("Arguments") {
                    $0["Bucket"] = bucket
                    $0["Prefix"] = prefix
                }
            }
        case .csv(let bucket, let key):
            writeReader(bucket, key, to: &fields) {
                $0["InputType"] = "CSV"
                $0["CSVHeaderLocation"] = "FIRST_ROW"
            }
        case .jsonLines(let bucket, let key): writeReader(bucket, key, to: &fields) { $0["InputType"] = "JSONL" }
        }
    }

    private func writeReader(
        _ bucket: Text, _ key: Text, to fields: inout TemplateWriter, _ form: (inout TemplateWriter) -> Void
    ) {
        fields.object("ItemReader") {
            $0["Resource"] = .integration("s3:getObject")
            $0.object("ReaderConfig", form)
            $0.object("Arguments") {
                $0["Bucket"] = bucket
                $0["Key"] = key
            }
        }
    }
}

extension Iteration.Results {
    /// A line for each output, without the metadata of its execution (Step Functions guide, "ResultWriter").
    fileprivate func write(to writer: inout TemplateWriter) {
        writer["Resource"] = .integration("s3:putObject")
        writer.object("Arguments") {
            $0["Bucket"] = bucket
            $0["Prefix"] = prefix
        }
        writer.object("WriterConfig") {
            $0["OutputType"] = "JSONL"
            $0["Transformation"] = "COMPACT"
        }
    }
}
