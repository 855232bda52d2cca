package import DorcText

/// A whole config repository, read, checked and worked out for every environment: what the synthesizer takes.
package struct Project: Sendable {
    package var name: String
    package var file: SourceFile
    /// What tells the config repository from others that deploy to the same account.
    package var repository: String?
    package var tags: [String: String]
    package var images: ImageSettings
    /// The account that holds the images of all environments; nil where each environment's own does.
    package var registryAccount: String?
    /// In the order of dorc.yaml.
    package var environments: [Environment]
    /// By layer, then by name.
    package var pipelines: [Pipeline]

    package init(
        name: String, file: SourceFile, repository: String? = nil, tags: [String: String], images: ImageSettings,
        registryAccount: String? = nil, environments: [Environment], pipelines: [Pipeline]
    ) {
        self.name = name
        self.file = file
        self.repository = repository
        self.tags = tags
        self.images = images
        self.registryAccount = registryAccount
        self.environments = environments
        self.pipelines = pipelines
    }
}

package struct ImageSettings: Sendable {
    package var dockerfile = Defaults.dockerfile
    package var architecture = Defaults.architecture
    package var include: [Located<String>] = []
    package var untaggedExpiryDays = Defaults.untaggedExpiry.seconds / 86400
    /// Images with a tag in each repository.
    package var keep = Defaults.keptImages
    /// Sorted by name.
    package var buildArguments: [(name: String, value: String)] = []

    package init() {}
}

/// The instruction set of the images and their Lambdas, named as Lambda names it.
package enum Architecture: String, Sendable, CaseIterable {
    case x86_64, arm64

    /// As Docker names it.
    package var platform: String {
        switch self {
        case .x86_64: "linux/amd64"
        case .arm64: "linux/arm64"
        }
    }
}
