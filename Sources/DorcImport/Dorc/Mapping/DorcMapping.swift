import DorcConfig
import DorcModel
import DorcText
import DorcYAML

/// What the original's objects become. Each step is a file of this folder.
///
///     findObjects       which objects are created, and what they say of the project
///     findEnvironments  the environments that Pulumi's files name
///     mapPipelines      [OriginalPipeline] -> src/<layer>/<pipeline>/pipeline.yaml
///     mapProject        -> dorc.yaml, with the variables that the pipelines use
///     takeFiles         handlers, requirements, Dockerfile
///     settleRest        what nothing of this has used
struct DorcMapping {
    let repository: OriginalRepository
    let facts: PythonFacts
    let settings: PulumiSettings
    var ledger: ImportLedger

    var project = ProjectFile()
    var comments = YAMLComments()
    var files: [ImportedFile] = []
    /// The places of files that are copied.
    var copied: Set<String> = []
    var environments: [ImportedEnvironment] = []
    var pipelines: [OriginalPipeline] = []
    /// Values for `${name}` by name, then by environment's name.
    var variables: [String: [String: String]] = [:]

    /// The objects that are mapped: what is left at the end was not used.
    var used: Set<Int> = []
    /// In the order in which they count: the infra creator's first.
    var configs: [Int] = []
    var universals: [Int] = []
    /// Where the layers are.
    var source = "src"

    struct ImportedEnvironment {
        /// As dorc calls it.
        var name: String
        var original: String
    }

    init(repository: OriginalRepository, facts: PythonFacts, settings: PulumiSettings, ledger: ImportLedger) {
        self.repository = repository
        self.facts = facts
        self.settings = settings
        self.ledger = ledger
    }

    mutating func map() {
        findObjects()
        guard !facts.objects.isEmpty else { return settleRest() }
        findEnvironments()
        mapSource()
        findPipelines()
        mapPipelines()
        mapProject()
        takeFiles()
        settleRest()
    }
}

extension DorcMapping {
    func object(_ value: DefinedValue?) -> Int? {
        guard case .object(let index)? = value?.content, facts.objects.indices.contains(index) else { return nil }
        return index
    }

    /// An argument of an object, by any of its names.
    func argument(_ names: String..., of index: Int) -> DefinedArgument? {
        facts.objects[index].arguments.last { names.contains($0.name) }
    }

    /// The argument that holds where several objects have it, which is the first that is known. The others are compared with it.
    mutating func agreed(_ names: [String], of objects: [Int], to target: String) -> DefinedArgument? {
        let all = objects.compactMap { index in facts.objects[index].arguments.last { names.contains($0.name) } }
            .filter { !$0.value.isNone || objects.count == 1 }
        let known = all.first { argument in
            if case .unknown = argument.value.content { false } else { true }
        }
        guard let chosen = known ?? all.first else { return nil }
        for other in all where other.key != chosen.key {
            if other.value.words == chosen.value.words {
                ledger.settle(other.key, .takenOver, to: target)
            } else {
                let place = "\(chosen.range.path):\(chosen.range.start.line)"
                ledger.settle(
                    other.key, .differs, to: target,
                    "here it is \(other.value.words), and in \(place) \(chosen.value.words), which is taken: dorc has one for all"
                )
            }
        }
        return chosen
    }

    /// Settles all arguments of an object that nothing has settled.
    mutating func settleRest(of index: Int, _ words: String) {
        for argument in facts.objects[index].arguments { settleAll(argument, .noEquivalent, words) }
    }

    /// An argument with all that is in it.
    mutating func settleAll(
        _ argument: DefinedArgument, _ outcome: ImportReport.Outcome, to target: String? = nil, _ words: String = ""
    ) {
        if !ledger.isSettled(argument.key) { ledger.settle(argument.key, outcome, to: target, words) }
        settleAll(argument.value, outcome, to: target, words)
    }

    private mutating func settleAll(
        _ value: DefinedValue, _ outcome: ImportReport.Outcome, to target: String?, _ words: String
    ) {
        switch value.content {
        case .list(let items): for item in items { settleAll(item, outcome, to: target, words) }
        case .mapping(let entries): for entry in entries { settleAll(entry, outcome, to: target, words) }
        case .chosen(_, let values): settleAll(values, outcome, to: target, words)
        default: break
        }
    }
}
