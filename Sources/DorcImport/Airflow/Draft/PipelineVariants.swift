internal import DorcYAML

/// What several environments say of one pipeline -> one pipeline.yaml: what they share at the top, the rest in `environments`.
struct PipelineVariants {
    typealias Fields = PipelineDraft.Fields

    /// The one that decides what dorc has for all environments alike comes first.
    let variants: [PipelineDraft]
    /// Of the project.
    let environments: [String]

    /// Whether they can be one pipeline: steps are the same in all environments.
    static func canMerge(_ left: PipelineDraft, _ right: PipelineDraft) -> Bool {
        func steps(_ draft: PipelineDraft) -> String {
            YAMLText.line(.list([StepList(draft.steps).node, StepList(draft.finally).node]))
        }
        return left.functions.map(\.name) == right.functions.map(\.name) && steps(left) == steps(right)
    }

    private var main: PipelineDraft { variants[0] }

    // What no environment can have for itself: the first that says it holds.
    var description: String? { variants.lazy.compactMap(\.description).first }
    var owner: String? { variants.lazy.compactMap(\.owner).first }
    var tags: Fields {
        variants.flatMap(\.tags).reduce(into: []) { if $0.value(of: $1.key) == nil { $0.append($1) } }
    }

    /// The keys of the file, and by environment what differs.
    var node: YAMLNode {
        var fields: Fields = []
        var own: [String: Fields] = [:]
        func spread(_ key: String, _ value: (PipelineDraft) -> YAMLNode?) -> YAMLNode? {
            let (shared, others) = Self.spread(variants.map { ($0.environment, value($0)) })
            for (environment, node) in others { own[environment, default: []].append((key, node)) }
            return shared
        }
        func add(_ key: String, _ node: YAMLNode?) { if let node { fields.append((key, node)) } }

        add("description", description.map { .string($0) })
        add("owner", owner.map { .string($0) })
        add("tags", tags.isEmpty ? nil : .mapping(tags))
        add("timeout", spread("timeout", \.timeout))
        add("max_active_runs", spread("max_active_runs", \.maxActiveRuns))
        add("parameters", spread("parameters") { $0.parameters.isEmpty ? nil : .mapping($0.parameters) })
        add("defaults", defaults(&own))
        add("functions", functions(&own))
        add("notifications", spread("notifications", \.notifications))
        add("access", access(&own, \.access))
        add("steps", StepList(main.steps).node)
        if !main.finally.isEmpty { add("finally", StepList(main.finally).node) }
        let triggers = triggers
        if let sugar = Self.sugar(triggers) {
            add("schedule", sugar)
        } else if !triggers.isEmpty {
            add("triggers", .list(triggers.map(Self.node)))
        }
        for variant in variants where variant.isPaused {
            for environment in variant.environment.map({ [$0] }) ?? environments {
                own[environment, default: []].append(("triggers_enabled", .literal("false")))
            }
        }
        let overrides = own.sorted { $0.key < $1.key }.map { (key: $0.key, value: YAMLNode.mapping($0.value)) }
        if !overrides.isEmpty { fields.append(("environments", .mapping(overrides))) }
        return .mapping(fields)
    }

    /// What all say alike is shared. What all say, and not alike, is shared as the first says it, and the others' own; what some say
    /// alone is theirs.
    private static func spread(
        _ values: [(environment: String?, node: YAMLNode?)]
    ) -> (shared: YAMLNode?, others: [(String, YAMLNode)]) {
        guard let first = values.first else { return (nil, []) }
        let texts = values.map { $0.node.map(YAMLText.line) }
        if texts.allSatisfy({ $0 == texts.first }) { return (first.node, []) }
        let isEverywhere = values.allSatisfy { $0.node != nil }
        var others: [(String, YAMLNode)] = []
        for (value, text) in zip(values, texts) {
            guard let node = value.node, let environment = value.environment else { continue }
            if !isEverywhere || text != texts[0] { others.append((environment, node)) }
        }
        return (isEverywhere ? first.node : nil, others)
    }

