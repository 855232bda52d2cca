import DorcText

/// What of an output is on record: enough to see every change of what a workflow becomes, and no more than can be
/// reviewed.
enum Record {
    /// Cases whose whole output folder is on record, as there is something to see in every file of it.
    static let inYAML: Set = [
        "cloudformation-values", "compute", "existing-key-and-topic", "image-context", "networks", "notifications",
        "reference", "registry-account", "repository-tag", "two-regions",
    ]
    static let inJSON: Set = ["cloudformation-values", "image-context", "registry-account"]
    /// Cases that are about warnings or ids, with the templates of others.
    static let withoutTemplates: Set = [
        "ambiguous-ids", "warn-dead-expressions", "warn-overlap", "warn-schedules", "warn-self-trigger",
        "warn-step-timeout",
    ]

    static func texts(of output: SnapshotOutput, case name: String) -> [String: String] {
        var texts = ["ids.txt": output.ids, "diagnostics.txt": output.diagnostics].filter { !$0.value.isEmpty }
        for (path, text) in output.files where isWhole(path, case: name) || isCore(path, of: output, case: name) {
            texts["expected/\(path)"] = text
        }
        if !inYAML.contains(name), !withoutTemplates.contains(name) {
            let difference = environments(of: output)
            if !difference.isEmpty { texts["environments.diff"] = difference }
        }
        return texts
    }

    private static func isWhole(_ path: String, case name: String) -> Bool {
        path.hasPrefix("yaml/") && inYAML.contains(name) || path.hasPrefix("json/") && inJSON.contains(name)
    }

    private static func isCore(_ path: String, of output: SnapshotOutput, case name: String) -> Bool {
        guard let first = output.environments.first, !withoutTemplates.contains(name) else { return false }
        return path.hasPrefix("yaml/\(first)/core/")
    }

    /// The core templates of the other environments, as differences from those of the first one.
    private static func environments(of output: SnapshotOutput) -> String {
        guard let first = output.environments.first else { return "" }
        let before = cores(of: first, in: output)
        var difference = ""
        for environment in output.environments.dropFirst() {
            let after = cores(of: environment, in: output)
            for path in Set(before.keys).union(after.keys).sorted() {
                difference += UnifiedDiff.render(
                    old: before[path], new: after[path], oldName: "\(first)/\(path)", newName: "\(environment)/\(path)")
            }
        }
        return difference
    }

    /// With one name for every environment.
    private static func cores(of environment: String, in output: SnapshotOutput) -> [String: String] {
        let folder = "yaml/\(environment)/core/"
        var texts: [String: String] = [:]
        for (path, text) in output.files where path.hasPrefix(folder) {
            texts[String(path.dropFirst(folder.count))] =
                text
                .replacing("\(output.project)-\(environment)", with: "\(output.project)-<environment>")
                .replacing("\(output.project) in \(environment)\n", with: "\(output.project) in <environment>\n")
                .replacing("Value: \(environment)\n", with: "Value: <environment>\n")
        }
        return texts
    }
}
