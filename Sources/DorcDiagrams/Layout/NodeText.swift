internal import DorcModel

/// What is in a node's box, and how large that makes it.
struct NodeText {
    private let node: DiagramNode
    private let names: [DiagramNode]

    static let (nameSize, detailSize) = (13, 11)
    private static let narrowest = 148
    private static let widest = 268
    /// To the left of the texts: the icon.
    static let inset = 42
    private static let padding = 14
    /// More lines about errors than that are summed up.
    private static let mostCatchers = 2

    init(_ node: DiagramNode, in diagram: PipelineDiagram) {
        self.node = node
        names = diagram.nodes
    }

    /// All boxes of a diagram have one width: columns are columns then.
    static func width(of diagram: PipelineDiagram) -> Int {
        let wanted =
            diagram.nodes.map { node in
                max(
                    TextWidth.of(node.name, size: nameSize, isBold: true), TextWidth.of(node.detail, size: detailSize),
                    node.condition.map { TextWidth.of("if \($0)", size: detailSize) } ?? 0)
            }.max() ?? 0
        return min(max(wanted + inset + padding, narrowest), widest)
    }

    var height: Int { 44 + (node.condition == nil ? 0 : 18) + 16 * errorLines.count }

    private var errorLines: [String] {
        var lines = node.catchers.prefix(Self.mostCatchers).map { catcher in
            let handler = names.indices.contains(catcher.handler) ? names[catcher.handler].name : ""
            return "\(catcher.errors) → \(handler)"
        }
        if node.catchers.count > lines.count { lines[lines.count - 1] = "errors → \(node.catchers.count) handlers" }
        return lines
    }

    func lines(width: Int) -> [Scene.Line] {
        let room = width - Self.inset - Self.padding + 4
        func fit(_ text: String, _ cut: TextWidth.Cut = .end) -> String {
            TextWidth.fit(text, width: room, size: Self.detailSize, cut: cut)
        }
        var lines: [Scene.Line] = []
        var y = 0
        if let condition = node.condition {
            lines.append(Scene.Line(kind: .condition, text: fit("if \(condition)"), y: 17))
            y = 18
        }
        let name = TextWidth.fit(node.name, width: room, size: Self.nameSize, isBold: true, cut: .middle)
        lines.append(Scene.Line(kind: .name, text: name, y: y + (node.detail.isEmpty ? 27 : 20)))
        if !node.detail.isEmpty { lines.append(Scene.Line(kind: .detail, text: fit(node.detail), y: y + 35)) }
        for (position, text) in errorLines.enumerated() {
            lines.append(
                Scene.Line(kind: .error, text: fit(text), y: y + 51 + 16 * position - (node.detail.isEmpty ? 5 : 0)))
        }
        return lines
    }

    /// All of it, for the tooltip and for those who do not see the drawing.
    var title: String {
        var parts = ["\(node.kind.title) \(node.name)"]
        if node.isHandler { parts[0] = "Handler: " + parts[0] }
        if let condition = node.condition { parts.append("if \(condition)") }
        if !node.detail.isEmpty { parts.append(node.detail) }
        parts += errorLines.map { "on error: \($0)" }
        return parts.joined(separator: "\n")
    }
}
