internal import DorcText

/// One resource on both sides -> what differs, or nil.
struct ResourceComparison {
    let clock: RunClock
    /// Both sides of the stack's template, for the names of its functions.
    let old: TemplateFile?
    let new: TemplateFile?

    func compare(_ before: TemplateFile.Resource, _ after: TemplateFile.Resource) -> ResourceDifference? {
        guard before.type == after.type else { return retyped(before, after) }
        var difference = ResourceDifference(
            id: after.id, type: after.type, name: ResourceFacts.name(of: after), change: .changed)
        difference.entries = entries(before, after)
        let verdict = ReplacementRules.verdict(
            type: after.type, old: before.properties, new: after.properties)
        guard !difference.entries.isEmpty || !verdict.paths.isEmpty else { return nil }
        if verdict.replaces || verdict.mayReplace {
            difference.change = verdict.replaces ? .replaced : .maybeReplaced
            difference.isKept = ResourceFacts.isKeptWhenReplaced(old: before, new: after)
            difference.losses = difference.isKept ? [] : ResourceFacts.lossesOfReplaced(before, by: after)
            difference.obstacle = obstacle(before, after, verdict)
            for index in difference.entries.indices where difference.entries[index].kind == .property {
                let path = difference.entries[index].subject
                if verdict.paths.contains(where: { Self.overlap(path, $0) }) {
                    difference.entries[index].note = verdict.replaces ? "forces replacement" : "may force replacement"
                }
            }
        }
        return difference
    }

    /// Whether it comes or goes with a function that is told of.
    func isPart(_ resource: TemplateFile.Resource, change: ResourceDifference.Change) -> Bool {
        guard resource.type == Self.versionType, let function = resource.properties["FunctionName"]?["Ref"]?.text else {
            return false
        }
        switch change {
        case .added: return old?.resource(function) == nil && old?.resource(resource.id) == nil
        case .removed: return new?.resource(function) == nil
        case .changed, .replaced, .maybeReplaced: return false
        }
    }

    func added(_ resource: TemplateFile.Resource) -> ResourceDifference {
        var difference = ResourceDifference(
            id: resource.id, type: resource.type, name: ResourceFacts.name(of: resource), change: .added)
        difference.entries = special(nil, resource).map { entry in
            // What a new resource may do is not a wider permission of one that was there.
            var entry = entry
            entry.effect = nil
            return entry
        }
        return difference
    }

    func removed(_ resource: TemplateFile.Resource) -> ResourceDifference {
        let isKept = ResourceFacts.isKept(resource)
        return ResourceDifference(
            id: resource.id, type: resource.type, name: ResourceFacts.name(of: resource), change: .removed,
            isKept: isKept,
            losses: isKept
                ? []
                // Without the stack there are no runs.
                : new == nil ? ResourceFacts.losses(of: resource.type) : ResourceFacts.lossesOfRemoved(resource))
    }

    /// The stack's tags change, which CloudFormation hands on to a resource that cannot change its own.
    func retagged(_ resource: TemplateFile.Resource) -> ResourceDifference {
        var difference = ResourceDifference(
            id: resource.id, type: resource.type, name: ResourceFacts.name(of: resource), change: .replaced,
            losses: ResourceFacts.losses(of: resource.type))
        difference.obstacle =
            difference.name == nil
            ? nil : "CloudFormation does not replace a resource under the name that it has: the update fails"
        difference.entries = [
            Entry(.setting, "", object: "the stack's tags", note: "forces replacement", change: .changed)
        ]
        return difference
    }

    private func retyped(_ before: TemplateFile.Resource, _ after: TemplateFile.Resource) -> ResourceDifference {
        let isKept = ResourceFacts.isKeptWhenReplaced(old: before, new: after)
        return ResourceDifference(
            id: after.id, type: after.type, name: ResourceFacts.name(of: after), change: .replaced, isKept: isKept,
            losses: isKept ? [] : ResourceFacts.lossesOfReplaced(before, by: after),
            // CloudFormation guide, "Troubleshooting": "Update of resource type is not permitted".
            obstacle: "CloudFormation does not change the type of a resource: give it another logical id",
            entries: [Entry(.property, "Type", old: before.type, new: after.type, note: "forces replacement")])
    }

    /// CloudFormation creates the new resource before it removes the old one, and does not try where the name is given and
    /// stays (guide, "Name type": "CloudFormation cannot update a stack when a custom-named resource requires replacing").
    private func obstacle(
        _ before: TemplateFile.Resource, _ after: TemplateFile.Resource, _ verdict: ReplacementRules.Verdict
    ) -> String? {
        guard verdict.replaces, let name = ResourceFacts.name(of: after), name == ResourceFacts.name(of: before) else {
            return nil
        }
        return "CloudFormation does not replace a resource under the name that it has: the update fails"
    }

    /// Whether one path is inside the other.
    private static func overlap(_ left: String, _ right: String) -> Bool {
        let (short, long) = left.utf8.count < right.utf8.count ? (left, right) : (right, left)
        return long == short || long.hasPrefix("\(short).") || long.hasPrefix("\(short)[")
    }

