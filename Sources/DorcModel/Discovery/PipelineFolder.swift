/// A folder that holds a `pipeline.yaml`, as it was found.
struct PipelineFolder: Sendable {
    var id: PipelineID
    /// Relative to the repository's root.
    var path: String
    /// The folders in it that hold a `lambda.py`, by name.
    var functions: [FunctionFolder]
}

/// A folder with a `lambda.py`, as it was found.
struct FunctionFolder: Sendable {
    var name: String
    /// Relative to the repository's root.
    var path: String
    /// What stands in it.
    var entries: [SourceEntry]
}
