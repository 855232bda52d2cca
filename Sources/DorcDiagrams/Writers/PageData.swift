internal import DorcModel
internal import DorcText

/// What the page's script draws from, as JSON that can be in HTML.
enum PageData {
    static func write(_ diagram: ProjectDiagram, to bytes: inout ByteBuffer) {
        let starts = Self.starts(diagram)
        let parts = Parallel.map(Array(diagram.pipelines.indices)) { index in
            var json = ByteBuffer(capacity: 8192)
            write(diagram.pipelines[index], starts[index], to: &json)
            return json.text
        }
        bytes.object {
            $0.member("project", diagram.name)
            $0.member("environments", texts: diagram.environments)
            if !diagram.edges.isEmpty { $0.member("map", scene: ProjectLayout.connectedScene(of: diagram)) }
            $0.key("pipelines")
            $0.list(parts) { $0.append($1) }
        }
    }

    /// The pipelines that each one starts.
    private static func starts(_ diagram: ProjectDiagram) -> [[String]] {
        var starts = Array(repeating: [String](), count: diagram.pipelines.count)
        for edge in diagram.edges { starts[edge.source].append(diagram.pipelines[edge.target].id.description) }
        return starts
    }

    private static func write(_ pipeline: PipelineDiagram, _ starts: [String], to bytes: inout ByteBuffer) {
        var before = Array(repeating: [Int](), count: pipeline.nodes.count)
        for edge in pipeline.edges where edge.kind == .flow { before[edge.target].append(edge.source) }
        bytes.object {
            $0.member("id", pipeline.id.description)
            if let text = pipeline.description { $0.member("description", text) }
            if let owner = pipeline.owner { $0.member("owner", owner) }
            if pipeline.isDefinition { $0.member("definition", literal: "true") }
            $0.member("settings", settings: pipeline.settings)
            $0.key("starters")
            $0.list(pipeline.starters) { $0.object(of: $1) }
            if !starts.isEmpty { $0.member("starts", texts: starts) }
            $0.key("steps")
            $0.list(Array(pipeline.nodes.indices)) { $0.object(of: pipeline.nodes[$1], after: before[$1]) }
            $0.member("svg", scene: PipelineLayout.scene(of: pipeline))
        }
    }
}

extension ByteBuffer {
    fileprivate mutating func object(of starter: Starter) {
        object {
            $0.member("kind", starter.kind.rawValue)
            $0.member("name", starter.name)
            $0.member("words", starter.words)
            if !starter.expression.isEmpty { $0.member("expression", starter.expression) }
            if !starter.note.isEmpty { $0.member("note", starter.note) }
            if !starter.pipelines.isEmpty { $0.member("pipelines", texts: starter.pipelines.map(\.description)) }
        }
    }

    fileprivate mutating func object(of node: DiagramNode, after: [Int]) {
        object {
            $0.member("name", node.name)
            $0.member("kind", node.kind.rawValue)
            $0.member("title", node.kind.title)
            if node.isHandler { $0.member("handler", literal: "true") }
            if !node.runs.isEmpty { $0.member("runs", node.runs) }
            if !node.detail.isEmpty { $0.member("detail", node.detail) }
            if let condition = node.condition { $0.member("condition", condition) }
            if let target = node.target { $0.member("target", target.description) }
            if let outcome = node.outcome { $0.member("outcome", outcome == .fails ? "fails" : "goes on") }
            if !after.isEmpty {
                $0.key("after")
                $0.list(after) { $0.append($1) }
            }
            if !node.catchers.isEmpty {
                $0.key("catchers")
                $0.list(node.catchers) { bytes, catcher in
                    bytes.append("[" as StaticString)
                    bytes.string(catcher.errors)
                    bytes.append(",\(catcher.handler)]")
                }
            }
            $0.member("settings", settings: node.settings)
        }
    }

    // MARK: JSON

    fileprivate mutating func object(_ members: (inout ByteBuffer) -> Void) {
        append("{" as StaticString)
        members(&self)
        append("}" as StaticString)
    }

    fileprivate mutating func list<Item>(_ items: [Item], _ write: (inout ByteBuffer, Item) -> Void) {
        append("[" as StaticString)
        for (position, item) in items.enumerated() {
            if position > 0 { append(",\n" as StaticString) }
            write(&self, item)
        }
        append("]" as StaticString)
    }

    /// With a comma, where it is not the first one.
    fileprivate mutating func key(_ name: StaticString) {
        let isFirst = suffix(from: count - 1) { $0.last == UInt8(ascii: "{") }
        append(isFirst ? "\"" as StaticString : ",\"" as StaticString)
        append(name)
        append("\":" as StaticString)
    }

    fileprivate mutating func member(_ name: StaticString, _ text: String) {
        key(name)
        string(text)
    }

    fileprivate mutating func member(_ name: StaticString, literal: StaticString) {
        key(name)
        append(literal)
    }

    fileprivate mutating func member(_ name: StaticString, texts: [String]) {
        key(name)
        list(texts) { $0.string($1) }
    }

    fileprivate mutating func member(_ name: StaticString, settings: [Setting]) {
        key(name)
        list(settings) { bytes, setting in
            bytes.append("[" as StaticString)
            bytes.string(setting.name)
            bytes.append("," as StaticString)
            bytes.string(setting.value)
            bytes.append("]" as StaticString)
        }
    }

    /// SVG has apostrophes around its attributes here: JSON need not escape them, and texts have none that is not escaped.
    fileprivate mutating func member(_ name: StaticString, scene: Scene) {
        let svg = SVGWriter.fragment(scene).utf8.map { $0 == UInt8(ascii: "\"") ? UInt8(ascii: "'") : $0 }
        member(name, String(decoding: svg, as: UTF8.self))
    }

    /// In HTML, `</script` would end the data and `<!--` would hide its end (HTML standard, "Restrictions for contents of script
    /// elements"): no `<` before a letter that could begin them is left.
    fileprivate mutating func string(_ text: String) {
        append("\"" as StaticString)
        var start = text.startIndex
        var index = start
        while let sign = text.utf8[index...].firstIndex(of: UInt8(ascii: "<")) {
            let next = text.utf8.index(after: sign)
            index = next
            let following = text.utf8[next...].prefix(2)
            let isHarmless = following.allSatisfy { byte in
                byte != UInt8(ascii: "!") && byte | 0x20 != UInt8(ascii: "s")
            }
            if isHarmless, following.count == 2 { continue }
            JSONText.appendContent(String(text[start..<sign]), to: &self)
            append("\\u003c" as StaticString)
            start = next
        }
        JSONText.appendContent(String(text[start...]), to: &self)
        append("\"" as StaticString)
    }
}
