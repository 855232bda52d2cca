/// The properties of a type of resource whose change makes CloudFormation replace it; a path is `VpcConfig.SubnetIds`.
struct ReplacementRules {
    /// `createOnlyProperties` of AWS's resource schema.
    var always: [String]
    /// `conditionalCreateOnlyProperties`: some changes of them.
    var maybe: [String]

    struct Verdict: Equatable {
        var replaces = false
        var mayReplace = false
        /// The properties that say so.
        var paths: [String] = []
    }

    /// What a change of the properties does to a resource. Of a type that the table does not have, nothing is known.
    static func verdict(type: String, old: Tree, new: Tree) -> Verdict {
        guard let rules = table[type] else { return Verdict() }
        let always = rules.always.filter { differs($0, old, new) }
        let maybe = rules.maybe.filter { differs($0, old, new) }
        return Verdict(replaces: !always.isEmpty, mayReplace: !maybe.isEmpty, paths: always + maybe)
    }

    private static func differs(_ path: String, _ old: Tree, _ new: Tree) -> Bool {
        func value(_ tree: Tree) -> Tree? {
            path.split(separator: ".").reduce(tree) { tree, name in tree?[String(name)] }
        }
        switch (value(old), value(new)) {
        case (nil, nil): return false
        case (let old?, let new?): return !old.isSameProperty(as: new)
        default: return true
        }
    }
}
