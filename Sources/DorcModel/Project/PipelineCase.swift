package import DorcText

/// A case beside a pipeline, in one environment: what `dorc-synth test` runs once.
package struct PipelineCase: Sendable, Equatable {
    /// Unique in the pipeline.
    package var name: String
    /// The file that it is in, relative to the repository's root, and its line there, from 1 on.
    package var file: String
    package var line: Int
    /// Nil where `event` says what it is, or for none.
    package var input: JSONValue<Text>?
    /// `schedule`, `schedule:NAME` or `s3:BUCKET/KEY`.
    package var event: Text?
    /// Step to answer, or answers one after the other: each an object of `output`, or of `error` with or without `cause`.
    package var mocks: [JSONValue<Text>.Member]
    /// Name to value, as in the file of `--secrets`.
    package var secrets: [JSONValue<Text>.Member]
    /// A folder in place of S3, relative to the repository's root.
    package var s3: String?
    /// As a mock's answer.
    package var expectation: JSONValue<Text>

    package init(
        name: String, file: String, line: Int, input: JSONValue<Text>?, event: Text?, mocks: [JSONValue<Text>.Member],
        secrets: [JSONValue<Text>.Member], s3: String?, expectation: JSONValue<Text>
    ) {
        self.name = name
        self.file = file
        self.line = line
        self.input = input
        self.event = event
        self.mocks = mocks
        self.secrets = secrets
        self.s3 = s3
        self.expectation = expectation
    }
}
