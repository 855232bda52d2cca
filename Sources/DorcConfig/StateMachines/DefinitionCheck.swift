internal import DorcModel
internal import DorcText
internal import DorcYAML

/// A state machine in the Amazon States Language, read against the declarations of `StateRules` as Step Functions checks it when
/// a state machine is created.
///
///     root -> fields                  which there are, of which query language, in which form   (+Fields, +Values)
///          -> templates, paths        JSONata, payload templates, JSONPath                      (+Templates)
///          -> rules across fields     what no declaration of one field can say                  (+Rules)
///          -> states                  names, where they lead, what is reached                   (+Graph)
///          -> tasks                   integrations, patterns                                    (+Tasks)
struct DefinitionCheck {
    /// What the definition calls, each with its place.
    struct Call {
        var integration: Integration
        var range: SourceRange
        /// Whether it names one of the pipeline's functions, which its role may call anyway.
        var isOfOwnFunction: Bool
    }

    private(set) var names: Set<String> = []
    private(set) var start = ""
    private(set) var hasTimeout = false
    private(set) var language = QueryLanguage.jsonPath
    private(set) var hasNull = false
    var runsDistributedMaps = false
    var calls: [Call] = []
    var diagnostics = Diagnostics()

    /// Those of the pipeline, which stand as `${name}`.
    let functions: Set<String>
    private var places: [String: SourceRange] = [:]
    /// The states that the object which is being read can lead to, and those that it does.
    var known: [String] = []
    var targets: [String] = []
    /// Whether a way between the states that are being read is wrong.
    var hasUnclearWays = false
    /// Whether the states are run by an Express workflow, the items' of a Distributed Map.
    var isInExpressMap = false
    /// The labels of Distributed Maps.
    var labels: [String: SourceRange] = [:]
    /// Where `Resource` is: of tasks, readers and writers.
    var resources: Set<SourcePosition> = []
    private var depth = 0

    /// Parts of the machine inside each other.
    private static let depthLimit = 40

    init(functions: Set<String>) {
        self.functions = functions
    }

    mutating func run(_ root: YAMLNode) {
        guard let fields = root.fields else {
            report("a state machine is a mapping with `StartAt` and `States`", at: root.range)
            return
        }
        hasTimeout = fields["TimeoutSeconds"] != nil
        // Any value but `JSONPath` means JSONata to AWS (floci#2968); what the value itself lacks is reported with the fields.
        if let text = fields["QueryLanguage"]?.text, text != QueryLanguage.jsonPath.rawValue { language = .jsonata }
        start = fields["StartAt"]?.text ?? ""
        hasNull = root.containsNull
        check(machine: root, StateRules.machine)
    }

    // MARK: Machines and states

    /// A list of states: the machine itself, a branch, or what a Map does with an item. The states of inner lists have the
    /// machine's query language, not that of the state that they stand in (floci#2968).
    mutating func check(machine: YAMLNode, _ rule: ObjectRule) {
        guard depth < Self.depthLimit else {
            report("the states are nested too deeply", at: machine.range)
            return
        }
        guard let fields = machine.fields, let states = fields["States"], case .mapping(let entries) = states.content,
            !entries.isEmpty
        else {
            report("\(rule.title) needs `StartAt`, and `States` with at least one state", at: machine.range)
            return
        }
        depth += 1
        let outer = (known, targets, hasUnclearWays, isInExpressMap)
        hasUnclearWays = false
        if fields["ProcessorConfig"]?.fields?["Mode"]?.text == "DISTRIBUTED" {
            isInExpressMap = fields["ProcessorConfig"]?.fields?["ExecutionType"]?.text == "EXPRESS"
        }
        known = entries.map(\.key)
        targets = []
        check(object: machine, rule, language)
        let first = fields["StartAt"]?.text
        var edges: [String: [String]] = [:]
        for entry in entries {
            checkName(entry)
            targets = []
            check(state: entry)
            edges[entry.key] = targets
        }
        if let first, known.contains(first) { checkReach(from: first, entries, edges) }
        (known, targets, hasUnclearWays, isInExpressMap) = outer
        depth -= 1
    }

    /// Step Functions guide: at most 80 characters, unique in the whole machine.
    private mutating func checkName(_ entry: YAMLNode.Entry) {
        if !(1...80).contains(entry.key.unicodeScalars.count) {
            report("the name of a state has 1 to 80 characters", at: entry.keyRange)
        }
        if let first = places.updateValue(entry.keyRange, forKey: entry.key) {
            var finding = Diagnostic.definition("two states are named `\(entry.key)`", at: entry.keyRange)
            finding.notes = [Diagnostic.Note(first, "the first one is here")]
            diagnostics.report(finding)
        }
        names.insert(entry.key)
    }

    private mutating func check(state entry: YAMLNode.Entry) {
        guard let fields = entry.value.fields else {
            hasUnclearWays = true
            report("the state `\(entry.key)` is not a mapping", at: entry.keyRange)
            return
        }
        guard let type = fields["Type"]?.text, let rule = StateRules.states[type] else {
            hasUnclearWays = true
            diagnostics.report(.unknownType(entry.key, fields["Type"], StateRules.types, at: entry.keyRange))
            return
        }
        let own = fields["QueryLanguage"]?.text.flatMap(QueryLanguage.init)
        if own == .jsonPath, language == .jsonata, let place = fields["QueryLanguage"]?.range {
            report(
                "a state of a machine in JSONata cannot be in JSONPath", at: place,
                help: "remove `QueryLanguage` at the top, and set it to `JSONata` in the states that need it")
        }
        let language = language == .jsonata ? language : own ?? language
        check(object: entry.value, rule, language, name: entry)
        checkTransition(entry, fields, type)
        checkRules(fields, type)
        if type == "Task" { checkCall(fields, language) }
    }

    mutating func report(_ summary: String, at range: SourceRange, help: String? = nil) {
        diagnostics.report(.definition(summary, at: range, help: help))
    }
}
