internal import DorcText

/// The policies of a resource, wherever its type has them.
struct ResourcePolicies {
    /// Properties that are one document each.
    private static let documents = [
        "AWS::IAM::Role": ["AssumeRolePolicyDocument"], "AWS::IAM::ManagedPolicy": ["PolicyDocument"],
        "AWS::SNS::TopicPolicy": ["PolicyDocument"], "AWS::SQS::QueuePolicy": ["PolicyDocument"],
        "AWS::KMS::Key": ["KeyPolicy"], "AWS::ECR::Repository": ["RepositoryPolicyText"],
    ]

    /// Each of them is compared with its like.
    private var sets: [[Grant]] = []
    private var managed: [String] = []
    private var boundary: String?

    /// Nil for a resource that is not there.
    init(type: String, _ properties: Tree?) {
        guard let properties else { return }
        sets = (Self.documents[type] ?? []).map { properties[$0].map(Grant.all) ?? [] }
        guard type == "AWS::IAM::Role" else { return }
        // It does not matter in which of its policies a role has a statement.
        let inline = (properties["Policies"]?.items ?? []).compactMap { $0["PolicyDocument"] }.flatMap(Grant.all)
        var known: Set<Grant> = []
        sets.append(inline.filter { known.insert($0).inserted })
        managed = (properties["ManagedPolicyArns"]?.items ?? []).map(\.shown)
        boundary = properties["PermissionsBoundary"]?.shown
    }

    /// Without what is compared here.
    static func rest(type: String, _ properties: Tree) -> Tree {
        guard case .object(let members) = properties else { return properties }
        var names = Set(documents[type] ?? [])
        if type == "AWS::IAM::Role" { names.formUnion(["Policies", "ManagedPolicyArns", "PermissionsBoundary"]) }
        return .object(members.filter { !names.contains($0.name) })
    }

    static func compare(type: String, _ old: Tree?, _ new: Tree?) -> [Entry] {
        let (before, after) = (ResourcePolicies(type: type, old), ResourcePolicies(type: type, new))
        var entries: [Entry] = []
        for index in 0..<max(before.sets.count, after.sets.count) {
            entries += PolicyComparison.compare(
                old: index < before.sets.count ? before.sets[index] : [],
                new: index < after.sets.count ? after.sets[index] : [])
        }
        for arn in after.managed where !before.managed.contains(arn) {
            entries.append(Entry(.managedPolicy, arn, effect: .wider, change: .added))
        }
        for arn in before.managed where !after.managed.contains(arn) {
            entries.append(Entry(.managedPolicy, arn, effect: .narrower, change: .removed))
        }
        if before.boundary != after.boundary {
            // What another boundary allows is not in the template: it may be more.
            entries.append(
                Entry(
                    .boundary, "permissions boundary", old: before.boundary, new: after.boundary,
                    effect: before.boundary == nil ? .narrower : .wider))
        }
        return entries
    }
}
