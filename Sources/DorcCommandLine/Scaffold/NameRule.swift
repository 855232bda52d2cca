import DorcModel

/// What the answers to scaffolding's questions may look like. A name that passes here passes `dorc-synth check`.
enum NameRule: Sendable {
    case project, environment, region, account, folder

    /// Completes the sentence "NAME must be ...".
    var explanation: String {
        switch self {
        case .project: "lower-case letters and digits in parts joined by '-', a letter first, as in census-demo"
        case .environment: "lower-case letters and digits, a letter first, as in dev, and not 'universal'"
        case .region: "an AWS region, as in eu-west-2"
        case .account: "the 12 digits of an AWS account"
        case .folder: "lower-case letters and digits in parts joined by '-' or '_', as in load_file"
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
        }
    }
}
