internal import DorcModel
internal import DorcText
internal import DorcYAML

/// A state machine in the Amazon States Language, written by the user instead of `steps`; before its variables are
/// replaced.
package struct WrittenStateMachine: Sendable {
    var source: JSONSource
    var place: SourceRange
    /// The pipeline's functions, used or not.
    var known: Set<String>
    /// The functions that stand as `${name}` in it, each with the place of its first use.
    var functions: [String: SourceRange]
    var isJSONata: Bool
    var hasNull: Bool
    var hasTimeout: Bool
    var start: String
    var stateNames: Set<String>
    var runsDistributedMaps: Bool
    var calls: [DefinitionCheck.Call]
    /// Where `Resource` is in it.
    var resources: Set<SourcePosition>
    /// Whether it has states at all: if not, which functions it uses is not known.
    var isMachine: Bool { !stateNames.isEmpty }

    /// Reads and checks the file. `known` are the functions of the pipeline.
    static func read(
        _ path: String, functions known: Set<String>, in tree: any SourceTree, at place: SourceRange,
        into diagnostics: inout Diagnostics
    ) -> WrittenStateMachine? {
        guard isThere(path, in: tree) else {
            diagnostics.report(.noDefinition(path, at: place))
            return nil
        }
        guard var root = root(of: path, in: tree, into: &diagnostics) else { return nil }
        if !path.hasSuffix(".json"), case .mapping(let entries) = root.content {
            // As in pipeline.yaml: the user's own, a place for anchors.
            root.content = .mapping(entries.filter { !$0.key.hasPrefix("x-") })
        }
        var check = DefinitionCheck(functions: known)
        check.run(root)
        diagnostics.report(contentsOf: check.diagnostics)
        guard
            let source = ValueType<JSONSource>.jsonSource(
                root, names: { Names.isVariable($0) || Names.isFolder($0) }, &diagnostics)
        else { return nil }
        var definition = WrittenStateMachine(
            source: source, place: root.range.firstLine, known: known, functions: [:],
            isJSONata: check.language == .jsonata, hasNull: check.hasNull, hasTimeout: check.hasTimeout,
            start: check.start, stateNames: check.names, runsDistributedMaps: check.runsDistributedMaps,
            calls: check.calls, resources: check.resources)
        source.forEachText { text in
            for variable in text.value.text.holes where known.contains(variable.name) {
                if definition.functions[variable.name] == nil {
                    definition.functions[variable.name] = text.range.firstLine
                }
            }
        }
        return definition
    }

    /// The file as YAML, or as JSON where its name says so.
    private static func root(
        of path: String, in tree: any SourceTree, into diagnostics: inout Diagnostics
    ) -> YAMLNode? {
        guard path.hasSuffix(".json") else { return YAMLReader.read(path, in: tree, into: &diagnostics)?.root }
        do {
            let file = SourceFile(path: path, bytes: try tree.read(path, limit: YAMLLimits().bytes))
            return JSONReader.read(file, into: &diagnostics)
        } catch {
            diagnostics.report(.unreadable(error, at: .whole(path)))
            return nil
        }
    }

    private static func isThere(_ path: String, in tree: any SourceTree) -> Bool {
        (try? tree.kind(of: path)) == .some(.file)
    }

    /// An integration is in the partition of whoever calls it; another ARN is checked like those of pipeline.yaml.
    private func resource(
        _ text: UserStateMachine.Text, _ source: Located<VariableText>, _ context: ResolutionContext,
        _ diagnostics: inout Diagnostics
    ) -> UserStateMachine.Text {
        for case .function in text.holes { return text }
        let fields = ARNRule.split(text.sample)
        guard fields.count == 6, fields[0] == "arn", fields[1].hasPrefix("aws") else { return text }
        guard fields[2] == "states", fields[3].isEmpty, fields[4].isEmpty else {
            if context.isSound(source.value) { ARNRule.check(source, context, &diagnostics) }
            return text
        }
        return .literal("arn:\(context.partition.id):states:::\(fields[5])")
    }

    private func resolved(
        _ text: Located<VariableText>, _ context: ResolutionContext, _ diagnostics: inout Diagnostics
    ) -> UserStateMachine.Text {
        text.value.text.parts.reduce(.literal("")) { resolved, part in
            switch part {
            case .literal(let literal): return resolved + .literal(literal)
            case .hole(let variable) where functions[variable.name] != nil:
                return resolved + .hole(.function(variable.name))
            case .hole(let variable):
                let value = context.value(of: variable, in: text, others: known.sorted(), &diagnostics)
                return value.map { resolved + UserStateMachine.Text($0) } ?? resolved
            }
        }
    }

    /// With its variables replaced for one environment.
    func resolved(_ context: ResolutionContext, into diagnostics: inout Diagnostics) -> UserStateMachine {
        let value = source.mapTexts { text -> UserStateMachine.Text in
            let resolved = resolved(text, context, &diagnostics)
            return resources.contains(text.range.start) ? resource(resolved, text, context, &diagnostics) : resolved
        }
        TemplateHazard.check(value.mapTexts { .literal($0.sample) }, at: place, &diagnostics)
        return UserStateMachine(
            value: value, isJSONata: isJSONata, hasNull: hasNull, hasTimeout: hasTimeout, start: start,
            stateNames: stateNames, runsDistributedMaps: runsDistributedMaps,
            integrations: calls.map(\.integration).deduplicated)
    }
}

extension WrittenStateMachine {
    /// Whether the pipeline's `permissions` allow what the tasks call. An empty list that is written says that another policy
    /// does.
    func checkCalls(_ actions: [String], areWritten: Bool, into diagnostics: inout Diagnostics) {
        for call in calls {
            let integration = call.integration
            if !areWritten, !call.isOfOwnFunction, !integration.rights.isEmpty {
                diagnostics.report(.callWithoutPermissions(integration, at: call.range))
            }
            let check = CallPermissionCheck(actions: call.isOfOwnFunction ? [] : actions)
            check.run(integration, at: call.range, into: &diagnostics)
        }
    }
}

extension [Integration] {
    fileprivate var deduplicated: [Integration] {
        var seen: Set<Integration> = []
        return filter { seen.insert($0).inserted }
    }
}

extension Diagnostic {
    fileprivate static func callWithoutPermissions(_ integration: Integration, at range: SourceRange) -> Diagnostic {
        let rights = integration.rights.map { "`\($0)`" }.joined(separator: ", ")
        return Diagnostic(
            .taskWithoutPermissions, at: range.firstLine,
            "`\(integration.name)` needs the right \(rights), and the pipeline has no `permissions`",
            help:
                "allow it in pipeline.yaml, or write `permissions: []` if `additional_state_machine_role_policy_arn` does"
        )
    }

    fileprivate static func noDefinition(_ path: String, at range: SourceRange) -> Diagnostic {
        Diagnostic(
            .noDefinition, at: range, "there is no file `\(path)`",
            help: "`definition` names a file next to pipeline.yaml with a state machine in the Amazon States Language")
    }
}
