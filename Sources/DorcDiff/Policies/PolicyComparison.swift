/// Two sets of grants -> what is allowed more, and what less.
///
/// A grant that appears widens, but where what was granted before covers it; one that goes narrows, but where what is left
/// covers it. One that covers one that goes is that one made wider: a shorter prefix, a dropped condition. Of a denial the
/// reverse holds.
struct PolicyComparison {
    private struct Change {
        var old: Grant?
        var new: Grant?
        var isWider: Bool
    }

    private var changes: [Change] = []

    static func compare(old: [Grant], new: [Grant]) -> [Entry] {
        var comparison = PolicyComparison()
        for isDeny in [false, true] {
            comparison.compare(old.filter { $0.isDeny == isDeny }, new.filter { $0.isDeny == isDeny })
        }
        return comparison.entries
    }

    private mutating func compare(_ old: [Grant], _ new: [Grant]) {
        let (before, after) = (Set(old), Set(new))
        var gone = old.filter { !after.contains($0) }
        var come = new.filter { !before.contains($0) }
        guard !gone.isEmpty || !come.isEmpty else { return }
        let isWider = come.map { grant in !old.contains { $0.covers(grant) } }
        let wider = zip(come, isWider).filter(\.1).map(\.0)
        come = zip(come, isWider).filter { !$0.1 }.map(\.0)
        for grant in wider {
            changes.append(Change(old: gone.first { grant.covers($0) }, new: grant, isWider: true))
            gone.removeAll { grant.covers($0) }
        }
        for grant in gone where !new.contains(where: { $0.covers(grant) }) {
            let rest = come.firstIndex { grant.covers($0) }
            changes.append(Change(old: grant, new: rest.map { come[$0] }, isWider: false))
        }
    }

    // MARK: As entries

    /// Grants that differ in their actions alone are told together, and then those that differ in their resources alone.
    private var entries: [Entry] {
        var told: [Told] = changes.map {
            Told(old: $0.old.map(Statement.init), new: $0.new.map(Statement.init), isWider: $0.isWider)
        }
        told = Told.joined(told, by: \.actions)
        told = Told.joined(told, by: \.resources)
        return told.map { told in
            let isDeny = told.new?.isDeny ?? told.old?.isDeny ?? false
            return Entry(
                .permission, isDeny ? "deny" : "allow", old: told.old?.words, new: told.new?.words,
                effect: told.isWider != isDeny ? .wider : .narrower)
        }
    }

    private struct Told {
        var old: Statement?
        var new: Statement?
        var isWider: Bool

        static func joined(_ all: [Told], by part: WritableKeyPath<Statement, [String]>) -> [Told] {
            var result: [Told] = []
            for each in all {
                let match = result.firstIndex { first in
                    guard first.isWider == each.isWider, (first.old == nil) == (each.old == nil),
                        (first.new == nil) == (each.new == nil)
                    else { return false }
                    let isAlike = { (left: Statement?, right: Statement?) in
                        left?.without(part) == right?.without(part)
                    }
                    guard isAlike(first.old, each.old), isAlike(first.new, each.new) else { return false }
                    // Of a change, the part has to be the same on both sides, or the pairs would be mixed up.
                    guard let old = each.old, let new = each.new else { return true }
                    return old[keyPath: part] == new[keyPath: part]
                        && first.old?[keyPath: part] == first.new?[keyPath: part]
                }
                guard let match else {
                    result.append(each)
                    continue
                }
                result[match].old?.add(each.old, part)
                result[match].new?.add(each.new, part)
            }
            return result
        }
    }
}

/// Grants that are told in one line.
private struct Statement: Equatable {
    var isDeny: Bool
    var actions: [String]
    var resources: [String]
    var principal: String?
    var condition: String?

    init(_ grant: Grant) {
        isDeny = grant.isDeny
        actions = Self.texts(grant.action)
        resources = Self.texts(grant.resource)
        principal = grant.principal.map { Self.texts($0).joined(separator: ", ") }
        let tests = grant.condition.map { constraint in
            "\(constraint.test) \(constraint.key) \(constraint.values.joined(separator: " or "))"
        }
        condition = tests.isEmpty ? nil : tests.sorted().joined(separator: " and ")
    }

    private static func texts(_ pattern: Grant.Pattern) -> [String] {
        pattern.isNegated ? ["all but " + pattern.values.joined(separator: ", ")] : pattern.values
    }

    func without(_ part: WritableKeyPath<Statement, [String]>) -> Statement {
        var rest = self
        rest[keyPath: part] = []
        return rest
    }

    mutating func add(_ other: Statement?, _ part: WritableKeyPath<Statement, [String]>) {
        for text in other?[keyPath: part] ?? [] where !self[keyPath: part].contains(text) {
            self[keyPath: part].append(text)
        }
    }

    /// As in "lambda.amazonaws.com: sts:AssumeRole if StringEquals aws:SourceAccount 111122223333".
    var words: String {
        var words = principal.map { "\($0): " } ?? ""
        words += actions.joined(separator: ", ")
        if !resources.isEmpty { words += " on " + resources.joined(separator: ", ") }
        if let condition { words += " if \(condition)" }
        return words
    }
}
