/// The structure of a state machine: states that lead to each other, as Step Functions checks it (Amazon States Language,
/// states-language.net).
struct DefinitionCheck {
    private(set) var names: Set<String> = []
    private(set) var start = ""
    private(set) var hasTimeout = false
    private(set) var isJSONata = false
    private(set) var runsDistributedMaps = false
    private var places: [String: SourceRange] = [:]

    private static let types = ["Task", "Pass", "Choice", "Wait", "Succeed", "Fail", "Parallel", "Map"]
    /// What only one of the two query languages has.
    static let pathFields: Set<String> = [
        "InputPath", "OutputPath", "Parameters", "ResultPath", "ResultSelector", "ItemsPath", "SecondsPath",
        "TimestampPath",
    ]
    static let jsonataFields: Set<String> = ["Arguments", "Output", "Items"]
    /// Parts of the machine inside each other.
    private static let depthLimit = 40

    mutating func run(_ root: YAMLNode, into diagnostics: inout Diagnostics) {
        guard let fields = root.fields else {
            diagnostics.report(.definition("a state machine is a mapping with `StartAt` and `States`", at: root.range))
            return
        }
        hasTimeout = fields["TimeoutSeconds"] != nil
        if let language = fields["QueryLanguage"] { isJSONata = Self.isJSONata(language, &diagnostics) }
        start = fields["StartAt"]?.text ?? ""
        check(machine: root, isJSONata: isJSONata, depth: 0, &diagnostics)
        if !isJSONata, let place = Self.nullPlace(in: root, depth: 0) {
            diagnostics.report(
                .definition(
                    "CloudFormation takes no `null`", at: place.firstLine,
                    help:
                        "with `QueryLanguage: JSONata`, a state that drops its result has `Output: \"{% $states.input %}\"`"
                ))
        }
    }

    private static func isJSONata(_ node: YAMLNode, _ diagnostics: inout Diagnostics) -> Bool {
        guard let text = node.text, ["JSONPath", "JSONata"].contains(text) else {
            diagnostics.report(.definition("a query language is `JSONata` or `JSONPath`", at: node.range.firstLine))
            return false
        }
        return text == "JSONata"
    }

    // MARK: States

    private mutating func check(
        machine: YAMLNode, isJSONata: Bool, depth: Int, _ diagnostics: inout Diagnostics
    ) {
        guard depth < Self.depthLimit else {
            diagnostics.report(.definition("the states lie too deep inside each other", at: machine.range.firstLine))
            return
        }
        guard let fields = machine.fields else {
            diagnostics.report(
                .definition("a mapping with `StartAt` and `States` is expected here", at: machine.range.firstLine))
            return
        }
        guard let states = fields["States"], case .mapping(let entries) = states.content, !entries.isEmpty else {
            diagnostics.report(.definition("`States` is missing, or has no states", at: machine.range.firstLine))
            return
        }
        for entry in entries { checkName(entry, &diagnostics) }
        let known = entries.map(\.key)
        var edges: [String: [String]] = [:]
        for entry in entries {
            edges[entry.key] = check(state: entry, known, isJSONata: isJSONata, depth: depth, &diagnostics)
        }
        guard let start = fields["StartAt"] else {
            diagnostics.report(.definition("`StartAt` is missing", at: machine.range.firstLine))
            return
        }
        guard let first = target(start, known, &diagnostics) else { return }
        checkReach(from: first, entries, edges, &diagnostics)
    }

    private mutating func checkName(_ entry: YAMLNode.Entry, _ diagnostics: inout Diagnostics) {
        // Step Functions guide: at most 80 characters, unique in the whole machine.
        if !(1...80).contains(entry.key.unicodeScalars.count) {
            diagnostics.report(.definition("a state's name has 1 to 80 characters", at: entry.keyRange))
        }
        if let first = places.updateValue(entry.keyRange, forKey: entry.key) {
            var finding = Diagnostic.definition("two states are named `\(entry.key)`", at: entry.keyRange)
            finding.notes = [Diagnostic.Note(first, "the first stands here")]
            diagnostics.report(finding)
        }
        names.insert(entry.key)
    }

