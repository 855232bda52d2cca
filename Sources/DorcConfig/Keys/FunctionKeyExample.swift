/// A key of a function, as it is written at its place: for who wrote it elsewhere.
struct FunctionKeyExample {
    /// Whether `defaults` has the key too.
    let isInDefaults: Bool
    private let text: String

    /// As in `functions: {extract: {memory: 1024}}`.
    var atFunction: String { "`functions: {extract: {\(text)}}`" }

    /// `name` is the key's, or that of another tool, in lower case without separators.
    init?(_ name: String) {
        guard let found = Self.table.first(where: { $0.names.contains(name) }) else { return nil }
        (text, isInDefaults) = (found.example, found.isInDefaults)
    }

    private static let table: [(names: Set<String>, example: String, isInDefaults: Bool)] = [
        (["memory", "memorysize", "memorymb"], "memory: 1024", true),
        (["ephemeralstorage", "ephemeralstoragesize"], "ephemeral_storage: 2048", true),
        (["logretention", "retentionindays"], "log_retention: 90d", true),
        (
            ["environment", "env", "environmentvariables", "envvars", "variables", "vars"],
            "environment: {TABLE: census}", false
        ),
        (["secrets", "secret"], "secrets: {TOKEN: census/token}", false),
        (
            ["image", "imageuri"], "image: \"111122223333.dkr.ecr.eu-west-2.amazonaws.com/team/tool:v4.1\"", false
        ),
    ]
}
