internal import DorcText

/// Two values -> the properties that differ, each by its path. What has no order in CloudFormation is compared as a set.
struct PropertyComparison {
    private(set) var entries: [Entry] = []

    /// Members by which the items of a list are known.
    private static let identities = ["Key", "Id", "Name", "PolicyName", "Sid"]

    mutating func compare(_ path: String, _ old: Tree?, _ new: Tree?) {
        switch (old, new) {
        case (nil, nil): return
        case (let old?, nil): entries.append(Entry(.property, path, old: old.shown))
        case (nil, let new?): entries.append(Entry(.property, path, new: new.shown))
        case (let old?, let new?):
            if old.isSameProperty(as: new) { return }
            compare(path, old, new)
        }
    }

    private mutating func compare(_ path: String, _ old: Tree, _ new: Tree) {
        switch (old, new) {
        case (.object, .object) where Tree.plain(old) == nil && Tree.plain(new) == nil:
            for name in Self.names(old.members, new.members) {
                compare(path.isEmpty ? name : "\(path).\(name)", old[name], new[name])
            }
        case (.list(let before), .list(let after)): compareLists(path, before, after)
        default: entries.append(Entry(.property, path, old: old.shown, new: new.shown))
        }
    }

    static func names(_ old: [Tree.Member], _ new: [Tree.Member]) -> [String] {
        let known = Set(new.map(\.name))
        return new.map(\.name) + old.map(\.name).filter { !known.contains($0) }
    }

    private mutating func compareLists(_ path: String, _ old: [Tree], _ new: [Tree]) {
        if let before = Self.byIdentity(old), let after = Self.byIdentity(new), before.name == after.name {
            let known = Set(after.items.map(\.0))
            for id in after.items.map(\.0) + before.items.map(\.0).filter({ !known.contains($0) }) {
                compare(
                    "\(path)[\(id)]", before.items.first { $0.0 == id }?.1, after.items.first { $0.0 == id }?.1)
            }
            return
        }
        var gone = old
        var come: [Tree] = []
        for item in new {
            if let index = gone.firstIndex(where: { $0.isSameProperty(as: item) }) {
                gone.remove(at: index)
            } else {
                come.append(item)
            }
        }
        if gone.isEmpty, come.isEmpty {
            // The order alone.
            entries.append(
                Entry(.property, path, old: Tree.list(old).shown, new: Tree.list(new).shown, note: "another order"))
        } else if gone.count == 1, come.count == 1 {
            if case .object = gone[0] { compare(path, gone[0], come[0]) } else { add(path, gone[0], come[0]) }
        } else {
            for item in gone { add(path, item, nil) }
            for item in come { add(path, nil, item) }
        }
    }

    private mutating func add(_ path: String, _ old: Tree?, _ new: Tree?) {
        entries.append(Entry(.property, path, old: old?.shown, new: new?.shown))
    }

    /// Items by the member that each of them has with a value of its own; nil where there is none.
    private static func byIdentity(_ items: [Tree]) -> (name: String, items: [(String, Tree)])? {
        guard !items.isEmpty else { return nil }
        for name in identities {
            let ids = items.compactMap { $0[name]?.text }
            if ids.count == items.count, Set(ids).count == ids.count { return (name, Array(zip(ids, items))) }
        }
        return nil
    }
}
