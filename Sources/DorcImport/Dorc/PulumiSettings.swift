import DorcText
import DorcYAML

/// What the files `Pulumi.<environment>.yaml` say.
struct PulumiSettings {
    struct Setting {
        var text: String
        var key: ImportLedger.Key
        var range: SourceRange
        /// Encrypted: what it is cannot be read.
        var isSecret: Bool
    }

    struct Stack {
        var folder: String
        /// As the original calls it.
        var environment: String
        /// By key, without the name of the Pulumi project: `environment`, but `aws:region`.
        var values: [String: Setting]
        var range: SourceRange
    }

    private(set) var stacks: [Stack] = []

    private static let ofPulumi = "it is Pulumi's own"

    init(_ repository: inout OriginalRepository, _ ledger: inout ImportLedger, _ mistakes: inout [ImportMistake]) {
        for path in repository.paths {
            let name = OriginalRepository.name(path)
            guard name.hasPrefix("Pulumi."), name.hasSuffix(".yaml") || name.hasSuffix(".yml") else { continue }
            guard let file = repository.read(path) else { continue }
            var findings = Diagnostics()
            let root = YAMLReader.read(file, into: &findings)
            if let error = findings.items.first(where: { $0.severity == .error }) {
                mistakes.append(ImportMistake(at: error.range, error.summary))
                continue
            }
            // An empty file is fine with Pulumi.
            guard let root, case .mapping(let entries) = root.content else {
                if root?.isNull == false { mistakes.append(ImportMistake(at: file.wholeFile, "it is not a mapping")) }
                continue
            }
            ledger.found(allIn: root)
            let parts = name.split(separator: ".")
            if parts.count == 2 {
                ledger.settle(under: "", in: path, .noEquivalent, "\(Self.ofPulumi) file of the project")
            } else {
                stacks.append(
                    Self.stack(parts.dropFirst().dropLast().joined(separator: "."), entries, file, &ledger))
            }
        }
    }

    private static func stack(
        _ name: String, _ entries: [YAMLNode.Entry], _ file: SourceFile, _ ledger: inout ImportLedger
    ) -> Stack {
        var stack = Stack(
            folder: OriginalRepository.folder(file.path), environment: name, values: [:], range: file.wholeFile)
        for entry in entries {
            guard entry.key == "config", case .mapping(let values) = entry.value.content else {
                ledger.settle(
                    under: entry.key, in: file.path, .noEquivalent,
                    "\(ofPulumi): dorc has no state, and secrets are in Secrets Manager")
                continue
            }
            for value in values {
                let path = "config.\(value.key)"
                guard let key = ledger.key(path, in: file.path) else { continue }
                let isSecret: Bool
                let text: String
                switch value.value.content {
                case .scalar(let scalar, _): (text, isSecret) = (scalar, false)
                case .mapping(let parts): (text, isSecret) = ("", parts.contains { $0.key == "secure" })
                case .sequence: (text, isSecret) = ("", false)
                }
                let parts = value.key.split(separator: ":", maxSplits: 1)
                let short = parts.count == 2 && parts[0] != "aws" ? String(parts[1]) : value.key
                stack.values[short] = Setting(text: text, key: key, range: value.keyRange, isSecret: isSecret)
            }
        }
        if let key = ledger.key("config", in: file.path) { ledger.settle(key, .takenOver, "its keys are below") }
        if let environment = stack.values["environment"], !environment.text.isEmpty {
            stack.environment = environment.text
        }
        return stack
    }

    func stack(of environment: String, in folder: String) -> Stack? {
        stacks.first { $0.folder == folder && $0.environment == environment }
    }
}