    private func defaults(_ own: inout [String: Fields]) -> YAMLNode? {
        var shared: Fields = []
        var others: [String: Fields] = [:]
        for (key, value) in [
            ("compute", \PipelineDraft.compute), ("retry", \PipelineDraft.retry),
        ] as [(String, KeyPath<PipelineDraft, YAMLNode?>)] {
            let (node, rest) = Self.spread(variants.map { ($0.environment, $0[keyPath: value]) })
            if let node { shared.append((key, node)) }
            for (environment, node) in rest { others[environment, default: []].append((key, node)) }
        }
        for (environment, fields) in others { own[environment, default: []].append(("defaults", .mapping(fields))) }
        return shared.isEmpty ? nil : .mapping(shared)
    }

    private func access(_ own: inout [String: Fields], _ path: KeyPath<PipelineDraft, AccessDraft>) -> YAMLNode? {
        let shared = variants.dropFirst().reduce(main[keyPath: path]) { $0.common(with: $1[keyPath: path]) }
        for variant in variants {
            guard let environment = variant.environment,
                let rest = variant[keyPath: path].beyond(shared).node
            else { continue }
            own[environment, default: []].append(("access", rest))
        }
        return shared.node
    }

    private func functions(_ own: inout [String: Fields]) -> YAMLNode? {
        var shared: Fields = []
        var others: [String: Fields] = [:]
        for function in main.functions {
            let twins = variants.map { variant in
                (variant.environment, variant.functions.first { $0.name == function.name } ?? function)
            }
            let (fields, rest) = Self.function(twins)
            if !fields.isEmpty { shared.append((function.name, .mapping(fields))) }
            for (environment, fields) in rest {
                others[environment, default: []].append((function.name, .mapping(fields)))
            }
        }
        for (environment, fields) in others { own[environment, default: []].append(("functions", .mapping(fields))) }
        return shared.isEmpty ? nil : .mapping(shared)
    }

    private static func function(
        _ twins: [(environment: String?, function: FunctionDraft)]
    ) -> (shared: Fields, others: [String: Fields]) {
        var shared: Fields = []
        var others: [String: Fields] = [:]
        func spreadAll(_ fields: (FunctionDraft) -> Fields) -> (shared: Fields, others: [String: Fields]) {
            var keys: [String] = []
            var known: Set<String> = []
            let values = twins.map { twin in
                let own = fields(twin.function)
                for (key, _) in own where known.insert(key).inserted { keys.append(key) }
                return Dictionary(own.map { ($0.key, $0.value) }, uniquingKeysWith: { first, _ in first })
            }
            var result: (shared: Fields, others: [String: Fields]) = ([], [:])
            for key in keys {
                let (node, rest) = spread(zip(twins, values).map { ($0.environment, $1[key]) })
                if let node { result.shared.append((key, node)) }
                for (environment, node) in rest { result.others[environment, default: []].append((key, node)) }
            }
            return result
        }
        let settings = spreadAll(\.settings)
        shared += settings.shared
        for (environment, fields) in settings.others { others[environment, default: []] += fields }
        // Variables and secrets are put together, each for itself.
        for (name, fields) in [("environment", \FunctionDraft.environment), ("secrets", \FunctionDraft.secrets)]
            as [(String, KeyPath<FunctionDraft, Fields>)]
        {
            let entries = spreadAll { $0[keyPath: fields] }
            if !entries.shared.isEmpty { shared.append((name, .mapping(entries.shared))) }
            for (environment, own) in entries.others {
                others[environment, default: []].append((name, .mapping(own)))
            }
        }
        let (permissions, rest) = spread(
            twins.map { ($0.environment, $0.function.permissions.isEmpty ? nil : .list($0.function.permissions)) })
        if let first = twins.first, let access = first.function.access.node { shared.append(("access", access)) }
        if let permissions { shared.append(("permissions", permissions)) }
        for (environment, node) in rest { others[environment, default: []].append(("permissions", node)) }
        return (shared, others)
    }
}

extension [(key: String, value: YAMLNode)] {
    func value(of key: String) -> YAMLNode? { first { $0.key == key }?.value }
}
