internal import DorcModel
internal import DorcText

/// Diagrams -> flowcharts of Mermaid, which GitHub, GitLab and many wikis draw.
///
/// Every id is the writer's own (`n1`), so that no name can be a word of the language; every text is in quotes, and what means
/// something in there is written as a character code (https://mermaid.js.org/syntax/flowchart.html, "Entity codes to escape characters").
package enum MermaidWriter {
    package static func text(of diagram: PipelineDiagram) -> String {
        var chart = Chart(direction: "LR", title: "Pipeline \(diagram.id)", DiagramText.description(of: diagram))
        for (index, starter) in diagram.starters.enumerated() {
            let words = starter.note.isEmpty ? starter.words : "\(starter.words), \(starter.note)"
            chart.line("t\(index)([\"\(label(starter.name, words))\"]):::starter")
        }
        chart.line("start((\" \")):::mark")
        let steps = diagram.nodes.indices.filter { !diagram.nodes[$0].isHandler }
        for index in steps { chart.line(node(index, diagram.nodes[index])) }
        let handlers = diagram.nodes.indices.filter { diagram.nodes[$0].isHandler }
        if !handlers.isEmpty {
            chart.line("subgraph handlers [\"On error\"]")
            for index in handlers { chart.line("  " + node(index, diagram.nodes[index])) }
            chart.line("end")
        }
        for index in diagram.starters.indices { chart.edge("t\(index) --> start") }
        for index in firsts(of: diagram, among: steps) {
            chart.edge("start " + arrow(to: diagram.nodes[index]) + " n\(index)")
        }
        for edge in diagram.edges where edge.kind == .flow {
            chart.edge("n\(edge.source) \(arrow(to: diagram.nodes[edge.target])) n\(edge.target)")
        }
        for (source, node) in diagram.nodes.enumerated() {
            for catcher in node.catchers {
                chart.edge("n\(source) -.->|\"\(escaped(catcher.errors))\"| n\(catcher.handler)", isError: true)
            }
        }
        for index in handlers {
            guard let outcome = diagram.nodes[index].outcome else { continue }
            let words = outcome == .fails ? "run fails" : "run goes on"
            chart.edge("n\(index) --> r\(index)([\"\(words)\"]):::outcome")
        }
        return chart.finished
    }

    package static func text(of diagram: ProjectDiagram) -> String {
        var chart = Chart(direction: "LR", title: "Project \(diagram.name)", "What starts what")
        var layer = 0
        for (index, pipeline) in diagram.pipelines.enumerated() {
            if index == 0 || pipeline.id.layer != diagram.pipelines[index - 1].id.layer {
                if index > 0 { chart.line("end") }
                chart.line("subgraph l\(layer) [\"\(escaped(pipeline.id.layer))\"]")
                layer += 1
            }
            chart.line("  n\(index)[\"\(label(pipeline.id.name, ProjectLayout.detail(of: pipeline)))\"]:::pipeline")
        }
        if !diagram.pipelines.isEmpty { chart.line("end") }
        for edge in diagram.edges {
            switch edge.kind {
            case .runs: chart.edge("n\(edge.source) -->|runs| n\(edge.target)")
            case .success: chart.edge("n\(edge.source) -.->|then| n\(edge.target)")
            case .any: chart.edge("n\(edge.source) -.->|\"at its end\"| n\(edge.target)")
            case .failure: chart.edge("n\(edge.source) -.->|\"if it fails\"| n\(edge.target)", isError: true)
            }
        }
        return chart.finished
    }

    /// Those that a run begins with.
    static func firsts(of diagram: PipelineDiagram, among steps: [Int]) -> [Int] {
        if diagram.isDefinition { return Array(steps.prefix(1)) }
        let targets = Set(diagram.edges.filter { $0.kind == .flow }.map(\.target))
        return steps.filter { !targets.contains($0) }
    }

    private static func arrow(to node: DiagramNode) -> String {
        node.condition.map { "-->|\"\(escaped("if \($0)"))\"|" } ?? "-->"
    }

    private static func node(_ index: Int, _ node: DiagramNode) -> String {
        let (left, right): (String, String) =
            switch node.kind {
            case .function, .job, .task, .pass: ("[", "]")
            case .map, .distributedMap: ("[[", "]]")
            case .pipeline: ("[[", "]]")
            case .wait, .succeed, .fail: ("([", "])")
            case .choice: ("{", "}")
            case .parallel: ("{{", "}}")
            }
        return
            "n\(index)\(left)\"\(label(node.name, node.detail))\"\(right):::\(node.isHandler ? "handler" : node.kind.rawValue)"
    }

    private static func label(_ name: String, _ detail: String) -> String {
        detail.isEmpty ? escaped(name) : "\(escaped(name))<br/>\(escaped(detail))"
    }

    /// Letters, digits and what means nothing to Mermaid or Markdown, in which it reads texts; all other ASCII as codes.
    static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "a"..."z", "A"..."Z", "0"..."9", " ", "-", ",", ":", "/", "=", "?", "'":
                result.unicodeScalars.append(scalar)
            case "\n", "\r", "\t": result += " "
            case "\u{0}"..<" ", "\u{7F}": result += "\u{FFFD}"
            case _ where scalar.isASCII: result += "#\(scalar.value);"
            default: result.unicodeScalars.append(scalar)
            }
        }
        // A list item of Markdown would not be drawn.
        if result.hasPrefix("- ") { result = "#45;" + result.dropFirst() }
        return result
    }

    private struct Chart {
        private var lines: [String]
        private var edges = 0
        private var errorEdges: [Int] = []

        init(direction: String, title: String, _ description: String) {
            lines = [
                "flowchart \(direction)", "  accTitle: \(Self.plain(title))", "  accDescr: \(Self.plain(description))",
            ]
        }

        /// On one line: these two have no quotes and no codes.
        private static func plain(_ text: String) -> String {
            String(
                String.UnicodeScalarView(
                    text.unicodeScalars.map { scalar in
                        switch scalar {
                        case "\u{0}"..<" ", "\u{7F}", ";", "#", "{", "}", "<", ">", "\"", "%": " "
                        default: scalar
                        }
                    }))
        }

        mutating func line(_ text: String) { lines.append("  " + text) }

        mutating func edge(_ text: String, isError: Bool = false) {
            if isError { errorEdges.append(edges) }
            edges += 1
            line(text)
        }

        var finished: String {
            var lines = lines
            if !errorEdges.isEmpty {
                lines.append("  linkStyle \(errorEdges.map(String.init).joined(separator: ",")) stroke:#c4382e")
            }
            for (names, style) in Self.classes { lines += names.map { "  classDef \($0) \(style)" } }
            return lines.joined(separator: "\n") + "\n"
        }

        /// With a text colour each, so that they can be read on light and dark pages.
        private static let classes = [
            (["function", "task", "pass", "succeed", "parallel"], "fill:#eef3fc,stroke:#1f57c3,color:#16191d"),
            (["map", "distributed-map"], "fill:#e6f4f2,stroke:#0a6e69,color:#16191d"),
            (["pipeline", "choice"], "fill:#f1ecfa,stroke:#6a3db8,color:#16191d"),
            (["wait", "starter"], "fill:#faf1e0,stroke:#8a5300,color:#16191d"),
            (["handler", "fail"], "fill:#fcebea,stroke:#b3261e,color:#16191d"),
            (["outcome", "mark"], "fill:#f1f2f4,stroke:#858d98,color:#16191d"),
        ]
    }
}
