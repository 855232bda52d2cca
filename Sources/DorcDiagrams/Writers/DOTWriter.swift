internal import DorcModel
internal import DorcText

/// Diagrams -> the language of Graphviz (https://graphviz.org/doc/info/lang.html).
package enum DOTWriter {
    package static func text(of diagram: PipelineDiagram) -> String {
        var lines = opening("Pipeline \(diagram.id)")
        for (index, starter) in diagram.starters.enumerated() {
            let words = starter.note.isEmpty ? starter.words : "\(starter.words), \(starter.note)"
            lines.append(
                "t\(index) [label=\(label(starter.name, words)), style=\"filled,rounded\", fillcolor=\"#f1f2f4\", color=\"#858d98\"];"
            )
        }
        lines.append("start [shape=circle, label=\"\", width=0.2, fixedsize=true, color=\"#858d98\"];")
        let handlers = diagram.nodes.indices.filter { diagram.nodes[$0].isHandler }
        let steps = diagram.nodes.indices.filter { !diagram.nodes[$0].isHandler }
        for index in steps { lines.append(node(index, diagram.nodes[index])) }
        if !handlers.isEmpty {
            lines.append("subgraph cluster_handlers {")
            lines.append("  label=\"On error\"; color=\"#b3261e\"; fontcolor=\"#b3261e\"; style=dashed;")
            for index in handlers { lines.append("  " + node(index, diagram.nodes[index])) }
            lines.append("}")
        }
        for index in diagram.starters.indices { lines.append("t\(index) -> start;") }
        for index in MermaidWriter.firsts(of: diagram, among: steps) {
            lines.append("start -> n\(index)\(condition(diagram.nodes[index]));")
        }
        for edge in diagram.edges where edge.kind == .flow {
            lines.append("n\(edge.source) -> n\(edge.target)\(condition(diagram.nodes[edge.target]));")
        }
        for (source, node) in diagram.nodes.enumerated() {
            for catcher in node.catchers {
                lines.append(
                    "n\(source) -> n\(catcher.handler) [label=\(quoted(catcher.errors)), style=dashed, color=\"#b3261e\", fontcolor=\"#b3261e\"];"
                )
            }
            if let outcome = node.outcome {
                lines.append(
                    "r\(source) [label=\"\(outcome == .fails ? "run fails" : "run goes on")\", shape=plaintext];")
                lines.append("n\(source) -> r\(source);")
            }
        }
        return closed(lines)
    }

    package static func text(of diagram: ProjectDiagram) -> String {
        var lines = opening("Project \(diagram.name)")
        var layer = 0
        for (index, pipeline) in diagram.pipelines.enumerated() {
            if index == 0 || pipeline.id.layer != diagram.pipelines[index - 1].id.layer {
                if index > 0 { lines.append("}") }
                lines.append("subgraph cluster_\(layer) {")
                lines.append("  label=\(quoted(pipeline.id.layer)); color=\"#c3c9d1\"; style=rounded;")
                layer += 1
            }
            lines.append("  n\(index) [label=\(label(pipeline.id.name, ProjectLayout.detail(of: pipeline)))];")
        }
        if !diagram.pipelines.isEmpty { lines.append("}") }
        for edge in diagram.edges {
            let style =
                switch edge.kind {
                case .runs: "label=\"runs\""
                case .success: "label=\"then\", style=dashed"
                case .any: "label=\"at its end\", style=dashed"
                case .failure: "label=\"if it fails\", style=dashed, color=\"#b3261e\", fontcolor=\"#b3261e\""
                }
            lines.append("n\(edge.source) -> n\(edge.target) [\(style)];")
        }
        return closed(lines)
    }

    private static func opening(_ title: String) -> [String] {
        [
            "digraph {", "  label=\(quoted(title)); labelloc=t; rankdir=LR; fontname=\"Helvetica\";",
            "  node [shape=box, style=rounded, fontname=\"Helvetica\", fontsize=11, color=\"#1f57c3\"];",
            "  edge [fontname=\"Helvetica\", fontsize=9, color=\"#858d98\", arrowsize=0.7];",
        ]
    }

    private static func closed(_ lines: [String]) -> String {
        lines[..<4].joined(separator: "\n") + lines[4...].map { "\n  " + $0 }.joined() + "\n}\n"
    }

    private static func node(_ index: Int, _ node: DiagramNode) -> String {
        let style: String =
            switch node.kind {
            case .function, .job: ""
            case .task, .pass: ", color=\"#4b5763\""
            case .map, .distributedMap: ", color=\"#0a6e69\", peripheries=2"
            case .pipeline: ", color=\"#6a3db8\", peripheries=2"
            case .wait: ", color=\"#8a5300\", style=\"rounded,dashed\""
            case .choice: ", color=\"#6a3db8\", shape=diamond, style=solid"
            case .parallel: ", color=\"#0a6e69\", shape=hexagon, style=solid"
            case .succeed: ", color=\"#1c6f3a\""
            case .fail: ", color=\"#b3261e\""
            }
        return "n\(index) [label=\(label(node.name, node.detail))\(node.isHandler ? ", color=\"#b3261e\"" : style)];"
    }

    private static func condition(_ node: DiagramNode) -> String {
        node.condition.map { " [label=\(quoted("if \($0)"))]" } ?? ""
    }

    private static func label(_ name: String, _ detail: String) -> String {
        quoted(detail.isEmpty ? name : "\(name)\n\(detail)")
    }

    /// A label: backslashes begin escapes there, and `&` those of HTML.
    static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "&": result += "&amp;"
            case "\n": result += "\\n"
            case "\u{0}"..<" ", "\u{7F}": result += "\u{FFFD}"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}