    // MARK: Entries

    private func entries(_ before: TemplateFile.Resource, _ after: TemplateFile.Resource) -> [Entry] {
        var entries = special(before, after)
        var rest = PropertyComparison()
        for name in PropertyComparison.names(before.tree.members, after.tree.members)
        where name != "Type" && name != "Properties" {
            rest.compare(name, before.tree[name], after.tree[name])
        }
        rest.compare("", Self.rest(before), Self.rest(after))
        entries += rest.entries
        return entries
    }

    /// What has words of its own.
    private func special(_ before: TemplateFile.Resource?, _ after: TemplateFile.Resource) -> [Entry] {
        let (old, new) = (before?.properties, after.properties)
        var entries = ResourcePolicies.compare(type: after.type, old, new)
        switch after.type {
        case "AWS::Lambda::Function":
            FunctionComparison.compare(old, new, into: &entries)
            if let before { entries += description(before, after) }
        case "AWS::Batch::JobDefinition": JobComparison.compare(old, new, into: &entries)
        case "AWS::Scheduler::Schedule":
            let name = ResourceFacts.name(of: after) ?? after.id
            ScheduleComparison.compare(old, new, name: name, clock: clock, into: &entries)
        case "AWS::StepFunctions::StateMachine": entries += workflow(old, new)
        default: NoticeComparison.compare(type: after.type, old, new, into: &entries)
        }
        if let old { entries += Self.tags(old, new) }
        return entries
    }

    /// Without the digest at its end: what it is made of is told.
    private func description(_ before: TemplateFile.Resource, _ after: TemplateFile.Resource) -> [Entry] {
        let (old, new) = (self.old?.description(of: before), self.new?.description(of: after))
        return old == new ? [] : [Entry(.property, "Description", old: old, new: new)]
    }

    private func workflow(_ before: Tree?, _ after: Tree) -> [Entry] {
        let oldDefinition = before.flatMap(MachineDefinition.of)
        guard let newDefinition = MachineDefinition.of(after),
            let view = WorkflowReader.read(after, function: { Self.function($0, new) })
        else { return [] }
        if let oldDefinition, oldDefinition.isSame(as: newDefinition) { return [] }
        let oldView = before.flatMap { WorkflowReader.read($0, function: { Self.function($0, old) }) }
        if before != nil, oldView == nil { return [] }
        let entries = WorkflowView.compare(oldView, view)
        guard entries.isEmpty else { return entries }
        // How the steps' events are passed on, say.
        return [
            Entry(.setting, "", object: "states", note: "the same steps are compiled to other states", change: .changed)
        ]
    }

    static let versionType = "AWS::Lambda::Version"

    /// `raw/census/extract` of the function with that logical id, or of its version.
    private static func function(_ id: String, _ file: TemplateFile?) -> String {
        guard let resource = file?.resource(id) else { return id }
        // A machine calls a version of it.
        if resource.type == versionType, let name = resource.properties["FunctionName"]?["Ref"]?.text, name != id {
            return function(name, file)
        }
        let words = file?.description(of: resource)?.split(separator: " ") ?? []
        if let first = words.first, first.split(separator: "/").count == 3 { return String(first) }
        return ResourceFacts.name(of: resource) ?? id
    }

    private static func tags(_ old: Tree, _ new: Tree) -> [Entry] {
        func tags(_ tree: Tree) -> [String: String] {
            let pairs = (tree["Tags"]?.items ?? []).compactMap { tag in
                tag["Key"]?.scalar.map { ($0, tag["Value"]?.shown ?? "") }
            }
            let members = (tree["Tags"]?.members ?? []).map { ($0.name, $0.value.shown) }
            return Dictionary(pairs + members, uniquingKeysWith: { first, _ in first })
        }
        return self.tags(tags(old), tags(new))
    }

    static func tags(_ before: [String: String], _ after: [String: String]) -> [Entry] {
        Set(before.keys).union(after.keys).sorted().compactMap { key in
            before[key] == after[key] ? nil : Entry(.tag, key, old: before[key], new: after[key])
        }
    }

    /// The properties without what `special` compares.
    private static func rest(_ resource: TemplateFile.Resource) -> Tree {
        var rest = ResourcePolicies.rest(type: resource.type, resource.properties)
        switch resource.type {
        case "AWS::Lambda::Function": rest = FunctionComparison.rest(rest)
        case "AWS::Batch::JobDefinition": rest = JobComparison.rest(rest)
        case "AWS::Scheduler::Schedule": rest = ScheduleComparison.rest(rest)
        case "AWS::StepFunctions::StateMachine" where MachineDefinition.of(resource.properties) != nil:
            rest = .object(rest.members.filter { !["Definition", "DefinitionString"].contains($0.name) })
        default: rest = NoticeComparison.rest(type: resource.type, rest)
        }
        return .object(rest.members.filter { $0.name != "Tags" })
    }
}
