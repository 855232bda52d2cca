internal import DorcModel
internal import DorcText
internal import DorcYAML

/// The DAGs of dag-factory's files, each with its defaults: those of the file's `default`, then those of `defaults.yml` beside the file
/// and in the folders above it.
struct DagFactoryReader {
    private let files: AirflowFiles
    private let python: PythonFiles

    init(_ files: AirflowFiles, in tree: any SourceTree) {
        self.files = files
        python = PythonFiles(files.paths, in: tree)
    }

    func sources(into ledger: inout ImportLedger, _ mistakes: inout [ImportMistake]) -> [PipelineSource] {
        var sources: [PipelineSource] = []
        var settled: Set<ImportLedger.Key> = []
        var defaults: [WrittenValue] = files.defaults.sorted { $0.key < $1.key }.map(\.value.root)
        for file in files.dags {
            let own = file.root["default"]
            if let own { defaults.append(own) }
            for entry in file.root.entries ?? [] where entry.name != "default" {
                if entry.name == "task_groups" {
                    // dag-factory's own name: no DAG is called so.
                    for account in entry.value.accounts {
                        ledger.settle(account, .noEquivalent, "task groups outside of a DAG have no effect")
                    }
                    continue
                }
                var value = entry.value
                for outer in [own].compactMap({ $0 }) + outerDefaults(of: file.path) {
                    value = value.merged(over: outer)
                }
                // dag-factory raises an error too.
                guard value.entries != nil, value["tasks"] != nil else {
                    let words =
                        value.entries == nil
                        ? "`\(entry.name)` is not a DAG: write a mapping with `tasks`"
                        : "the DAG `\(entry.name)` has no `tasks`: write them, or take it out of the file"
                    mistakes.append(ImportMistake(at: entry.value.place, words))
                    for account in entry.value.accounts { ledger.settle(account, .noEquivalent, words) }
                    continue
                }
                let source = dag(entry.name, value, file)
                for (value, _) in source.verdicts { settled.formUnion(value.accounts) }
                sources.append(source)
            }
        }
        // Keys of defaults that every DAG has for itself.
        for value in defaults {
            for account in value.accounts where !settled.contains(account) {
                ledger.settle(account, .takenOver, "no DAG takes it from the defaults")
            }
        }
        return sources
    }

    private func outerDefaults(of path: String) -> [WrittenValue] {
        var folders = path.split(separator: "/").dropLast().map(String.init)
        var result: [WrittenValue] = []
        while true {
            if let file = files.defaults[folders.joined(separator: "/")] {
                result.append(file.root["default"] ?? file.root)
            }
            if folders.isEmpty { return result }
            folders.removeLast()
        }
    }

    private func dag(_ name: String, _ value: WrittenValue, _ file: AirflowFiles.File) -> PipelineSource {
        let folder = file.path.split(separator: "/").dropLast().joined(separator: "/")
        let layer = folder.split(separator: "/").last.map(String.init) ?? "dags"
        var draft = PipelineDraft(environment: nil, layer: layer, name: name)
        draft.header = ["From \(file.path): \(name), a DAG of dag-factory."]
        var dag = DagState(draft: draft, dagID: name)
        dag.take(value, by: DagKeys.dag)
        dag.setZone()
        readGroups(value["task_groups"], &dag)
        readTasks(value["tasks"], &dag, folder, at: value.place)
        dag = DagBuilder.build(dag)
        var source = PipelineSource(draft: dag.draft)
        source.verdicts = dag.verdicts
        source.outlets = dag.outlets
        source.schedule = dag.schedule
        source.mistakes = dag.mistakes
        source.dagID = dag.dagID
        return source
    }

    /// A mapping by name, or a list whose items have the name.
    private func named(_ value: WrittenValue?, by key: String, _ dag: inout DagState) -> [WrittenValue.Entry] {
        guard let value, !value.isNull else { return [] }
        if let entries = value.entries { return entries }
        var result: [WrittenValue.Entry] = []
        for item in value.items ?? [] {
            guard let name = item[key]?.text else {
                dag.mistakes.append(
                    ImportMistake(
                        at: item.place,
                        "`\(item.source.shortened(to: 60))` is not a mapping with `\(key)`: write its name"))
                dag.settle(item, .wrong(item, expected: "a mapping with `\(key)`"))
                continue
            }
            result.append(WrittenValue.Entry(name: name, value: item))
        }
        if value.items == nil {
            dag.mistakes.append(
                ImportMistake(
                    at: value.place, "`\(value.source.shortened(to: 60))` is not a mapping or a list: write one"))
            dag.settle(value, .wrong(value, expected: "a mapping or a list"))
        }
        if value.items?.allSatisfy(\.isScalar) == true {
            dag.settle(value, .wrong(value, expected: "a list of mappings"))
        }
        return result
    }

