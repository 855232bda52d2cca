package import DorcText
internal import DorcModel
internal import DorcYAML

/// A folder with workflows of the Ministry of Justice's Analytical Platform (`workflow.yml`) or of dag-factory -> a config repository.
///
///     AirflowFiles      SourceTree -> YAML files that define DAGs, each key with an account                  (Reading/)
///     WorkflowState     one workflow.yml, by the tables of WorkflowKeys -> PipelineDraft                      (Workflow/)
///     DagState          one DAG of dag-factory's, by the tables of DagKeys and TaskKeys -> PipelineDraft      (DagFactory/)
///     PipelineNames     drafts that belong together -> one pipeline; environments; names
///     DatasetLinks      who waits for whose datasets -> triggers
///     PipelineVariants  drafts of a pipeline -> pipeline.yaml with comments                                  (Draft/)
package struct AirflowImporter {
    private let tree: any SourceTree
    private let options: Options

    package struct Options: Sendable {
        /// The names of the folder that is imported and of those around it, from the outside in: the paths of workflows say which
        /// environment and project they belong to.
        package var folder: [String]
        package var project: String?
        package var region: String?

        package init(folder: [String] = [], project: String? = nil, region: String? = nil) {
            self.folder = folder
            self.project = project
            self.region = region
        }
    }

    package init(_ tree: any SourceTree, _ options: Options = Options()) {
        self.tree = tree
        self.options = options
    }

    package static func isRegion(_ text: String) -> Bool { Identifiers.isRegion(text) }

    package func result() -> ImportResult {
        var ledger = ImportLedger()
        let files = AirflowFiles(tree, into: &ledger)
        let project = ImportNames.project(options.project ?? options.folder.last ?? "airflow")
        var mistakes = files.mistakes
        var sources = workflows(files, &ledger)
        sources += DagFactoryReader(files, in: tree).sources(into: &ledger, &mistakes)
        for source in sources { mistakes += source.mistakes }
        for (value, verdict) in sources.flatMap(\.verdicts) where !mistakes.isEmpty {
            for account in value.accounts {
                ledger.settle(account, verdict.outcome, verdict.words, isDecision: false)
            }
        }
        // A folder that can be read in part only is not imported in part: what is missing would be missed later.
        guard mistakes.isEmpty, !sources.isEmpty else {
            return ImportResult(project: project, files: [], ledger: ledger, mistakes: mistakes)
        }
        let environments = ProjectDraft.environments(of: sources)
        var pipelines = PipelineNames.pipelines(sources, environments: environments)
        DatasetLinks.link(&pipelines)
        var written: [ImportedFile] = []
        for pipeline in pipelines { written += pipeline.files(environments: environments, into: &ledger) }
        let draft = ProjectDraft(
            name: project, region: options.region, environments: environments, pipelines: pipelines,
            hasRequirements: files.paths.contains("requirements.txt"))
        written += draft.files(into: &ledger)
        return ImportResult(project: project, files: written, ledger: ledger)
    }

    private func workflows(_ files: AirflowFiles, _ ledger: inout ImportLedger) -> [PipelineSource] {
        var names: [String: String] = [:]
        var environments = ImportNames()
        let places = files.workflows.map { ($0, WorkflowPlace(path: $0.path, folder: options.folder)) }
        for (file, place) in places where names[place.environment] == nil {
            let name = environments.environment(place.environment)
            names[place.environment] = name
            guard name != place.environment else { continue }
            ledger.remark(
                .differs, "(file)", at: .whole(file.path), to: "dorc.yaml: environments.\(name)",
                "the environment `\(place.environment)`: names of environments have lower-case letters and digits")
        }
        return places.map { file, place in
            let environment = names[place.environment] ?? place.environment
            var draft = PipelineDraft(environment: environment, layer: place.project, name: place.workflow)
            draft.header = ["From \(file.path), a workflow of Airflow."]
            if !place.isKnown { draft.guessedFrom = file.path }
            var state = WorkflowState(draft: draft, place: place, environment: environment)
            state.take(file.root, by: WorkflowKeys.file)
            state.finish(at: file.root)
            return PipelineSource(state)
        }
    }
}

/// A draft with what has to be known of others before it is written.
struct PipelineSource {
    var draft: PipelineDraft
    var verdicts: [(value: WrittenValue, verdict: Verdict)]
    var outlets: [String]
    /// What starts it, where these are datasets.
    var schedule: (value: WrittenValue, read: AirflowSchedule)?
    var profiles: [ComputeProfile] = []
    /// As other DAGs of dag-factory's name it.
    var dagID: String?
    /// Whether it is a workflow of the platform's, whose images are in its registry.
    var usesRegistry = false
    var mistakes: [ImportMistake] = []

    init(_ state: WorkflowState) {
        draft = state.draft
        verdicts = state.verdicts
        outlets = state.outlets
        schedule = state.schedule
        profiles = state.profiles
        usesRegistry = true
        findCycle(state.tasks)
    }

    init(draft: PipelineDraft) {
        self.draft = draft
        verdicts = []
        outlets = []
    }

    /// Airflow refuses them too.
    private mutating func findCycle(_ tasks: [WorkflowTask]) {
        let steps = draft.steps
        var graph = DirectedGraph(count: steps.count)
        let indices = Dictionary(steps.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
        for (index, step) in steps.enumerated() {
            for name in step.after { if let other = indices[name] { graph.addEdge(from: other, to: index) } }
        }
        guard let cycle = graph.cycle(), let first = cycle.first, tasks.indices.contains(first) else { return }
        let place = tasks[first].dependencies ?? tasks[first].place
        let names = cycle.map { "`\(steps[$0].name)`" }.joined(separator: ", ")
        mistakes.append(ImportMistake(at: place.place, "the dependencies of the tasks \(names) form a cycle"))
    }
}
