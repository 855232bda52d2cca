internal import DorcText
internal import DorcYAML

/// Who waits for whose datasets -> `after_pipeline`. A dataset that no pipeline of the folder makes, and that is in S3, becomes a trigger
/// on its objects.
enum DatasetLinks {
    static func link(_ pipelines: inout [ImportedPipeline]) {
        var graph = DirectedGraph(count: pipelines.count)
        PipelineSteps.link(&pipelines, &graph)
        for index in pipelines.indices {
            for part in pipelines[index].sources.indices {
                guard let schedule = pipelines[index].sources[part].schedule, !schedule.read.datasets.isEmpty else {
                    continue
                }
                let environment = pipelines[index].sources[part].draft.environment
                func makers(of dataset: String) -> [Int] {
                    pipelines.indices.filter { other in
                        pipelines[other].sources.contains { source in
                            source.outlets.contains(dataset)
                                && (source.draft.environment == environment || source.draft.environment == nil
                                    || environment == nil)
                        }
                    }
                }
                var triggers: [TriggerDraft] = []
                var problems = schedule.read.problems
                var words = schedule.read.differences
                for datasets in schedule.read.datasets {
                    let known = datasets.map { (dataset: $0, makers: makers(of: $0)) }
                    let all = known.flatMap(\.makers).reduce(into: [Int]()) { if !$0.contains($1) { $0.append($1) } }
                    let strangers = known.filter(\.makers.isEmpty).map(\.dataset)
                    if strangers.isEmpty {
                        if let wrong = all.first(where: { $0 == index || graph.reaches($0, from: index) }) {
                            problems.append(
                                "`\(pipelines[wrong].id)` is started by this pipeline, directly or not: dorc has no cycles"
                            )
                            continue
                        }
                        for maker in all { graph.addEdge(from: maker, to: index) }
                        triggers.append(after(all.map { pipelines[$0].id }))
                    } else if datasets.count == 1, let path = S3Path(datasets[0]) {
                        triggers.append(objects(path))
                        words.append("no pipeline here makes `\(datasets[0])`: starts when an object is created there")
                    } else {
                        problems.append("no pipeline here makes \(strangers.map { "`\($0)`" }.joined(separator: ", "))")
                    }
                }
                settle(&pipelines[index].sources[part], schedule, triggers, words, problems)
            }
        }
    }

    private static func after(_ makers: [String]) -> TriggerDraft {
        let node: YAMLNode =
            makers.count == 1
            ? .string(makers[0]) : .mapping([("all", .list(makers.map { .string($0) }))])
        return TriggerDraft(name: "datasets", fields: [("after_pipeline", node)])
    }

    private static func objects(_ path: S3Path) -> TriggerDraft {
        var fields: PipelineDraft.Fields = [("bucket", .string(path.bucket))]
        if !path.prefix.isEmpty { fields.append(("prefix", .string(path.prefix))) }
        return TriggerDraft(name: "datasets", fields: [("s3", .mapping(fields))])
    }

    private static func settle(
        _ source: inout PipelineSource, _ schedule: (value: WrittenValue, read: AirflowSchedule),
        _ triggers: [TriggerDraft], _ words: [String], _ problems: [String]
    ) {
        let value = schedule.value
        source.draft.triggers += triggers
        let said = ["starts when the run that makes it has ended, not when the task has"] + words
        if triggers.contains(where: { $0.fields.value(of: "s3") != nil }) {
            let todo = Todo(
                "s3", value, "the bucket of the dataset has to send its events to EventBridge", at: "triggers[*].s3")
            source.verdicts.append((value, .decide("triggers", said.joined(separator: "; "), todo)))
        } else if !triggers.isEmpty {
            source.verdicts.append((value, .differs("triggers", said.joined(separator: "; "))))
        }
        guard !problems.isEmpty else { return }
        // Beside what is written: other datasets, or the times of a timetable that has both.
        let text = problems.joined(separator: "; ")
        let todo = Todo("triggers", value, "\(value.source.shortened(to: 120)): \(text)")
        let target = !triggers.isEmpty ? "triggers" : schedule.read.times.isEmpty ? nil : "schedule"
        source.verdicts.append((value, target.map { .decide($0, text, todo) } ?? .none(text, todo)))
    }
}
