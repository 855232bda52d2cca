import DorcText
import DorcYAML

/// What Pulumi's files say: `Pulumi.<stack>.yaml` of each folder, and `Pulumi.yaml` with the project's name.
struct PulumiSettings {
    struct Setting {
        /// Before the colon; nil where there is none.
        var namespace: String?
        var name: String
        var node: YAMLNode
        var range: SourceRange
        /// In the file, as in `config.network:subnets`.
        var path: String
        /// Of the mapping that the value is in, as in Pulumi.yaml.
        var outer: String?
        var isSecret: Bool { PulumiSettings.isSecret(node) }
    }

    struct Stack {
        var folder: String
        /// As its file is called.
        var name: String
        /// As the original calls it: what the setting `environment` says, or the stack's name.
        var environment: String
        var settings: [Setting]
        var range: SourceRange
    }

    struct Project {
        var folder: String
        var name: String?
        /// What holds where a stack says nothing.
        var settings: [Setting]
        var range: SourceRange
    }

    private(set) var stacks: [Stack] = []
    private(set) var projects: [Project] = []
    private var indices: [String: [Int]] = [:]

    private static let ofPulumi = "it is Pulumi's own"

    init(_ repository: inout OriginalRepository, _ ledger: inout ImportLedger, _ mistakes: inout [ImportMistake]) {
        for path in repository.paths {
            let name = OriginalRepository.name(path)
            guard OriginalRepository.isSettings(name), let file = repository.read(path) else { continue }
            var findings = Diagnostics()
            let root = YAMLReader.read(file, into: &findings)
            let errors = findings.sorted.filter { $0.severity == .error }
            mistakes += errors.map { ImportMistake(at: $0.range, $0.summary) }
            guard errors.isEmpty else { continue }
            // An empty file is fine with Pulumi: the stack exists all the same.
            var entries: [YAMLNode.Entry] = []
            if let root, !root.isNull {
                guard case .mapping(let found) = root.content else {
                    mistakes.append(ImportMistake(at: root.range, "it is not a mapping"))
                    continue
                }
                entries = found
                ledger.found(allIn: root)
            }
            let parts = name.split(separator: ".")
            if parts.count == 2 {
                projects.append(Self.project(entries, file, &ledger))
            } else {
                let name = parts.dropFirst().dropLast().joined(separator: ".")
                stacks.append(Self.stack(name, entries, file, &ledger))
            }
        }
        indices = Dictionary(grouping: stacks.indices) { stacks[$0].folder }
    }

    /// The stacks of a folder's own program.
    func stacks(in folder: String) -> [Stack] { (indices[folder] ?? []).map { stacks[$0] } }

    private static func stack(
        _ name: String, _ entries: [YAMLNode.Entry], _ file: SourceFile, _ ledger: inout ImportLedger
    ) -> Stack {
        var stack = Stack(
            folder: OriginalRepository.folder(file.path), name: name, environment: name, settings: [],
            range: file.wholeFile)
        for entry in entries {
            if entry.key == "config", case .mapping(let values) = entry.value.content {
                stack.settings = values.map { Self.setting($0, $0.value) }
                if let key = ledger.key("config", in: file.path) {
                    ledger.settle(key, .takenOver, "its keys are below")
                }
            } else {
                ledger.settle(
                    under: entry.key, in: file.path, .noEquivalent,
                    entry.key.hasPrefix("encr") || entry.key == "secretsprovider"
                        ? "\(ofPulumi), and what its secrets are encrypted with: dorc's are in Secrets Manager"
                        : "\(ofPulumi): dorc has no state")
            }
        }
        if case .scalar(let text, _)? = stack.settings.first(where: { $0.isOwn && $0.name == "environment" })?.node
            .content,
            !text.isEmpty
        {
            stack.environment = text
        }
        return stack
    }

    /// Its `config` has values for all stacks: `key: value`, or `key: {value: ...}`, `key: {default: ...}`.
    private static func project(
        _ entries: [YAMLNode.Entry], _ file: SourceFile, _ ledger: inout ImportLedger
    ) -> Project {
        var project = Project(
            folder: OriginalRepository.folder(file.path), name: nil, settings: [], range: file.wholeFile)
        for entry in entries {
            switch (entry.key, entry.value.content) {
            case ("name", .scalar(let text, _)): project.name = text
            case ("config", .mapping(let values)):
                if let key = ledger.key("config", in: file.path) {
                    ledger.settle(key, .takenOver, "its keys are below")
                }
                project.settings = values.map { value in
                    if case .mapping(let parts) = value.value.content,
                        let inner = parts.first(where: { $0.key == "value" || $0.key == "default" })
                    {
                        var setting = Self.setting(value, inner.value)
                        setting.outer = setting.path
                        setting.path += ".\(inner.key)"
                        return setting
                    }
                    return Self.setting(value, value.value)
                }
            default:
                ledger.settle(under: entry.key, in: file.path, .noEquivalent, "\(ofPulumi) file of the project")
            }
        }
        return project
    }

    private static func setting(_ entry: YAMLNode.Entry, _ node: YAMLNode) -> Setting {
        let parts = entry.key.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        let isNamed = parts.count == 2
        return Setting(
            namespace: isNamed ? String(parts[0]) : nil, name: isNamed ? String(parts[1]) : entry.key, node: node,
            range: entry.keyRange, path: "config.\(entry.key)")
    }

    /// `secure: ...` alone, which Pulumi has encrypted.
    static func isSecret(_ node: YAMLNode) -> Bool {
        guard case .mapping(let entries) = node.content else { return false }
        return entries.count == 1 && entries[0].key == "secure"
    }

    /// Where nothing is imported.
    func settleAll(_ ledger: inout ImportLedger, _ words: String) {
        for path in stacks.map(\.range.path) + projects.map(\.range.path) {
            ledger.settle(under: "", in: path, .noEquivalent, words)
            if let key = ledger.key("config", in: path) { ledger.settle(key, .noEquivalent, words) }
        }
    }

    /// The project that a folder belongs to: its own, or the nearest above.
    func project(of folder: String) -> Project? {
        var folder = folder
        while true {
            if let project = projects.first(where: { $0.folder == folder }) { return project }
            if folder.isEmpty { return nil }
            folder = OriginalRepository.folder(folder)
        }
    }

    /// What `pulumi.Config(namespace)` reads of a file's settings. A configuration without a namespace is the project's; where no
    /// Pulumi.yaml says what that is called, it is the only one that has the key.
    func setting(_ name: String, of namespace: String?, in settings: [Setting], folder: String) -> Setting? {
        let named = settings.filter { $0.name == name }
        let project = project(of: folder)?.name
        guard let wanted = namespace ?? project else {
            if let own = named.first(where: { $0.namespace == nil }) { return own }
            let others = named.filter(\.isOwn)
            return others.count == 1 ? others.first : nil
        }
        return named.first { $0.namespace == wanted }
            ?? (wanted == project || namespace == nil
                ? named.first { $0.namespace == nil } ?? unnamed(named, namespace, folder) : nil)
    }

    /// Where the name of the folder's own project is not written beside it, that of one above may be another's.
    private func unnamed(_ named: [Setting], _ namespace: String?, _ folder: String) -> Setting? {
        guard namespace == nil, project(of: folder)?.folder != folder else { return nil }
        let others = named.filter(\.isOwn)
        return others.count == 1 ? others.first : nil
    }
}

extension PulumiSettings.Setting {
    /// Whether it can be a program's own, and not a provider's such as `aws:region`.
    var isOwn: Bool { namespace != "aws" && namespace != "aws-native" && namespace != "pulumi" }
}
