import DorcModel

/// What the answers to scaffolding's questions may look like. A name that passes here passes `dorc-synth check`.
enum NameRule: Sendable {
    case project, environment, region, account, folder, function

    /// Completes the sentence "NAME must be ...".
    var explanation: String {
        switch self {
        case .project: "lower-case letters and digits in parts joined by '-', a letter first, as in census-demo"
        case .environment: "lower-case letters and digits, a letter first, as in dev, and not 'universal'"
        case .region: "an AWS region, as in eu-west-2"
        case .account: "the 12 digits of an AWS account"
        case .folder: "lower-case letters and digits in parts joined by '-' or '_', as in load_file"
        case .function:
            "\(NameRule.folder.explanation), and not '\(Names.caseFolder)', the folder of a pipeline's cases"
        }
    }

    func accepts(_ text: String) -> Bool {
        switch self {
        case .project: Names.isProject(text) && text.utf8.count <= Names.longestProject
        case .environment:
            Names.isEnvironment(text) && text.utf8.count <= Names.longestEnvironment && text != "universal"
        case .region: Identifiers.isRegion(text)
        case .account: Identifiers.isAccount(text)
        case .folder: Names.isFolder(text)
        case .function: Names.isFolder(text) && text != Names.caseFolder
        }
    }

    /// Nil unless `text` is so many folder names joined by `/`.
    fileprivate static func folders(_ text: String, count: Int) -> [String]? {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        return parts.count == count && parts.allSatisfy(folder.accepts) ? parts : nil
    }
}

extension PipelineID {
    static let explanation = "layer/pipeline, as in raw/census; each part is " + NameRule.folder.explanation

    /// Of a pipeline to be made; nil unless `text` is two folder names joined by `/`.
    init?(new text: String) {
        guard let parts = NameRule.folders(text, count: 2) else { return nil }
        self.init(layer: parts[0], name: parts[1])
    }
}

/// `layer/pipeline/function`, as users write it.
struct FunctionID: Equatable, Sendable, CustomStringConvertible {
    static let explanation =
        "layer/pipeline/function, as in raw/census/load; each part is \(NameRule.folder.explanation), and the function is"
        + " not '\(Names.caseFolder)', the folder of a pipeline's cases"

    let pipeline: PipelineID
    let name: String

    init(pipeline: PipelineID, name: String) {
        (self.pipeline, self.name) = (pipeline, name)
    }

    /// Of a function to be made; nil unless `text` is three folder names joined by `/`.
    init?(new text: String) {
        guard let parts = NameRule.folders(text, count: 3), NameRule.function.accepts(parts[2]) else { return nil }
        pipeline = PipelineID(layer: parts[0], name: parts[1])
        name = parts[2]
    }

    /// From answers that their questions have accepted.
    static func given(_ text: String) throws(ScaffoldError) -> FunctionID {
        guard let id = FunctionID(new: text) else { throw .internalError("`\(text)` was accepted as an answer") }
        return id
    }

    var description: String { "\(pipeline)/\(name)" }
}
