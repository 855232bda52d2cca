internal import DorcText

/// A difference as JSON, for programs.
package enum DifferenceJSON {
    package static func render(_ difference: ProjectDifference) -> String {
        let summary = DifferenceSummary(difference)
        let counts = [
            ("stacks", summary.stacks), ("added", summary.added), ("changed", summary.changed),
            ("replaced", summary.replaced), ("maybeReplaced", summary.maybeReplaced), ("removed", summary.removed),
            ("kept", summary.kept), ("code", summary.code), ("wider", summary.wider), ("narrower", summary.narrower),
        ]
        let value = Tree.object([
            .init(name: "version", value: number(1)),
            .init(name: "old", value: .text(difference.old)),
            .init(name: "new", value: .text(difference.new)),
            .init(
                name: "summary",
                value: .object(counts.map { Tree.Member(name: $0.0, value: number($0.1)) })),
            .init(name: "stacks", value: .list(difference.stacks.map(stack))),
        ])
        var writer = Writer()
        writer.write(value, indent: 0)
        return writer.text + "\n"
    }

    private static func stack(_ stack: StackDifference) -> Tree {
        object([
            ("name", .text(stack.key.name)), ("region", .text(stack.key.region)), ("account", text(stack.key.account)),
            ("kind", .text(stack.kind)), ("environment", text(stack.environment)), ("pipeline", text(stack.pipeline)),
            ("change", .text(stack.change.rawValue)), ("left", stack.isLeft ? .boolean(true) : nil),
            ("entries", .list(stack.entries.map(entry))), ("resources", .list(stack.resources.map(resource))),
        ])
    }

    private static func resource(_ resource: ResourceDifference) -> Tree {
        object([
            ("id", .text(resource.id)), ("type", .text(resource.type)), ("name", text(resource.name)),
            ("change", .text(resource.change.rawValue)), ("kept", .boolean(resource.isKept)),
            ("lost", .list(resource.losses.map { .text($0) })), ("obstacle", text(resource.obstacle)),
            ("entries", .list(resource.entries.map(entry))),
        ])
    }

    /// Without what it does not have.
    private static func entry(_ entry: Entry) -> Tree {
        object([
            ("kind", .text(entry.kind.rawValue)), ("change", .text(entry.change.rawValue)),
            ("subject", .text(entry.subject)), ("object", text(entry.object)), ("old", text(entry.old)),
            ("new", text(entry.new)), ("effect", text(entry.effect?.rawValue)), ("note", text(entry.note)),
        ])
    }

    private static func object(_ members: [(String, Tree?)]) -> Tree {
        .object(members.compactMap { name, value in value.map { Tree.Member(name: name, value: $0) } })
    }

    private static func text(_ text: String?) -> Tree? { text.map { .text($0) } }
    private static func number(_ value: Int) -> Tree { .number(JSONNumber(value)) }

    private struct Writer {
        var text = ""

        mutating func write(_ value: Tree, indent: Int) {
            switch value {
            case .object(let members) where !members.isEmpty:
                write("{", "}", members, indent) { writer, member in
                    writer.text += "\(JSONText.literal(member.name)): "
                    writer.write(member.value, indent: indent + 2)
                }
            case .list(let items) where !items.isEmpty:
                write("[", "]", items, indent) { writer, item in writer.write(item, indent: indent + 2) }
            case .object: text += "{}"
            case .list: text += "[]"
            case .text(let string): text += JSONText.literal(string)
            case .number, .boolean: text += value.scalar ?? "null"
            case .null: text += "null"
            }
        }

        private mutating func write<Item>(
            _ open: String, _ close: String, _ items: [Item], _ indent: Int, _ body: (inout Writer, Item) -> Void
        ) {
            text += open
            for (index, item) in items.enumerated() {
                text += (index == 0 ? "\n" : ",\n") + String(repeating: " ", count: indent + 2)
                body(&self, item)
            }
            text += "\n" + String(repeating: " ", count: indent) + close
        }
    }
}
