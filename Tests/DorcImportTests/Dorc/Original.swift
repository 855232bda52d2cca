import DorcConfig
import DorcText

@testable import DorcImport

/// A repository of the original in memory, with what Python would tell of its files: these tests are about the mapping.
struct Original {
    /// A value as `dorc_reader` tells it.
    indirect enum Value: Sendable {
        case text(String), number(Int), boolean(Bool), none, file, stack, project
        case object(Int)
        case list([Value])
        case mapping([(String, Value)])
        case setting(
            String, of: String? = nil, path: [String] = [], type: String = "text", or: Value? = nil,
            isOrOfEmpty: Bool = false, isSecret: Bool = false, isRequired: Bool = true)
        case joined([Value])
        case split(Value)
        case chosen([(String, Value)], by: Value)
        case either(Value, or: Value, where: Value, is: String)
        case unknown(String)
    }

    static let path = "src/raw/census/__main__.py"

    var files: [String: String] = ["Dockerfile": "FROM x\n"]
    private var calls: [String] = []
    private var applied: [Int] = []
    private var reads: [String] = []
    private var errors: [String] = []
    /// Whether project, region and an environment are there where the test says nothing of them.
    var isCompleted = true
    /// Each value has a line of its own.
    private var line = 0

    /// - Parameter functions: those that have a folder.
    init(functions: [String] = ["extract", "load"], in folder: String = "src/raw/census") {
        addFolder(folder, functions: functions)
    }

    mutating func addFolder(_ folder: String, functions: [String], code: String? = nil) {
        files["\(folder)/__main__.py"] = String(repeating: "pass\n", count: 500)
        for name in functions {
            files["\(code ?? folder)/\(name)/lambda.py"] = "def handler(event, context):\n    return event\n"
        }
    }

    @discardableResult
    mutating func call(
        _ name: String, _ arguments: [(String, Value)] = [], at path: String = Original.path, isInCode: Bool = false,
        isCopied: Bool = false, when conditions: [Value] = []
    ) -> Value {
        line += 1
        let start = line
        if files[path] == nil { files[path] = String(repeating: "pass\n", count: 500) }
        let list = arguments.map { name, value in
            line += 1
            let place = line
            return
                "{\"name\": \(JSONText.literal(name)), \"at\": [\"\(path)\", \(place), 1], \"value\": \(json(value, path, place))}"
        }
        calls.append(
            "{\"class\": \"\(name)\", \"at\": [\"\(path)\", \(start), 1], \"isInCode\": \(isInCode), \"isCopied\": \(isCopied), \"when\": [\(conditions.map { json($0, path, start) }.joined(separator: ", "))], \"args\": [\(list.joined(separator: ", "))]}"
        )
        if name.hasPrefix("Create") { applied.append(calls.count - 1) }
        return .object(calls.count - 1)
    }

    /// A pipeline that is created.
    mutating func pipeline(
        _ functions: Value? = nil, trigger: Value? = nil, config: Value? = nil, others: [(String, Value)] = [],
        at path: String = Original.path
    ) {
        let items =
            functions
            ?? .list([
                call("Function", [("name", .text("extract")), ("next_function", .text("load"))], at: path),
                call("Function", [("name", .text("load"))], at: path),
            ])
        let arguments = [("functions", items)] + (trigger.map { [("trigger", $0)] } ?? []) + others
        let definition = call("PipelineDefinition", arguments, at: path)
        call(
            "CreatePipeline", (config.map { [("config", $0)] } ?? []) + [("pipeline_definition", definition)], at: path)
    }

    mutating func read(_ key: String, of namespace: String? = nil) {
        reads.append(
            "{\"at\": [\"\(Self.path)\", 400, 1], \"namespace\": \(namespace.map(JSONText.literal) ?? "null"), \"key\": \(JSONText.literal(key))}"
        )
    }

    mutating func error(_ path: String, _ line: Int, _ column: Int, _ words: String, isDefinition: Bool = true) {
        files[path] = "x\n"
        errors.append(
            "{\"at\": [\"\(path)\", \(line), \(column)], \"text\": \"\(words)\", \"isDefinition\": \(isDefinition)}")
    }

    func imported() throws -> Imported {
        guard isCompleted else { return try result() }
        var whole = self
        if !calls.contains(where: { $0.contains("\"UniversalConfig\"") }) {
            whole.call(
                "UniversalConfig", [("project", .text("demo")), ("region", .text("eu-west-2"))],
                at: "universal/__main__.py")
        }
        if !files.keys.contains(where: { $0.contains("Pulumi.") }) { whole.files["infra/Pulumi.dev.yaml"] = "" }
        return try whole.result()
    }

    private func result() throws -> Imported {
        let facts =
            "{\"errors\": [\(errors.joined(separator: ", "))], \"calls\": [\(calls.joined(separator: ", "))], \"applied\": \(applied), \"statements\": [], \"reads\": [\(reads.joined(separator: ", "))]}"
        let tree = MemoryTree(files)
        return Imported(result: try DorcImporter(tree: tree) { _ in Array(facts.utf8) }.result(), files: files)
    }

