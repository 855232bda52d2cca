internal import DorcText

/// Two sides of a project -> what differs.
///
///     stacks     matched by name, region and account
///     templates  the resources that are not the same byte for byte are read   (TemplateFile)
///     resources  matched by their logical ids                                 (ResourceComparison)
package struct ProjectComparison: Sendable {
    private let old: ProjectSide
    private let new: ProjectSide
    private let clock: RunClock

    package init(old: ProjectSide, new: ProjectSide, clock: RunClock) {
        self.old = old
        self.new = new
        self.clock = clock
    }

    /// `oldName` and `newName` say what the sides are.
    package func difference(oldName: String, newName: String) throws(UnreadableTemplate) -> ProjectDifference {
        let before = Dictionary(old.stacks.map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })
        var known = Set(new.stacks.map(\.key))
        var pairs: [Pair] = new.stacks.map { stack in
            let other = before[stack.key] ?? old.stacks.first { !known.contains($0.key) && $0.key.mayBe(stack.key) }
            if let other { known.insert(other.key) }
            return Pair(old: other, new: stack)
        }
        // What needs others goes before them.
        pairs += old.stacks.filter { !known.contains($0.key) }.reversed().map { Pair(old: $0, new: nil) }
        // Most templates have not changed at all.
        pairs = pairs.filter { pair in
            guard let old = pair.old, let new = pair.new else { return true }
            return old.tags != new.tags || self.old.templates[old.template] != self.new.templates[new.template]
        }
        var difference = ProjectDifference(old: oldName, new: newName)
        for result in Parallel.map(pairs, compare) {
            let stack = try result.get()
            if !stack.isEmpty { difference.stacks.append(stack) }
        }
        Self.findNameClashes(&difference)
        return difference
    }

    private struct Pair: Sendable {
        var old: ProjectSide.Stack?
        var new: ProjectSide.Stack?
    }

    private func compare(_ pair: Pair) -> Result<StackDifference, UnreadableTemplate> {
        Result { () throws(UnreadableTemplate) in try stack(pair) }
    }

    private func stack(_ pair: Pair) throws(UnreadableTemplate) -> StackDifference {
        guard let named = pair.new ?? pair.old else { throw UnreadableTemplate(path: "", reason: "no side has it") }
        var difference = StackDifference(
            key: named.key, kind: named.kind, environment: named.environment, pipeline: named.pipeline,
            change: pair.old == nil ? .added : pair.new == nil ? .removed : .changed)
        switch (pair.old, pair.new) {
        case (let before?, let after?):
            difference.entries = ResourceComparison.tags(before.tags, after.tags)
            let (old, new, changed) = try TemplateFile.pair(
                bytes(before, self.old), bytes(after, self.new), oldPath: before.template, newPath: after.template)
            if !old.isFramed(like: new) {
                difference.entries += TemplateComparison.compare(try old.surroundings(), try new.surroundings())
            }
            let comparison = ResourceComparison(clock: clock, old: old, new: new)
            for id in new.ids where changed.contains(id) {
                guard let resource = new.resource(id), !comparison.isPart(resource, change: .added) else { continue }
                if let previous = old.resource(id) {
                    if let change = comparison.compare(previous, resource) { difference.resources.append(change) }
                } else {
                    difference.resources.append(comparison.added(resource))
                }
            }
            for id in old.ids where changed.contains(id) && !new.ids.contains(id) {
                if let resource = old.resource(id), !comparison.isPart(resource, change: .removed) {
                    difference.resources.append(comparison.removed(resource))
                }
            }
            if before.tags != after.tags {
                for id in new.ids where old.ids.contains(id) {
                    guard let resource = new.resource(id), old.resource(id)?.type == resource.type,
                        ReplacementRules.withFixedTags.contains(resource.type)
                    else { continue }
                    difference.resources.removeAll { $0.id == id }
                    difference.resources.append(comparison.retagged(resource))
                }
            }
        case (nil, let after?):
            var new = try TemplateFile(bytes(after, self.new), path: after.template)
            try new.readAll()
            let comparison = ResourceComparison(clock: clock, old: nil, new: new)
            difference.resources = new.ids.compactMap { new.resource($0) }
                .filter { !comparison.isPart($0, change: .added) }.map(comparison.added)
        case (let before?, nil):
            var old = try TemplateFile(bytes(before, self.old), path: before.template)
            try old.readAll()
            let comparison = ResourceComparison(clock: clock, old: old, new: nil)
            difference.resources = old.ids.compactMap { old.resource($0) }
                .filter { !comparison.isPart($0, change: .removed) }.map(comparison.removed)
            difference.isLeft = !isPruned(before)
            if difference.isLeft {
                for index in difference.resources.indices {
                    difference.resources[index].isKept = true
                    difference.resources[index].isLeft = true
                    difference.resources[index].losses = []
                }
            }
        case (nil, nil): break
        }
        return difference
    }

    /// Whether `deploy.sh --prune` deletes a stack that the project no longer has: one of a pipeline, where its environment is still.
    private func isPruned(_ stack: ProjectSide.Stack) -> Bool {
        stack.kind == "core"
            && new.stacks.contains { other in
                other.kind == "infra" && other.environment == stack.environment && other.key.region == stack.key.region
                    && (other.key.account == nil || stack.key.account == nil || other.key.account == stack.key.account)
            }
    }

    private func bytes(_ stack: ProjectSide.Stack, _ side: ProjectSide) throws(UnreadableTemplate) -> [UInt8] {
        guard let bytes = side.templates[stack.template] else {
            throw UnreadableTemplate(path: stack.template, reason: "the manifest lists it, and it is not there")
        }
        return bytes
    }

    /// A name that one resource gives up and another takes: CloudFormation creates first, and AWS refuses the second.
    private static func findNameClashes(_ difference: inout ProjectDifference) {
        struct Name: Hashable {
            var type: String
            var name: String
            /// Nil for IAM, which has none.
            var region: String?
            var account: String?

            init(_ resource: ResourceDifference, _ name: String, _ key: StackKey) {
                type = resource.type
                self.name = name
                region = resource.type.hasPrefix("AWS::IAM::") ? nil : key.region
                account = key.account
            }
        }
        var removed: [Name: (stack: String, fate: String)] = [:]
        for stack in difference.stacks {
            for resource in stack.resources where resource.change == .removed {
                guard let name = resource.name else { continue }
                let fate =
                    if stack.isLeft {
                        "stays until you delete it"
                    } else if resource.isKept {
                        "leaves it in AWS"
                    } else if stack.change == .removed {
                        "stays until `deploy.sh --prune`, which deletes it last"
                    } else {
                        "removes it only after this one is made"
                    }
                removed[Name(resource, name, stack.key)] = ("\(stack.key.name)` in `\(stack.key.region)", fate)
            }
        }
        guard !removed.isEmpty else { return }
        for place in difference.stacks.indices {
            let key = difference.stacks[place].key
            for index in difference.stacks[place].resources.indices {
                let resource = difference.stacks[place].resources[index]
                guard resource.change == .added, let name = resource.name,
                    let other = removed[Name(resource, name, key)]
                else { continue }
                difference.stacks[place].resources[index].obstacle =
                    "the stack `\(other.stack)` has a resource with this name, and \(other.fate): the update fails"
            }
        }
    }
}

