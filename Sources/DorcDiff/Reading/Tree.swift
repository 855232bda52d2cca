internal import DorcText

/// A value of a template. CloudFormation's functions have one form, whichever way they are written: `!GetAtt A.Arn`,
/// `{"Fn::GetAtt": "A.Arn"}` and `{"Fn::GetAtt": ["A", "Arn"]}` are all the last of them.
typealias Tree = JSONValue<String>

extension JSONValue<String> {
    subscript(_ name: String) -> Tree? {
        guard case .object(let members) = self else { return nil }
        return members.first { $0.name == name }?.value
    }

    var members: [Member] {
        guard case .object(let members) = self else { return [] }
        return members
    }

    /// One value is as good as a list of it: IAM's documents and many others have it so.
    var items: [Tree] {
        guard case .list(let items) = self else { return [self] }
        return items
    }

    var text: String? {
        guard case .text(let text) = self else { return nil }
        return text
    }

    /// Of a scalar, as it is written.
    var scalar: String? {
        switch self {
        case .text(let text): text
        case .number(let number): number.text
        case .boolean(let flag): flag ? "true" : "false"
        case .null, .list, .object: nil
        }
    }

    var integer: Int? { scalar.flatMap { Int($0) } }

    /// Whether they mean the same: the members of an object have no order.
    func isSame(as other: Tree) -> Bool {
        switch (self, other) {
        case (.object(let left), .object(let right)):
            guard left.count == right.count else { return false }
            if zip(left, right).allSatisfy({ $0.name == $1.name }) {
                return zip(left, right).allSatisfy { $0.value.isSame(as: $1.value) }
            }
            let others = Dictionary(right.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
            return left.allSatisfy { member in others[member.name]?.isSame(as: member.value) ?? false }
        case (.list(let left), .list(let right)):
            return left.count == right.count && zip(left, right).allSatisfy { $0.isSame(as: $1) }
        default: return self == other
        }
    }

    /// The same for a property of a resource: CloudFormation makes numbers and booleans of texts, and texts of those.
    func isSameProperty(as other: Tree) -> Bool {
        switch (self, other) {
        case (.object(let left), .object):
            guard left.count == other.members.count else { return false }
            return left.allSatisfy { member in other[member.name]?.isSameProperty(as: member.value) ?? false }
        case (.list(let left), .list(let right)):
            return left.count == right.count && zip(left, right).allSatisfy { $0.isSameProperty(as: $1) }
        default:
            if let left = scalar, let right = other.scalar { return left == right }
            return self == other
        }
    }
}

extension JSONValue<String> {
    /// On one line, for people: a text alone without quotes, a function as `${Name.Arn}`, all else as JSON whose members are
    /// in the order of their names.
    var shown: String {
        if let text = Self.plain(self) { return text }
        switch self {
        case .null: return "null"
        case .list(let items): return "[" + items.map(\.inner).joined(separator: ", ") + "]"
        case .object(let members):
            let sorted = members.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
            return "{" + sorted.map { "\(JSONText.literal($0.name)): \($0.value.inner)" }.joined(separator: ", ") + "}"
        case .text, .number, .boolean: return scalar ?? ""
        }
    }

    private var inner: String {
        switch self {
        case .text(let text): JSONText.literal(text)
        case .object: Self.function(self).map { JSONText.literal($0) } ?? shown
        case .null, .boolean, .number, .list: shown
        }
    }

    /// A scalar, or a function that gives a text; nil for other values.
    static func plain(_ tree: Tree) -> String? { tree.scalar ?? function(tree) }

    /// What a function gives, with holes where AWS fills it in; nil for what is not a function.
    private static func function(_ tree: Tree) -> String? {
        guard case .object(let members) = tree, members.count == 1, let member = members.first else { return nil }
        switch (member.name, member.value) {
        case ("Ref", .text(let name)): return "${\(name)}"
        case ("Fn::Sub", .text(let text)): return text
        case ("Fn::Sub", .list(let items)): return items.first?.text
        case ("Fn::GetAtt", .list(let parts)):
            let names = parts.compactMap(plain)
            return names.count == parts.count ? "${\(names.joined(separator: "."))}" : nil
        case ("Fn::ImportValue", let value): return plain(value).map { "import of \($0)" }
        case ("Fn::Join", .list(let parts)):
            guard parts.count == 2, let separator = parts.first?.text, case .list(let pieces)? = parts.last else {
                return nil
            }
            let texts = pieces.compactMap(plain)
            return texts.count == pieces.count ? texts.joined(separator: separator) : nil
        default: return nil
        }
    }
}