    private func readGroups(_ value: WrittenValue?, _ dag: inout DagState) {
        if let value, value.isNull || value.entries?.isEmpty == true || value.items?.isEmpty == true {
            dag.settle(value, .takenOver(nil, "nothing"))
        }
        for entry in named(value, by: "group_name", &dag) {
            var group = TaskGroup(name: entry.name, value: entry.value)
            for (key, inner) in (entry.value.entries ?? []).map({ ($0.name, $0.value) }) {
                switch key {
                case "parent_group_name":
                    group.parent = inner.text
                    dag.settle(
                        inner, .differs(nil, "steps have no groups: the group's dependencies are those of its tasks"))
                case "dependencies":
                    group.dependencies = inner
                    if inner.texts == nil { dag.settle(inner, .wrong(inner, expected: "a list of tasks")) }
                case "group_name": dag.settle(inner, .differs(nil, "steps have no groups"))
                case "default_args": dag.settle(inner, .none("write it at the tasks of the group"))
                case "prefix_group_id":
                    group.prefixes = inner.boolean ?? true
                    dag.settle(inner, .takenOver(nil, "steps have no groups; what branches return has these names"))
                case "tooltip", "ui_color", "ui_fgcolor", "add_suffix_on_collision",
                    "group_display_name",
                    "parent_group":
                    dag.settle(inner, .none("steps have no groups"))
                default: dag.settle(inner, .none("not a key that the importer knows"))
                }
            }
            if entry.value.entries?.isEmpty ?? true { dag.settle(entry.value, .differs(nil, "steps have no groups")) }
            dag.groups.append(group)
        }
    }

    private func readTasks(_ value: WrittenValue?, _ dag: inout DagState, _ folder: String, at place: SourceRange) {
        let context = JinjaText.Context(
            parameters: dag.parameters, times: dag.times, kinds: dag.draft.parameterKinds)
        var steps = ImportNames()
        var functions = CanonicalNames()
        _ = functions.name("tests", else: "tests")
        for entry in named(value, by: "task_id", &dag) {
            guard entry.value["operator"] != nil || entry.value["decorator"] != nil else {
                let words =
                    entry.value.entries == nil
                    ? "the task `\(entry.name)` is not a mapping: write one with `operator`"
                    : "the task `\(entry.name)` has no `operator` and no `decorator`: write one"
                dag.mistakes.append(ImportMistake(at: entry.value.place, words))
                dag.settle(entry.value, .none(words))
                continue
            }
            let step = StepName.isValid(entry.name) ? entry.name : Names.folderName(from: entry.name) ?? "task"
            var task = TaskState(
                entry.name, entry.value, step: steps.unique(step, separator: "-"),
                function: functions.name(entry.name, else: "task"), context: context, folder: folder,
                python: python)
            (task.kind, task.problem) = OperatorKind.of(entry.value, context)
            read(&task)
            dag.tasks.append(task)
        }
        if dag.tasks.isEmpty, dag.mistakes.isEmpty {
            dag.mistakes.append(
                ImportMistake(
                    at: value?.place ?? place,
                    "the DAG `\(dag.dagID)` has no task: write a mapping of tasks, or take the DAG out of the file"))
        }
    }

    private func read(_ task: inout TaskState) {
        let value = task.value
        let isDecorator = value["operator"] == nil && value["decorator"] != nil
        let rules = TaskKeys.rules(of: task.kind)
        let commonNames = Set(TaskKeys.common.map(\.name))
        for entry in value.entries ?? [] {
            if let problem = task.problem, !commonNames.contains(entry.name) {
                task.settle(
                    entry.value, TaskKeys.problemVerdict(ofKey: entry.name, entry.value, problem))
            } else if let rule = rules.first(where: { $0.name == entry.name }) {
                if let verdict = rule.take(entry.value, &task) { task.settle(entry.value, verdict) }
            } else if isDecorator, task.kind != .unknown {
                // `PythonBuilder` says what became of the function's own arguments.
            } else {
                task.settle(
                    entry.value,
                    .none(
                        task.kind == .unknown
                            ? "an argument of the operator: the handler has it in a comment"
                            : "not a key that the importer knows"))
            }
        }
        if isDecorator {
            task.implied += PythonBuilder.keywords(of: value).flatMap { TaskArguments.references($0.value) }
        }
        for key in ["expand", "partial"] {
            guard let written = value[key] else { continue }
            let isEmpty = written.entries?.isEmpty ?? true
            if isEmpty { task.settle(written, .wrong(written, expected: "a mapping")) }
            task.implied += TaskArguments.references(written)
            // Alone it says nothing.
            if key == "partial", value["expand"] == nil, !isEmpty {
                task.settle(written, .none("has no effect without `expand`"))
            }
        }
    }
}

extension WrittenValue {
    /// Keys that it lacks are those of another mapping, at every level.
    func merged(over other: WrittenValue) -> WrittenValue {
        guard case .mapping(var entries) = content, case .mapping(let others) = other.content else { return self }
        for entry in others {
            if let index = entries.firstIndex(where: { $0.name == entry.name }) {
                entries[index].value = entries[index].value.merged(over: entry.value)
            } else {
                entries.append(entry)
            }
        }
        var result = self
        result.content = .mapping(entries)
        return result
    }
}
