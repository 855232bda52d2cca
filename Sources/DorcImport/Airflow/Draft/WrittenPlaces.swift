internal import DorcText
internal import DorcYAML

/// What of the targets of verdicts is in a pipeline.yaml, and where.
struct WrittenPlaces {
    let root: YAMLNode
    /// Paths beside pipeline.yaml.
    let files: Set<String>

    /// A verdict, with the key that stands for the value.
    struct Made {
        var outcome: ImportReport.Outcome
        /// Without the file for a key of pipeline.yaml.
        var key: String?
        /// Beside pipeline.yaml.
        var file: String?
        var words: String
        var comment: PipelineDraft.Comment?
    }

    /// What is said where nobody has said why: it is a mistake of the importer's.
    static let unexplained = "nothing that is written stands for it"

    func made(_ verdict: Verdict, environment: String?) -> Made {
        var made = Made(outcome: verdict.outcome, words: verdict.words)
        let path = name(verdict, environment, &made)
        if let todo = verdict.todo {
            let at = todo.at.flatMap { self.path($0, verdict.owner, environment) } ?? path
            made.comment = .init(path: at ?? place(of: todo, verdict.owner, environment), text: todo.text)
        } else if made.key == nil, made.file == nil, !verdict.targets.isEmpty {
            made.outcome = .noEquivalent
            made.words = verdict.otherwise ?? Self.unexplained
        }
        return made
    }

    /// The first of the targets that is written, and where that is in pipeline.yaml.
    private func name(_ verdict: Verdict, _ environment: String?, _ made: inout Made) -> [YAMLPathPart]? {
        for target in verdict.targets {
            switch target.home {
            case .pipeline:
                guard let path = path(target, verdict.owner, environment) else { continue }
                made.key = Self.text(path)
                return path
            case .beside(let name):
                guard files.contains(name) else { continue }
                made.file = name
            case .project(let key): made.key = "dorc.yaml: \(key)"
            }
            return nil
        }
        return nil
    }

    /// Where a comment is whose key is not written: at the step, or at the end of what would be around the key.
    private func place(of todo: Todo, _ owner: Verdict.Owner?, _ environment: String?) -> [YAMLPathPart] {
        if owner?.step.isEmpty == false, let path = path(Target("steps[*]"), owner, environment) { return path }
        return (todo.at ?? Target(todo.key)).parts.compactMap { part in
            switch part {
            case .key(let key): .key(key)
            case .item(let index): .item(index)
            case .anyKey, .anyItem: nil
            }
        }
    }

    /// An environment's own value comes before that of all.
    private func path(_ target: Target, _ owner: Verdict.Owner?, _ environment: String?) -> [YAMLPathPart]? {
        if let environment {
            let own = Target("environments").appending(environment).parts + target.parts
            if let path = find(own[...], in: root, owner, environment) { return path }
        }
        if let path = find(target.parts[...], in: root, owner, environment) { return path }
        // A schedule alone has a shorter form, and the steps of `finally` are steps.
        switch target.parts.first {
        case .key("schedule"): return find(Target("triggers[*].schedule").parts[...], in: root, owner, environment)
        case .key("triggers") where target == Target("triggers"):
            return find(Target("schedule").parts[...], in: root, owner, environment)
        case .key("steps"):
            return find([.key("finally")] + target.parts.dropFirst(), in: root, owner, environment)
        default: return nil
        }
    }

    private func find(
        _ parts: ArraySlice<Target.Part>, in node: YAMLNode, _ owner: Verdict.Owner?, _ environment: String?,
        below path: [YAMLPathPart] = []
    ) -> [YAMLPathPart]? {
        guard let part = parts.first else { return path }
        let rest = parts.dropFirst()
        func go(_ value: YAMLNode, _ part: YAMLPathPart) -> [YAMLPathPart]? {
            find(rest, in: value, owner, environment, below: path + [part])
        }
        switch (part, node.content) {
        case (.key(let name), .mapping(let entries)):
            return entries.first { $0.key == name }.flatMap { go($0.value, .key(name)) }
        case (.anyKey, .mapping(let entries)):
            let isFunctions = path.last == .key("functions")
            for entry in entries where !isFunctions || owner?.function.map({ $0 == entry.key }) ?? true {
                if let found = go(entry.value, .key(entry.key)) { return found }
            }
            return nil
        case (.item(let index), .sequence(let items)):
            return items.indices.contains(index) ? go(items[index], .item(index)) : nil
        case (.anyItem, .sequence(let items)):
            for (index, item) in items.enumerated() where isMeant(item, in: path, owner, environment) {
                if let found = go(item, .item(index)) { return found }
            }
            return nil
        default: return nil
        }
    }

    /// Whether an item is the owner's step, or a trigger of the environment.
    private func isMeant(
        _ item: YAMLNode, in path: [YAMLPathPart], _ owner: Verdict.Owner?, _ environment: String?
    ) -> Bool {
        if path == [.key("triggers")] {
            guard let environment, case .mapping(let entries) = item.content,
                case .sequence(let names)? = entries.first(where: { $0.key == "environments" })?.value.content
            else { return true }
            return names.contains { $0.scalar == environment }
        }
        guard path == [.key("steps")] || path == [.key("finally")], let owner else { return true }
        if case .mapping(let entries) = item.content {
            return entries.first { $0.key == "name" }?.value.scalar == owner.step
        }
        return item.scalar == owner.step
    }

    /// As in `steps[1].environment.DAY`, as far as its keys are plain words.
    static func text(_ path: [YAMLPathPart]) -> String {
        var text = ""
        for part in path {
            switch part {
            case .key(let key):
                let isPlain =
                    !key.isEmpty
                    && key.unicodeScalars.allSatisfy {
                        $0.isASCII && ($0.properties.isAlphabetic || ("0"..."9").contains($0) || $0 == "_" || $0 == "-")
                    }
                guard isPlain else { return text }
                text += text.isEmpty ? key : ".\(key)"
            case .item(let index): text += "[\(index)]"
            }
        }
        return text
    }
}

extension YAMLNode {
    var scalar: String? { if case .scalar(let text, _) = content { text } else { nil } }
}
