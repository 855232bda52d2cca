/// Where a workflow of the Analytical Platform's is: `environments/<environment>/<project>/<workflow>/workflow.yml`.
struct WorkflowPlace: Equatable {
    /// As the folder is called.
    var environment: String
    var project: String
    var workflow: String
    /// Whether the path says so; else it is a guess.
    var isKnown = true

    private static let usualEnvironments: Set<String> = [
        "development", "test", "production", "dev", "prod", "preprod", "preproduction", "staging", "sandbox", "uat",
    ]

    /// - Parameters:
    ///   - path: of the file, relative to the folder that is imported.
    ///   - folder: the names of that folder and of those around it, from the outside in.
    init(path: String, folder: [String]) {
        let inner = path.split(separator: "/").dropLast().map(String.init)
        let all = folder + inner
        var rest: [String]
        if let place = all.lastIndex(of: "environments"), place + 1 < all.count {
            environment = all[place + 1]
            rest = Array(all[(place + 2)...])
        } else if let place = inner.firstIndex(where: Self.usualEnvironments.contains) {
            environment = inner[place]
            rest = Array(inner[(place + 1)...])
        } else if let place = all.lastIndex(where: Self.usualEnvironments.contains) {
            // It may be any folder on the way.
            environment = all[place]
            rest = Array(all[(place + 1)...])
            isKnown = false
        } else {
            environment = "production"
            rest = inner.isEmpty ? folder.suffix(2) : inner.count == 1 ? folder.suffix(1) + inner : inner
            isKnown = false
        }
        if rest.isEmpty { rest = folder.suffix(1) }
        project = rest.first ?? "airflow"
        workflow = rest.count > 1 ? rest.dropFirst().joined(separator: "-") : project
    }
}
