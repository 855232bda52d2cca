internal import DorcYAML

/// A pipeline as one file of the other tool's says it, for one environment or for all.
struct PipelineDraft: Sendable {
    typealias Fields = [(key: String, value: YAMLNode)]

    /// The environment of dorc's that it is for; nil for all.
    var environment: String?
    var layer: String
    var name: String
    /// What is read first: where it comes from.
    var header: [String] = []

    var description: String?
    var owner: String?
    var tags: Fields = []
    var timeout: YAMLNode?
    var maxActiveRuns: YAMLNode?
    var parameters: Fields = []
    var compute: YAMLNode?
    var retry: YAMLNode?
    var access = AccessDraft()
    var functions: [FunctionDraft] = []
    var steps: [StepDraft] = []
    var finally: [StepDraft] = []
    var triggers: [TriggerDraft] = []
    /// Whole, as in `{email: [...], on: [...]}`.
    var notifications: YAMLNode?
    var isPaused = false
    /// What is no decision. Those are verdicts.
    var comments: [Comment] = []
    /// What is said of the file as a whole.
    private(set) var remarks: [Verdict] = []
    /// The file whose path does not say which environment it is for.
    var guessedFrom: String?
    /// Beside pipeline.yaml, by path in the pipeline's folder.
    var files: [ImportedFile] = []

    struct Comment: Sendable, Equatable {
        var path: [YAMLPathPart]
        var text: String
    }

    var id: String { "\(layer)/\(name)" }

    /// A decision that is about no key of the file.
    mutating func remark(_ verdict: Verdict) { remarks.append(verdict) }

    mutating func note(_ text: String, at path: YAMLPathPart...) { comments.append(Comment(path: path, text: text)) }
}

struct FunctionDraft: Sendable {
    var name: String
    /// By key, but for these maps.
    var settings: PipelineDraft.Fields = []
    var environment: PipelineDraft.Fields = []
    var secrets: PipelineDraft.Fields = []
    var access = AccessDraft()
    var permissions: [YAMLNode] = []

    init(_ name: String) { self.name = name }
}

struct StepDraft: Sendable {
    var name: String
    /// `function`, `pipeline`, `task`, `wait` with what belongs to them, without `name` and `after`.
    var fields: PipelineDraft.Fields = []
    /// Names of steps.
    var after: [String] = []
    /// What names the DAG that it starts.
    var starts: WrittenValue?
    /// Reached by `catch` alone.
    var isHandler = false

    init(_ name: String) { self.name = name }

    mutating func set(_ key: String, _ value: YAMLNode) {
        fields.removeAll { $0.key == key }
        fields.append((key, value))
    }

    func has(_ key: String) -> Bool { fields.contains { $0.key == key } }
}

struct TriggerDraft: Sendable {
    var name: String
    var fields: PipelineDraft.Fields
    var comments: [String] = []
    /// The environments that have it; nil for all.
    var environments: [String]?

    /// What has to be the same for two to be one.
    var text: String { YAMLText.line(.mapping(fields)) }
}

/// `access`: names by word, each once.
struct AccessDraft: Sendable, Equatable {
    /// In the order in which they are written.
    static let words = ["s3_read", "s3_write", "s3_delete", "kms", "secrets", "bedrock", "assume_role"]

    var names: [String: [String]] = [:]
    var athena: [String: [String]] = [:]
    var hasLakeFormation = false

    var isEmpty: Bool { names.isEmpty && athena.isEmpty && !hasLakeFormation }

    mutating func add(_ name: String, to word: String) {
        if !names[word, default: []].contains(name) { names[word, default: []].append(name) }
    }

    mutating func addAthena(_ name: String, to word: String) {
        if !athena[word, default: []].contains(name) { athena[word, default: []].append(name) }
    }

    /// What both allow.
    func common(with other: AccessDraft) -> AccessDraft {
        var result = AccessDraft()
        result.names = Self.common(names, other.names)
        result.athena = Self.common(athena, other.athena)
        result.hasLakeFormation = hasLakeFormation && other.hasLakeFormation
        return result
    }

    /// What it allows beyond another one.
    func beyond(_ other: AccessDraft) -> AccessDraft {
        var result = AccessDraft()
        result.names = Self.rest(names, other.names)
        result.athena = Self.rest(athena, other.athena)
        result.hasLakeFormation = hasLakeFormation && !other.hasLakeFormation
        return result
    }

    private static func common(_ left: [String: [String]], _ right: [String: [String]]) -> [String: [String]] {
        var result: [String: [String]] = [:]
        for (word, names) in left {
            let shared = names.filter { right[word]?.contains($0) ?? false }
            if !shared.isEmpty { result[word] = shared }
        }
        return result
    }

    private static func rest(_ left: [String: [String]], _ right: [String: [String]]) -> [String: [String]] {
        var result: [String: [String]] = [:]
        for (word, names) in left {
            let rest = names.filter { !(right[word]?.contains($0) ?? false) }
            if !rest.isEmpty { result[word] = rest }
        }
        return result
    }

    /// Nil where it allows nothing.
    var node: YAMLNode? {
        guard !isEmpty else { return nil }
        var fields: PipelineDraft.Fields = []
        for word in Self.words.prefix(3) { if let names = names[word] { fields.append((word, Self.node(names))) } }
        let queries = ["read", "write", "results"].compactMap { word in
            athena[word].map { (key: word, value: Self.node($0)) }
        }
        if !queries.isEmpty { fields.append(("athena", .mapping(queries))) }
        for word in Self.words.dropFirst(3) { if let names = names[word] { fields.append((word, Self.node(names))) } }
        if hasLakeFormation { fields.append(("lake_formation", .literal("true"))) }
        return .mapping(fields)
    }

    private static func node(_ names: [String]) -> YAMLNode {
        if let name = names.first, names.count == 1 { return .string(name) }
        return .list(names.map { .string($0) })
    }
}
