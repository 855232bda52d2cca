internal import DorcModel
internal import DorcText

/// What resolving a pipeline takes from the rest of the repository: made once, for all pipelines.
struct ProjectSettings: Sendable {
    /// An environment, and what dorc.yaml says of the functions in it.
    struct OfEnvironment: Sendable {
        let environment: Environment
        let functions: FunctionSettings
        let retry: RetrySection?
        /// Of the project's `defaults` and the environment's.
        let access: [Located<AccessSection>]
        let variables: [String: Variable]
    }

    /// The value of a `${name}`.
    struct Variable: Sendable {
        var text: Text
        /// Whether it has this value in every environment.
        var isShared: Bool
    }

    let environments: [OfEnvironment]
    /// All pipelines that exist, whether they can be read or not.
    let pipelines: Set<PipelineID>
    /// Off where dorc.yaml has mistakes: its variables may be among what could not be read.
    let reportsVariables: Bool
    let computeProfiles: LocatedMap<ComputeSection>
    /// Of the images.
    let architecture: Architecture

    // What every environment has in common.
    let sharesRegion: Bool
    let allHaveRegions: Bool
    let sharesPartition: Bool
    let sharesTags: Bool
    let sharesFunctionSettings: Bool
    let sharesRetry: Bool
    let sharesAccess: Bool

    init(_ project: Project, _ repository: ConfigRepository, reportsVariables: Bool) {
        let file = repository.projectFile
        let all = project.environments
        let written = Dictionary(
            (file.environments?.value.entries ?? []).map { ($0.key.value, $0.value.defaults?.value) },
            uniquingKeysWith: { first, _ in first })
        let sections = all.map { written[$0.name] ?? nil }
        pipelines = Set(repository.pipelines.map(\.id)).union(repository.unreadable)
        self.reportsVariables = reportsVariables
        computeProfiles = file.computeProfiles?.value ?? LocatedMap()
        architecture = project.images.architecture
        sharesRegion = all.allSatisfy { $0.region == all.first?.region }
        allHaveRegions = all.allSatisfy { !$0.region.isEmpty }
        sharesPartition = all.allSatisfy { $0.partition == all.first?.partition }
        sharesTags = all.allSatisfy { $0.tags == all.first?.tags }
        sharesFunctionSettings = sections.allSatisfy { $0 == nil } || all.count == 1
        sharesRetry = sections.allSatisfy { $0?.retry == nil } || all.count == 1
        sharesAccess = sections.allSatisfy { $0?.access == nil } || all.count == 1
        let values = all.map { Self.values(in: $0, of: project) }
        let shared = (values.first ?? [:]).filter { name, text in values.allSatisfy { $0[name] == text } }
        var functions = FunctionSettings()
        if let section = file.defaults?.value { functions.apply(section.settings) }
        environments = all.indices.map { index in
            var own = functions
            if let section = sections[index] { own.apply(section.settings) }
            return OfEnvironment(
                environment: all[index], functions: own,
                retry: sections[index]?.retry?.value ?? file.defaults?.value.retry?.value,
                access: [file.defaults?.value.access, sections[index]?.access].compactMap { $0 },
                variables: Dictionary(
                    uniqueKeysWithValues: values[index].map { name, text in
                        (name, Variable(text: text, isShared: shared[name] != nil))
                    }))
        }
    }

    /// What an environment's own variables and the built-in ones stand for, but for those that are the pipeline's.
    private static func values(in environment: Environment, of project: Project) -> [String: Text] {
        var values = environment.variables.mapValues { Text.literal($0) }
        for variable in BuiltInVariable.allCases {
            switch variable {
            case .project: values[variable.rawValue] = .literal(project.name)
            case .environment: values[variable.rawValue] = .literal(environment.name)
            case .region: values[variable.rawValue] = .literal(environment.region)
            case .account: values[variable.rawValue] = environment.account.map { .literal($0) } ?? .hole(.accountID)
            case .partition: values[variable.rawValue] = .literal(environment.partition.id)
            case .layer, .pipeline: values[variable.rawValue] = nil
            }
        }
        return values
    }
}