/// What a template has beside its resources.
enum TemplateComparison {
    /// Digests of functions: their resources tell what changes.
    private static func withoutVersions(_ value: Tree?, _ name: String) -> Tree? {
        guard name == "Mappings", let value else { return value }
        let others = value.members.filter { $0.name != "Functions" }
        return others.isEmpty ? nil : .object(others)
    }

    static func compare(_ old: Tree, _ new: Tree) -> [Entry] {
        var entries: [Entry] = []
        let (before, after) = (old["Outputs"]?.members ?? [], new["Outputs"]?.members ?? [])
        for name in PropertyComparison.names(before, after) {
            let (oldOutput, newOutput) = (old["Outputs"]?[name], new["Outputs"]?[name])
            func words(_ output: Tree) -> String {
                let value = output["Value"]?.shown ?? ""
                return output["Export"]?["Name"].map { "\(value), exported as \($0.shown)" } ?? value
            }
            let (oldWords, newWords) = (oldOutput.map(words), newOutput.map(words))
            guard oldWords != newWords else { continue }
            let isLost = oldOutput?["Export"] != nil && newOutput?["Export"] == nil
            entries.append(
                Entry(
                    .output, name, old: oldWords, new: newWords,
                    // CloudFormation guide, "Fn::ImportValue": an export cannot be removed or changed while it is imported.
                    note: isLost ? "fails while another stack imports it" : nil))
        }
        var rest = PropertyComparison()
        for name in PropertyComparison.names(old.members, new.members)
        where name != "Outputs" && name != "Resources" {
            rest.compare(name, withoutVersions(old[name], name), withoutVersions(new[name], name))
        }
        return entries + rest.entries
    }
}
