/// `layer/pipeline`, as users write it.
struct PipelinePlace: Equatable, Sendable, CustomStringConvertible {
    static let explanation = "layer/pipeline, as in raw/census; each part is " + NameRule.folder.explanation

    let layer: String
    let pipeline: String

    /// Nil unless `text` is two folder names joined by `/`.
    init?(_ text: String) {
        guard let parts = folderNames(text, count: 2) else { return nil }
        (layer, pipeline) = (parts[0], parts[1])
    }

    var description: String { "\(layer)/\(pipeline)" }
}

/// `layer/pipeline/function`, as users write it.
struct FunctionPlace: Equatable, Sendable, CustomStringConvertible {
    static let explanation =
        "layer/pipeline/function, as in raw/census/load; each part is " + NameRule.folder.explanation

    let pipeline: PipelinePlace
    let function: String

    /// Nil unless `text` is three folder names joined by `/`.
    init?(_ text: String) {
        guard let parts = folderNames(text, count: 3), let pipeline = PipelinePlace("\(parts[0])/\(parts[1])") else {
            return nil
        }
        self.init(pipeline: pipeline, function: parts[2])
    }

    init(pipeline: PipelinePlace, function: String) {
        self.pipeline = pipeline
        self.function = function
    }

    var description: String { "\(pipeline)/\(function)" }
}

private func folderNames(_ text: String, count: Int) -> [String]? {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    return parts.count == count && parts.allSatisfy(NameRule.folder.accepts) ? parts : nil
}