    private func json(_ value: Value, _ path: String, _ line: Int) -> String {
        let at = "\"at\": [\"\(path)\", \(line), 5]"
        func object(_ kind: String, _ members: String...) -> String {
            "{\"kind\": \"\(kind)\", \(([at] + members).joined(separator: ", "))}"
        }
        func inner(_ value: Value) -> String { json(value, path, line) }
        func entries(_ list: [(String, Value)]) -> String {
            let texts = list.map { "{\"key\": \(JSONText.literal($0.0)), \(at), \"value\": \(inner($0.1))}" }
            return "\"entries\": [\(texts.joined(separator: ", "))]"
        }
        switch value {
        case .text(let text): return object("text", "\"value\": \(JSONText.literal(text))")
        case .number(let number): return object("number", "\"value\": \"\(number)\"")
        case .boolean(let value): return object("boolean", "\"value\": \(value)")
        case .none: return object("none")
        case .file: return object("file")
        case .stack: return object("stack")
        case .project: return object("project")
        case .object(let index): return object("call", "\"call\": \(index)")
        case .list(let items): return object("list", "\"items\": [\(items.map(inner).joined(separator: ", "))]")
        case .mapping(let list): return object("mapping", entries(list))
        case .setting(
            let key, let namespace, let steps, let type, let fallback, let isOrOfEmpty, let isSecret, let isRequired):
            let path = steps.map { Int($0).map(String.init) ?? JSONText.literal($0) }.joined(separator: ", ")
            return object(
                "setting", "\"namespace\": \(namespace.map(JSONText.literal) ?? "null")",
                "\"key\": \(JSONText.literal(key))", "\"path\": [\(path)]", "\"type\": \"\(type)\"",
                "\"isSecret\": \(isSecret)", "\"isRequired\": \(isRequired)",
                "\"default\": \(fallback.map(inner) ?? "null")", "\"isDefaultOfEmpty\": \(isOrOfEmpty)")
        case .joined(let parts): return object("joined", "\"parts\": [\(parts.map(inner).joined(separator: ", "))]")
        case .split(let value): return object("split", "\"value\": \(inner(value))", "\"separator\": \",\"")
        case .chosen(let list, let by):
            return object(
                "chosen", "\"by\": \(inner(by))", "\"from\": {\"kind\": \"mapping\", \(at), \(entries(list))}",
                "\"default\": null")
        case .either(let then, let other, let test, let text):
            return object(
                "conditional", "\"test\": \(inner(test))", "\"values\": [\(JSONText.literal(text))]",
                "\"isNegated\": false", "\"then\": \(inner(then))", "\"else\": \(inner(other))")
        case .unknown(let source):
            return object("unknown", "\"text\": \(JSONText.literal(source))", "\"why\": \"only running it would tell\"")
        }
    }
}

/// What became of an `Original`.
struct Imported {
    var result: ImportResult
    /// Of the original.
    var files: [String: String]

    func text(_ path: String = "src/raw/census/pipeline.yaml") -> String? {
        guard let file = result.files.first(where: { $0.path == path }), case .text(let text) = file.content
        else { return nil }
        return text
    }

    var project: String { text("dorc.yaml") ?? "" }

    func entry(_ key: String) -> ImportReport.Entry? { result.report.entries.first { $0.key == key } }

    /// What is wrong with any import: an outcome that is missing, a place that is not written, a TODO of nobody's, an error of `check`.
    var mistakes: [String] {
        let report = result.report
        var mistakes: [String] = []
        if ImportReport.Outcome.allCases.reduce(0, { $0 + report.count($1) }) != report.entries.count {
            mistakes.append("the counts do not add up")
        }
        let written = WrittenKeys(result.files)
        for entry in report.entries {
            if entry.words.hasPrefix("internal-error") || entry.words == "the importer does not know this key" {
                mistakes.append("\(entry.file):\(entry.line) \(entry.key): \(entry.words)")
            }
            if let target = entry.target, !result.files.isEmpty, written.place(of: target) == nil {
                mistakes.append("\(entry.key): \(target) is not written")
            }
            if entry.outcome != .takenOver, entry.words.isEmpty { mistakes.append("\(entry.key): no words") }
            if entry.isDecision, entry.target == nil { mistakes.append("\(entry.key): a TODO nowhere") }
        }
        let decided = Set(
            report.entries.filter(\.isDecision).compactMap { $0.target?.split(separator: ": ").first.map(String.init) })
        let open = Set(
            result.files.filter { file in
                if case .text(let text) = file.content { text.contains("# TODO ") } else { false }
            }.map(\.path))
        if !result.files.isEmpty, decided != open { mistakes.append("TODOs are in \(open), decisions of \(decided)") }
        return mistakes + findings
    }

    /// The errors of `check`.
    private var findings: [String] {
        guard !result.files.isEmpty else { return [] }
        var written: [String: String] = [:]
        for file in result.files {
            switch file.content {
            case .text(let text): written[file.path] = text
            case .copy(let path): written[file.path] = files[path]
            }
        }
        var diagnostics = Diagnostics()
        _ = ConfigRepository.read(MemoryTree(written), into: &diagnostics)?.resolve(into: &diagnostics)
        return diagnostics.sorted.filter { $0.severity == .error }.map { "check: \($0.range.path): \($0.summary)" }
    }
}
