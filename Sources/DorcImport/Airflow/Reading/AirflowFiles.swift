internal import DorcText
internal import DorcYAML

/// The files of a folder that define DAGs, read.
struct AirflowFiles {
    struct File {
        var path: String
        var root: WrittenValue
    }

    /// `workflow.yml` of the Analytical Platform's.
    private(set) var workflows: [File] = []
    /// Of dag-factory, with DAGs by name.
    private(set) var dags: [File] = []
    /// `defaults.yml` of dag-factory, by folder.
    private(set) var defaults: [String: File] = [:]
    private(set) var mistakes: [ImportMistake] = []
    /// Every file, for what DAGs name.
    private(set) var paths: [String] = []

    private static let skipped: Set<String> = ["__pycache__", "node_modules", "venv", "site-packages"]
    private static let longestPath = 400
    /// Entries of a mapping or list: far more than any has that people write.
    private static let widest = 2000

    private let tree: any SourceTree

    init(_ tree: any SourceTree, into ledger: inout ImportLedger) {
        self.tree = tree
        walk("", &ledger)
    }

    private mutating func walk(_ folder: String, _ ledger: inout ImportLedger) {
        let entries: [SourceEntry]
        do {
            entries = try tree.entries(of: folder)
        } catch {
            mistakes.append(
                ImportMistake(
                    at: .whole(folder.isEmpty ? "." : folder), "the folder cannot be read: \(Self.words(error))"))
            return
        }
        for entry in entries.sorted(by: { $0.name < $1.name }) where !entry.name.hasPrefix(".") {
            let path = folder.isEmpty ? entry.name : "\(folder)/\(entry.name)"
            switch entry.kind {
            case .folder:
                // What a link leads to is found where it is.
                if entry.link == nil, !Self.skipped.contains(entry.name), path.utf8.count < Self.longestPath {
                    walk(path, &ledger)
                }
            case .file:
                paths.append(path)
                if Self.isYAML(entry.name) {
                    readYAML(path, &ledger)
                } else if entry.name.hasSuffix(".py") {
                    readPython(path, &ledger)
                }
            case .badLink(let reason):
                if Self.isRead(entry.name) {
                    mistakes.append(ImportMistake(at: .whole(path), "the symbolic link \(reason)"))
                }
            case .special(let kind):
                if Self.isRead(entry.name) {
                    mistakes.append(ImportMistake(at: .whole(path), "it is \(kind.rawValue)"))
                }
            }
        }
    }

    private static func isYAML(_ name: String) -> Bool { name.hasSuffix(".yml") || name.hasSuffix(".yaml") }

    private static func isRead(_ name: String) -> Bool { isYAML(name) || name.hasSuffix(".py") }

    private mutating func readYAML(_ path: String, _ ledger: inout ImportLedger) {
        let limits = YAMLLimits()
        let name = path.split(separator: "/").last.map(String.init) ?? path
        let isWorkflow = Self.workflowNames.contains(name)
        let isNamed = isWorkflow || ["defaults.yml", "defaults.yaml"].contains(name)
        let file: SourceFile
        do {
            // The reader says which size is too large.
            file = SourceFile(path: path, bytes: try tree.read(path, limit: 64 << 20))
        } catch {
            mistakes.append(ImportMistake(at: .whole(path), Self.words(error)))
            return
        }
        guard isNamed || Self.words.contains(where: { file.bytes.contains($0) }) else { return }
        var diagnostics = Diagnostics()
        let root = YAMLReader.read(file, limits: limits, into: &diagnostics)
        for finding in diagnostics.sorted where finding.severity == .error {
            mistakes.append(ImportMistake(at: finding.range, finding.summary + (finding.help.map { "; \($0)" } ?? "")))
        }
        guard !diagnostics.hasErrors else { return }
        guard let root else {
            if isWorkflow { mistakes.append(ImportMistake(at: file.wholeFile, Self.noDAG("it is empty"))) }
            return
        }
        if let (place, count) = Self.tooWide(root) {
            mistakes.append(
                ImportMistake(at: place, "\(count) entries in one mapping or list: no DAG has more than \(Self.widest)")
            )
            return
        }
        accept(root, file, isDefaults: name.hasPrefix("defaults."), &ledger)
    }

    private static let workflowNames = ["workflow.yml", "workflow.yaml"]

    private static func noDAG(_ words: String) -> String {
        "\(words): write a mapping `dag` with `repository` and `tag`, or take the file out of the folder"
    }

    /// Why a file that is called as a workflow of the platform's is none.
    private static func problem(ofWorkflow root: YAMLNode) -> ImportMistake? {
        guard case .mapping(let entries) = root.content else {
            return ImportMistake(at: root.range, noDAG("the file is not a mapping"))
        }
        guard let dag = entries.first(where: { $0.key == "dag" }) else {
            return ImportMistake(at: root.range, noDAG("there is no `dag` in the file"))
        }
        guard case .mapping(let keys) = dag.value.content else {
            return ImportMistake(at: dag.value.range, noDAG("`dag` is not a mapping"))
        }
        return keys.isEmpty ? ImportMistake(at: dag.keyRange, noDAG("`dag` is empty")) : nil
    }

