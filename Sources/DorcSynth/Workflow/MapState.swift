internal import CloudFormation
internal import DorcModel

/// States that run for each item (Step Functions guide, "Map workflow state").
struct MapState: Sendable {
    var iteration: Iteration
    /// Of a Distributed Map.
    var label: String?
    var states: StateList

    func write(to fields: inout TemplateWriter, in stack: TemplateContext) {
        fields["Type"] = "Map"
        fields["Label"] = label
        iteration.source.write(to: &fields)
        if let batch = iteration.batch { fields.object("ItemBatcher") { $0["MaxItemsPerBatch"] = batch } }
        fields["MaxConcurrency"] = iteration.maxConcurrency
        switch iteration.toleratedFailures {
        case .count(let items): fields["ToleratedFailureCount"] = items
        case .percentage(let share): fields["ToleratedFailurePercentage"] = share
        case nil: break
        }
        fields.object("ItemProcessor") {
            $0.object("ProcessorConfig") {
                $0["Mode"] = iteration.isDistributed ? "DISTRIBUTED" : "INLINE"
                $0["ExecutionType"] =
                    iteration.isDistributed ? iteration.mode == .express ? "EXPRESS" : "STANDARD" : nil
            }
            states.write(to: &$0, in: stack)
        }
        if let results = iteration.results {
            fields.object("ResultWriter") { results.write(to: &$0) }
        }
    }
}

extension Iteration.Source {
    fileprivate func write(to fields: inout TemplateWriter) {
        switch self {
        case .items(let value): fields["Items"] = value
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
