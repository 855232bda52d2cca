import DorcConfig
import DorcModel
import DorcText
import DorcYAML

/// What the original's objects become. Each step is a file of this folder.
///
///     findEnvironments  the environments that Pulumi's files name
///     findObjects       which objects are created, and what they say of the project
///     mapPipelines      [OriginalPipeline] -> src/<layer>/<pipeline>/pipeline.yaml
///     mapProject        -> dorc.yaml, with the variables that the pipelines use
///     takeFiles         handlers, requirements, Dockerfile
///     settleRest        what nothing of this has used
///
/// A key is settled where its carrier is written, never before: what the report names is in the files.
struct DorcMapping {
    let repository: OriginalRepository
    let facts: PythonFacts
    let settings: PulumiSettings
    var ledger: ImportLedger

    var project = ProjectFile()
    var comments = YAMLComments()
    var files: [ImportedFile] = []
    /// The places of files that are copied, each with where it is from.
    var copied: [String: String] = [:]
    var environments: [ImportedEnvironment] = []
    var pipelines: [OriginalPipeline] = []
    /// Those without a function, each with what is wrong with it.
    var dropped: [(pipeline: OriginalPipeline, why: String)] = []
    var variables = ImportedVariables()

    /// What is settled as soon as it is known that dorc.yaml is written.
    var pending: [(inout DorcMapping) -> Void] = []
    /// The objects that are mapped: what is left at the end was not used.
    var used: Set<Int> = []
    /// In the order in which they count, the infra creator's first; by environment, since a program may choose.
    var configs: [String: [ImportedConfig]] = [:]
    var universals: [DefinedObject] = []
    /// Of the programs that create the infra package.
    var infraFolders: Set<String> = []
    /// Where the layers are.
    var source = "src"

    struct ImportedEnvironment {
        /// As dorc calls it.
        var name: String
        var original: String
    }

    struct ImportedConfig {
        var object: DefinedObject
        /// Of the program that creates something with it.
        var folder: String
    }

    init(repository: OriginalRepository, facts: PythonFacts, settings: PulumiSettings, ledger: ImportLedger) {
        self.repository = repository
        self.facts = facts
        self.settings = settings
        self.ledger = ledger
    }

    mutating func map() {
        findEnvironments()
        findObjects()
        mapSource()
        findPipelines()
        mapPipelines()
        // Without a pipeline it is no project of dorc's.
        guard !pipelines.isEmpty else { return settleNothing() }
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

    /// An object of a class, or a mapping in its place.
    mutating func model(_ value: DefinedValue, _ names: String...) -> DefinedObject? {
        if let index = object(value), names.contains(facts.objects[index].name) {
            used.insert(index)
            return facts.objects[index]
        }
        guard case .mapping(let entries) = value.content, let name = names.first else { return nil }
        return DefinedObject(name: name, range: value.range, arguments: entries)
    }

    /// What several objects say of one thing: the first that is known holds, and the others are compared with it.
    struct Agreed {
        var argument: DefinedArgument
        var others: [DefinedArgument]
    }

    func agreed(_ names: [String], of objects: [DefinedObject]) -> Agreed? {
        let all = objects.compactMap { object in object.arguments.last { names.contains($0.name) } }
        let said = all.filter { !$0.value.isNone }
        guard let chosen = said.first(where: { !$0.value.isUnknown }) ?? said.first ?? all.first else { return nil }
        return Agreed(argument: chosen, others: all.filter { $0.key != chosen.key })
    }

    /// Settles what was agreed on, when it is known what is written.
    mutating func settle(
        _ agreed: Agreed, from sources: [ImportLedger.Key] = [], _ outcome: ImportReport.Outcome, to target: String?,
        _ words: String = "", isDecision: Bool = false
    ) {
        ledger.settle(agreed.argument.key, outcome, to: target, words, isDecision: isDecision)
        settle(sources, outcome, to: target, isDecision: isDecision)
        let chosen = agreed.argument
        for other in agreed.others {
            if other.value.words == chosen.value.words {
                ledger.settle(other.key, outcome, to: target, words, isDecision: isDecision)
                continue
            }
            ledger.settle(
                other.key, .differs, to: target,
                "here it is \(other.value.words), and at \(chosen.range.path):\(chosen.range.start.line) \(chosen.value.words), which is taken: dorc has one for all"
            )
            settleAll(other.value, .differs, to: target, "dorc has one for all")
        }
    }

    /// What a value was taken from.
    mutating func settle(
        _ sources: [ImportLedger.Key], _ outcome: ImportReport.Outcome, to target: String?, isDecision: Bool = false
    ) {
        for key in sources {
            if isDecision || outcome == .noEquivalent {
                ledger.settle(key, .differs, to: target, "it is read for what is a TODO")
            } else {
                ledger.settle(key, .takenOver, to: target)
            }
        }
    }

    /// Settles what nothing has settled of an object's arguments: those that the original ignores, and those that cannot be known.
    mutating func settleOthers(of object: DefinedObject, _ words: String? = nil) {
        for argument in object.arguments where !ledger.isSettled(argument.key) {
            if let words {
                settleAll(argument, .noEquivalent, words)
            } else if argument.name == "**" || argument.name.hasPrefix("[") {
                settleAll(argument, .noEquivalent, "what it is cannot be known: \(argument.value.reason)")
            } else if argument.value.isNone {
                settleAll(argument, .takenOver, "there is none")
            } else {
                settleAll(argument, .noEquivalent, "the original knows no such argument, and ignores it")
            }
        }
    }

    /// An argument with all that is in it.
    mutating func settleAll(
        _ argument: DefinedArgument, _ outcome: ImportReport.Outcome, to target: String? = nil, _ words: String = ""
    ) {
        if !ledger.isSettled(argument.key) { ledger.settle(argument.key, outcome, to: target, words) }
        settleAll(argument.value, outcome, to: target, words)
    }

    mutating func settleAll(
        _ value: DefinedValue, _ outcome: ImportReport.Outcome, to target: String?, _ words: String
    ) {
        for key in value.sources where !ledger.isSettled(key) { ledger.settle(key, outcome, to: target, words) }
        switch value.content {
        case .list(let items), .joined(let items): for item in items { settleAll(item, outcome, to: target, words) }
        case .mapping(let entries): for entry in entries { settleAll(entry, outcome, to: target, words) }
        case .chosen(let by, let values, let fallback):
            for value in [by, values, fallback].compactMap({ $0 }) { settleAll(value, outcome, to: target, words) }
        case .conditional(let choice):
            for value in [choice.test, choice.then, choice.otherwise] { settleAll(value, outcome, to: target, words) }
        case .split(let value, _): settleAll(value, outcome, to: target, words)
        case .setting(let reference):
            if let fallback = reference.fallback { settleAll(fallback, outcome, to: target, words) }
        default: break
        }
    }

    static func words(_ value: DefinedValue, _ problem: String?, isKnown prefix: String? = nil) -> String {
        let words = problem.map { "\(value.words) (\($0))" } ?? value.reason
        return prefix.map { problem == nil ? "\($0): \(words)" : "dorc does not take it: \(words)" } ?? words
    }
}