    /// Whether it is a DAG of dag-factory's that is called `dag`.
    private static func hasOperators(_ dag: YAMLNode) -> Bool {
        guard case .mapping(let entries) = dag.content,
            let tasks = entries.first(where: { $0.key == "tasks" })?.value.content
        else { return false }
        let values: [YAMLNode] =
            switch tasks {
            case .mapping(let entries): entries.map(\.value)
            case .sequence(let items): items
            case .scalar: []
            }
        return values.contains { task in
            guard case .mapping(let entries) = task.content else { return false }
            return entries.contains { $0.key == "operator" || $0.key == "decorator" }
        }
    }

    /// What only a DAG of Airflow's has.
    private static let dagKeys: Set<String> = ["default_args", "schedule_interval", "dagrun_timeout", "task_groups"]

    private static func tooWide(_ node: YAMLNode) -> (place: SourceRange, count: Int)? {
        switch node.content {
        case .scalar: return nil
        case .sequence(let items):
            if items.count > widest { return (node.range, items.count) }
            return items.lazy.compactMap(tooWide).first
        case .mapping(let entries):
            if entries.count > widest { return (node.range, entries.count) }
            return entries.lazy.compactMap { tooWide($0.value) }.first
        }
    }

    private mutating func accept(
        _ root: YAMLNode, _ file: SourceFile, isDefaults: Bool, _ ledger: inout ImportLedger
    ) {
        let path = file.path
        func value(_ name: String, in node: YAMLNode) -> YAMLNode? {
            guard case .mapping(let entries) = node.content else { return nil }
            return entries.first { $0.key == name }?.value
        }
        func isMapping(_ node: YAMLNode) -> Bool { if case .mapping = node.content { true } else { false } }
        let name = path.split(separator: "/").last.map(String.init) ?? path
        let isWorkflow = Self.workflowNames.contains(name)
        let entries = if case .mapping(let entries) = root.content { entries } else { [YAMLNode.Entry]() }
        if let dag = value("dag", in: root), isMapping(dag), value("tasks", in: root) == nil,
            value("repository", in: dag) != nil || value("tag", in: dag) != nil
                || isWorkflow && Self.problem(ofWorkflow: root) == nil && !Self.hasOperators(dag)
        {
            workflows.append(File(path: path, root: WrittenValue(root, place: root.range, in: &ledger)))
        } else if isDefaults, isMapping(root) {
            let folder = path.split(separator: "/").dropLast().joined(separator: "/")
            // dag-factory prefers `defaults.yml` to `defaults.yaml`.
            let written = File(path: path, root: WrittenValue(root, place: root.range, in: &ledger))
            if let other = defaults[folder] {
                defaults[folder] = path.hasSuffix(".yml") ? written : other
            } else {
                defaults[folder] = written
            }
        } else {
            let hasDefaultTasks = value("default", in: root).map { value("tasks", in: $0) != nil } ?? false
            let isDAG = entries.contains { entry in
                entry.key != "default" && isMapping(entry.value)
                    && (value("tasks", in: entry.value) != nil || hasDefaultTasks)
            }
            if isDAG {
                dags.append(File(path: path, root: WrittenValue(root, place: root.range, in: &ledger)))
            } else if isWorkflow, let mistake = Self.problem(ofWorkflow: root) {
                mistakes.append(mistake)
            } else if let entry = entries.first(where: { entry in
                entry.key != "default" && Self.dagKeys.contains { value($0, in: entry.value) != nil }
            }) {
                mistakes.append(
                    ImportMistake(
                        at: entry.keyRange,
                        "the DAG `\(entry.key)` has no `tasks`: write them, or take it out of the file"))
            } else {
                ledger.remark(.noEquivalent, "(file)", at: file.wholeFile, "there is no DAG in it")
            }
        }
    }

    /// A DAG that is written in Python is not read: the report says so.
    private mutating func readPython(_ path: String, _ ledger: inout ImportLedger) {
        let bytes: [UInt8]
        do {
            bytes = try tree.read(path, limit: 64 << 20)
        } catch {
            mistakes.append(ImportMistake(at: .whole(path), Self.words(error)))
            return
        }
        guard bytes.contains(Self.word("from airflow")),
            bytes.contains(Self.word("DAG(")) || bytes.contains(Self.word("@dag"))
        else { return }
        ledger.remark(
            .noEquivalent, "(file)", at: .whole(path), "a DAG in Python, which is not read: write its tasks as steps")
    }

    private static let words = ["tasks", "dag:", "default_args"].map(word)
    private static func word(_ text: String) -> [UInt8] { Array(text.utf8) }

    private static func words(_ error: SourceTreeError) -> String {
        switch error.reason {
        case .missing: "it does not exist"
        case .tooLarge(let bytes, let limit): "it has \(bytes) bytes, more than \(limit)"
        case .notAFile(let kind): "it is \(kind)"
        case .system(let message): message
        }
    }
}
