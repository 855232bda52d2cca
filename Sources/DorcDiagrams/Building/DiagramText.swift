/// A pipeline's diagram in sentences, for those who do not see it.
enum DiagramText {
    static func description(of diagram: PipelineDiagram) -> String {
        var parts: [String] = []
        if let text = diagram.description, !text.isEmpty { parts.append(text.hasSuffix(".") ? text : text + ".") }
        let steps = diagram.nodes.count { !$0.isHandler }
        let handlers = diagram.nodes.count - steps
        var text = Words.count(steps, diagram.isDefinition ? "state" : "step")
        if handlers > 0 { text += " and \(Words.count(handlers, "handler"))" }
        parts.append(
            text + ": " + diagram.nodes.prefix(30).map(\.name).joined(separator: ", ")
                + (diagram.nodes.count > 30 ? ", …" : "") + ".")
        if !diagram.starters.isEmpty {
            parts.append(
                "Started by " + diagram.starters.map { "\($0.name) (\($0.words))" }.joined(separator: "; ") + ".")
        }
        return parts.joined(separator: " ")
    }
}
