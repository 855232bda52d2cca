internal import DorcText

/// A policy document taken apart: one action on one resource for one principal, under one condition. Two documents with the
/// same grants say the same, however their statements are cut, ordered and named.
struct Grant: Hashable {
    /// An entry of `Action`, or all of a `NotAction`.
    struct Pattern: Hashable {
        var isNegated = false
        var values: [String]
    }

    struct Constraint: Hashable {
        /// As in `StringEquals`.
        var test: String
        var key: String
        /// Sorted.
        var values: [String]
    }

    var isDeny: Bool
    var action: Pattern
    var resource: Pattern
    /// As in `Service: lambda.amazonaws.com`; nil in the policy of a role, which is who it speaks of.
    var principal: Pattern?
    /// All of them have to hold.
    var condition: Set<Constraint>

    /// The grants of a document, in its order.
    static func all(of document: Tree) -> [Grant] {
        var grants: [Grant] = []
        var known: Set<Grant> = []
        for statement in document["Statement"]?.items ?? [] {
            let isDeny = statement["Effect"]?.text == "Deny"
            let condition = constraints(statement["Condition"])
            for principal in principals(statement) {
                for action in patterns(statement, "Action") {
                    for resource in patterns(statement, "Resource") {
                        let grant = Grant(
                            isDeny: isDeny, action: action, resource: resource, principal: principal,
                            condition: condition)
                        if known.insert(grant).inserted { grants.append(grant) }
                    }
                }
            }
        }
        return grants
    }

    private static func patterns(_ statement: Tree, _ name: String) -> [Pattern] {
        if let values = statement[name] { return values.items.map { Pattern(values: [$0.shown]) } }
        if let values = statement["Not\(name)"] {
            return [Pattern(isNegated: true, values: values.items.map(\.shown).sorted())]
        }
        // A trust policy has no resource.
        return [Pattern(values: [])]
    }

    private static func principals(_ statement: Tree) -> [Pattern?] {
        func texts(_ tree: Tree) -> [String] {
            guard case .object(let members) = tree, Tree.plain(tree) == nil else { return tree.items.map(\.shown) }
            return members.flatMap { kind in
                // Services and accounts have different forms, but for `*`.
                kind.value.items.map { kind.name == "AWS" && $0.text == "*" ? "*" : $0.shown }
            }
        }
        if let principal = statement["Principal"] { return texts(principal).map { Pattern(values: [$0]) } }
        if let others = statement["NotPrincipal"] { return [Pattern(isNegated: true, values: texts(others).sorted())] }
        return [nil]
    }

    private static func constraints(_ condition: Tree?) -> Set<Constraint> {
        Set(
            (condition?.members ?? []).flatMap { test in
                test.value.members.map { key in
                    Constraint(test: test.name, key: key.name, values: key.value.items.map(\.shown).sorted())
                }
            })
    }
}