    /// The states that it leads to.
    private mutating func check(
        state entry: YAMLNode.Entry, _ known: [String], isJSONata: Bool, depth: Int, _ diagnostics: inout Diagnostics
    ) -> [String] {
        guard let fields = entry.value.fields else {
            diagnostics.report(.definition("the state `\(entry.key)` is no mapping", at: entry.keyRange))
            return []
        }
        guard let type = fields["Type"]?.text, Self.types.contains(type) else {
            diagnostics.report(.unknownType(entry.key, fields["Type"], Self.types, at: entry.keyRange))
            return []
        }
        let isJSONata = fields["QueryLanguage"].map { Self.isJSONata($0, &diagnostics) } ?? isJSONata
        checkLanguage(entry.value, isJSONata: isJSONata, &diagnostics)
        if type == "Task", fields["Resource"]?.text == nil {
            diagnostics.report(.definition("the task `\(entry.key)` has no `Resource`", at: entry.keyRange))
        }
        var targets = transitions(of: entry, fields, type, known, &diagnostics)
        for name in ["Retry", "Catch"] {
            for item in fields[name]?.items ?? [] { checkErrors(item, &diagnostics) }
        }
        for retrier in (fields["Retry"]?.items ?? []).dropLast() { checkAll(retrier, &diagnostics) }
        for catcher in (fields["Catch"]?.items ?? []).dropLast() { checkAll(catcher, &diagnostics) }
        for item in fields["Catch"]?.items ?? [] {
            if item.fields?["Next"] == nil {
                diagnostics.report(.definition("a catcher needs a `Next`", at: item.range.firstLine))
            }
            targets += (item.fields?["Next"]).flatMap { target($0, known, &diagnostics) }.map { [$0] } ?? []
        }
        checkNumbers(fields, &diagnostics)
        for retrier in fields["Retry"]?.items ?? [] { checkNumbers(retrier.fields ?? [:], &diagnostics) }
        if type == "Wait" { checkWait(entry, fields, &diagnostics) }
        for choice in fields["Choices"]?.items ?? [] where type == "Choice" {
            checkChoice(choice, isJSONata: isJSONata, &diagnostics)
        }
        checkInner(of: entry, fields, type, isJSONata: isJSONata, depth: depth, &diagnostics)
        return targets
    }

    private mutating func checkInner(
        of entry: YAMLNode.Entry, _ fields: [String: YAMLNode], _ type: String, isJSONata: Bool, depth: Int,
        _ diagnostics: inout Diagnostics
    ) {
        if type == "Parallel" {
            guard let branches = fields["Branches"]?.items, !branches.isEmpty else {
                diagnostics.report(.definition("`\(entry.key)` has no `Branches`", at: entry.keyRange))
                return
            }
            for branch in branches { check(machine: branch, isJSONata: isJSONata, depth: depth + 1, &diagnostics) }
        }
        if type == "Map" {
            guard let processor = fields["ItemProcessor"] ?? fields["Iterator"] else {
                diagnostics.report(.definition("`\(entry.key)` has no `ItemProcessor`", at: entry.keyRange))
                return
            }
            if processor.fields?["ProcessorConfig"]?.fields?["Mode"]?.text == "DISTRIBUTED" {
                runsDistributedMaps = true
            }
            check(machine: processor, isJSONata: isJSONata, depth: depth + 1, &diagnostics)
        }
    }

    private func checkReach(
        from start: String, _ entries: [YAMLNode.Entry], _ edges: [String: [String]],
        _ diagnostics: inout Diagnostics
    ) {
        var reached: Set<String> = [start]
        var open = [start]
        while let name = open.popLast() {
            for next in edges[name] ?? [] where reached.insert(next).inserted { open.append(next) }
        }
        for entry in entries where !reached.contains(entry.key) {
            diagnostics.report(
                Diagnostic(
                    "unreachable-state", at: entry.keyRange, "no way leads from `StartAt` to `\(entry.key)`",
                    help: "remove it, or give another state a `Next` to it"))
        }
    }

    private static func nullPlace(in node: YAMLNode, depth: Int) -> SourceRange? {
        if node.isNull { return node.range }
        guard depth < 200 else { return nil }
        switch node.content {
        case .scalar: return nil
        case .sequence(let items):
            for item in items { if let place = nullPlace(in: item, depth: depth + 1) { return place } }
        case .mapping(let entries):
            for entry in entries { if let place = nullPlace(in: entry.value, depth: depth + 1) { return place } }
        }
        return nil
    }
}
