internal import DorcModel
internal import DorcText

/// Scene -> SVG.
package enum SVGWriter {
    /// A file of its own: in light and dark as the reader's system is, with no font or style from elsewhere.
    package static func document(of diagram: PipelineDiagram) -> String { document(PipelineLayout.scene(of: diagram)) }

    package static func document(of diagram: ProjectDiagram) -> String { document(ProjectLayout.scene(of: diagram)) }

    static func document(_ scene: Scene) -> String {
        var bytes = ByteBuffer()
        bytes.append("<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"dorc\" role=\"img\"" as StaticString)
        bytes.append(" aria-labelledby=\"title description\" viewBox=\"0 0 \(scene.width) \(scene.height)\"")
        bytes.append(" width=\"\(scene.width)\" height=\"\(scene.height)\">\n")
        bytes.append("<title id=\"title\">" as StaticString)
        XMLText.append(scene.title, to: &bytes)
        bytes.append("</title>\n<desc id=\"description\">" as StaticString)
        XMLText.append(scene.description, to: &bytes)
        bytes.append("</desc>\n<style>\n.dorc{" as StaticString)
        bytes.append(Palette.declarations(isDark: false))
        bytes.append("}\n@media(prefers-color-scheme:dark){.dorc{" as StaticString)
        bytes.append(Palette.declarations(isDark: true))
        bytes.append("}}\n" as StaticString)
        bytes.append(styles)
        bytes.append(".paper{fill:var(--paper)}\n</style>\n" as StaticString)
        bytes.append("<rect class=\"paper\" width=\"\(scene.width)\" height=\"\(scene.height)\" rx=\"12\"/>\n")
        append(scene, isAlone: true, to: &bytes)
        bytes.append("</svg>\n" as StaticString)
        return bytes.text
    }

    /// What the page puts into it; its styles are the page's.
    static func fragment(_ scene: Scene) -> String {
        var bytes = ByteBuffer(capacity: 4096)
        bytes.append("<svg class=\"dorc\" viewBox=\"0 0 \(scene.width) \(scene.height)\"")
        bytes.append(" width=\"\(scene.width)\" height=\"\(scene.height)\">")
        append(scene, isAlone: false, to: &bytes)
        bytes.append("</svg>" as StaticString)
        return bytes.text
    }

    /// Of all diagrams.
    static var styles: String { String(decoding: PackageResources.diagram_css, as: UTF8.self) + Palette.kindRules }

    // MARK: Parts

    /// In a file of its own a box is a line, and has its icon in it.
    private static func append(_ scene: Scene, isAlone: Bool, to bytes: inout ByteBuffer) {
        let separator: StaticString = isAlone ? "\n" : ""
        for frame in scene.frames {
            rectangle(frame.box, class: "f", radius: 12, to: &bytes)
            text(frame.title, class: "", x: frame.box.x + 16, y: frame.box.y + 22, to: &bytes)
            bytes.append(separator)
        }
        SVGPaths.append(scene.lines, to: &bytes)
        bytes.append(separator)
        for point in scene.junctions { circle(point, 3, class: "j", to: &bytes) }
        for (mark, point) in scene.marks {
            circle(point, 7, class: "m", to: &bytes)
            if mark == .end { circle(point, 3, class: "o", to: &bytes) }
        }
        for label in scene.labels {
            text(label.text, class: "l-\(label.kind.rawValue)", x: label.at.x, y: label.at.y, to: &bytes)
        }
        bytes.append(separator)
        for box in scene.boxes {
            append(box, isAlone: isAlone, to: &bytes)
            bytes.append(separator)
        }
    }

    private static func append(_ node: Scene.NodeBox, isAlone: Bool, to bytes: inout ByteBuffer) {
        let (box, style) = (node.box, node.style)
        bytes.append("<g class=\"k-\(style.kind)\(style.isHandler ? " x" : "")\(style.isStarter ? " s" : " n")\"")
        if !style.isStarter { bytes.append(" data-i=\"\(node.index)\"") }
        if let target = node.target {
            bytes.append(" data-p=\"" as StaticString)
            XMLText.append(target.description, to: &bytes)
            bytes.append(UInt8(ascii: "\""))
        }
        bytes.append("><title>" as StaticString)
        XMLText.append(node.title, to: &bytes)
        bytes.append("</title>" as StaticString)
        if style.isMany {
            for shift in [6, 3] {
                let behind = Box(x: box.x + shift, y: box.y + shift, width: box.width, height: box.height)
                rectangle(behind, class: "b", radius: 8, to: &bytes)
            }
        }
        rectangle(box, class: "b", radius: style.isStarter ? box.height / 2 : 8, to: &bytes)
        let hasCondition = node.lines.first?.kind == .condition
        if hasCondition {
            let (x, y) = (box.x + 21, box.y + 13)
            bytes.append("<path class=\"v\" d=\"M\(x) \(y - 5)l5 5-5 5-5-5z\"/>")
        }
        if let outline = Icon.outlines[node.icon] {
            // Beside the first two lines after the condition.
            let top = box.y + (hasCondition ? 28 : style.isStarter ? 8 : 10)
            let tile = Box(x: box.x + 9, y: top, width: 24, height: 24)
            rectangle(tile, class: "q", radius: style.isStarter ? 12 : 6, to: &bytes)
            let (x, y) = (tile.x + 4, tile.y + 4)
            if isAlone {
                bytes.append("<path class=\"i\" transform=\"translate(\(x) \(y))\" d=\"\(outline)\"/>")
            } else {
                bytes.append("<use class=\"i\" href=\"#i-\(node.icon)\" x=\"\(x)\" y=\"\(y)\"")
                bytes.append(" width=\"16\" height=\"16\"/>" as StaticString)
            }
        }
        for line in node.lines {
            let name: String =
                switch line.kind {
                case .name: "t"
                case .condition: "c"
                case .error: "e"
                case .detail, .note: ""
                }
            text(line.text, class: name, x: box.x + NodeText.inset, y: box.y + line.y, to: &bytes)
        }
        bytes.append("</g>" as StaticString)
    }

    private static func rectangle(_ box: Box, class name: String, radius: Int, to bytes: inout ByteBuffer) {
        bytes.append("<rect class=\"\(name)\" x=\"\(box.x)\" y=\"\(box.y)\" width=\"\(box.width)\"")
        bytes.append(" height=\"\(box.height)\" rx=\"\(radius)\"/>")
    }

    private static func circle(_ point: Point, _ radius: Int, class name: String, to bytes: inout ByteBuffer) {
        bytes.append("<circle class=\"\(name)\" cx=\"\(point.x)\" cy=\"\(point.y)\" r=\"\(radius)\"/>")
    }

    private static func text(_ text: String, class name: String, x: Int, y: Int, to bytes: inout ByteBuffer) {
        bytes.append("<text\(name.isEmpty ? "" : " class=\"\(name)\"") x=\"\(x)\" y=\"\(y)\">")
        XMLText.append(text, to: &bytes)
        bytes.append("</text>" as StaticString)
    }
}
