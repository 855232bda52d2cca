package import DorcModel
package import DorcText

/// Cases and mocks, in the form that `plan.py` and `mocks.py` of the runner document.
extension RunPlan {
    /// Gives a pipeline of the plan its cases.
    package mutating func add(_ cases: [PipelineCase], of pipeline: PipelineID) {
        guard let index = pipelines.firstIndex(where: { $0.name == pipeline.description }) else { return }
        pipelines[index].cases = cases.map(json)
    }

    package mutating func add(mocks members: [JSONValue<Text>.Member]) {
        mocks = value(.object(members))
    }

    private func json(_ found: PipelineCase) -> JSON {
        .members([
            "name": .text(found.name), "file": .text(found.file), "line": .integer(found.line),
            "input": found.input.map(value), "event": found.event.map { .text(filled($0)) },
            "mocks": value(.object(found.mocks)), "secrets": value(.object(found.secrets)),
            "s3": found.s3.map { .text($0) }, "expect": value(found.expectation),
        ])
    }

    private func value(_ value: JSONValue<Text>) -> JSON { value.mapTexts(filled) }

    private func filled(_ text: Text) -> String {
        text.filled(account: account, partition: partition, region: region)
    }
}
