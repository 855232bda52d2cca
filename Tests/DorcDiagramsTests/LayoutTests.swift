import DorcModel
import DorcTestSupport
import DorcText
import Testing

@testable import DorcDiagrams

/// Pictures that can be read: nothing on top of anything else, nothing outside.
@Suite struct LayoutTests {
    @Test(arguments: 0..<60)
    func `no box of a random workflow is on another, and no line runs through one`(seed: Int) throws {
        let diagram = try Self.diagram(Self.randomPipeline(seed))
        let scene = PipelineLayout.scene(of: diagram)
        #expect(scene.boxes.count { !$0.style.isStarter } == diagram.nodes.count)
        Self.checkBoxes(scene)
        Self.checkLines(scene)
    }

    @Test func `two hundred steps side by side are a grid in a frame that is about as wide as a screen`() throws {
        let names = (0..<220).map { "part_\($0)" }
        let steps = names.map { "  - {name: \($0), function: extract, after: start}\n" }.joined()
        let diagram = try Self.diagram(
            "steps:\n  - {name: start, function: extract}\n\(steps)  - {name: join, function: load, after: [\(names.joined(separator: ", "))]}\n"
        )
        let scene = PipelineLayout.scene(of: diagram)
        let frame = try #require(scene.frames.first)
        #expect(frame.title == "220 steps side by side")
        #expect((1.2...2.2).contains(Double(frame.box.width) / Double(frame.box.height)))
        let inside = scene.boxes.filter {
            $0.box.x > frame.box.x && $0.box.right < frame.box.right && $0.box.y > frame.box.y
                && $0.box.bottom < frame.box.bottom
        }
        #expect(inside.count == 220)
        Self.checkBoxes(scene)
        Self.checkLines(scene)
    }

    @Test func `a long series goes on in the next row`() throws {
        let steps = (0..<40).map { "  - {name: step_\($0), function: extract}\n" }.joined()
        let scene = PipelineLayout.scene(of: try Self.diagram("steps:\n" + steps))
        #expect(scene.width < 1500)
        #expect(Set(scene.boxes.map(\.box.y)).count > 3)
        // Read like a text: each step is to the right of the one before it, or in a lower row.
        for (one, next) in zip(scene.boxes, scene.boxes.dropFirst()) {
            #expect(next.box.y > one.box.y || next.box.y == one.box.y && next.box.x > one.box.right)
        }
        Self.checkLines(scene)
    }

    @Test func `a step is to the right of those before it where the workflow is one row`() throws {
        let diagram = try Self.diagram(
            """
            steps:
              - {name: a, function: extract}
              - {name: b, function: extract, after: a}
              - {name: c, function: extract, after: a}
              - {name: d, function: extract, after: c}
              - {name: e, function: load, after: [b, d]}
            """)
        let boxes = PipelineLayout.scene(of: diagram).boxes
        for edge in diagram.edges { #expect(boxes[edge.source].box.right < boxes[edge.target].box.x) }
        #expect(boxes[1].box.x == boxes[2].box.x && boxes[1].box.bottom < boxes[2].box.y)
    }

    @Test func `a line to a handler begins below its step, ends at the handler, and is of its own kind`() throws {
        let diagram = try Self.diagram(
            """
            steps:
              - {name: a, function: extract, catch: {errors: [States.ALL], next: sorry}}
              - {name: b, function: load}
              - {name: sorry, function: extract, only_on_error: true, then: fail}
            """)
        let scene = PipelineLayout.scene(of: diagram)
        let lines = scene.lines.filter { $0.kind == .error }
        try #require(lines.count == 1)
        let (step, handler) = (scene.boxes[0].box, scene.boxes[2].box)
        #expect(lines[0].path.start.y == step.bottom)
        #expect(lines[0].path.end == Point(x: handler.x, y: handler.middle))
        #expect(scene.labels.map(\.text) == ["run fails", "On error"])
    }

    @Test func `a definition with a loop has an arrow back`() throws {
        let machine = """
            StartAt: Look
            States:
              Look: {Type: Task, Resource: "${extract}", Next: Ready}
              Ready: {Type: Choice, Choices: [{Variable: $.ready, BooleanEquals: true, Next: Done}], Default: Sleep}
              Sleep: {Type: Wait, Seconds: 60, Next: Look}
              Done: {Type: Succeed}
            """
        let diagram = try Self.diagram("definition: m.asl.yaml\n", ["src/raw/census/m.asl.yaml": machine])
        #expect(diagram.nodes.map(\.kind) == [.function, .choice, .wait, .succeed])
        #expect(diagram.nodes[0].runs == "extract")
        let scene = PipelineLayout.scene(of: diagram)
        #expect(scene.lines.count { $0.isBackward } == 1)
        Self.checkBoxes(scene)
    }

    @Test func `pipelines that start each other in a cycle are drawn`() {
        var diagram = ProjectDiagram(name: "demo")
        diagram.pipelines = (0..<5).map { PipelineDiagram(id: PipelineID(layer: "raw", name: "p\($0)")) }
        diagram.edges = [(0, 1), (1, 2), (2, 0), (2, 2), (3, 1)].map { .init(source: $0, target: $1, kind: .success) }
        let scene = ProjectLayout.scene(of: diagram)
        #expect(scene.boxes.count == 5)
        #expect(scene.lines.count == 4)
        #expect(scene.lines.count { $0.isBackward } == 1)
        Self.checkBoxes(scene)
    }

    // MARK: What is wrong with a picture

    private static func checkBoxes(_ scene: Scene) {
        for (index, one) in scene.boxes.enumerated() {
            let box = one.box
            #expect(box.x >= 0 && box.y >= 0 && box.right <= scene.width && box.bottom <= scene.height, "\(one.title)")
            for other in scene.boxes[..<index] {
                let isApart =
                    box.right <= other.box.x || other.box.right <= box.x || box.bottom <= other.box.y
                    || other.box.bottom <= box.y
                #expect(isApart, "\(one.title) is on \(other.title)")
            }
        }
    }

    private static func checkLines(_ scene: Scene) {
        for line in scene.lines {
            for point in points(of: line.path) {
                let hit = scene.boxes.first { box in
                    point.x > box.box.x + 1 && point.x < box.box.right - 1 && point.y > box.box.y + 1
                        && point.y < box.box.bottom - 1
                }
                if let hit { Issue.record("a line runs through \(hit.title) at \(point)") }
                #expect((0...scene.width).contains(point.x) && (0...scene.height).contains(point.y))
            }
        }
    }

    private static func points(of path: Path) -> [Point] {
        var points: [Point] = []
        var current = path.start
        for piece in path.pieces {
            for part in 0...20 {
                let share = Double(part) / 20
                let end = piece.end
                let (x, y) = (Double(end.x - current.x) * share, Double(end.y - current.y))
                switch piece {
                case .line: points.append(Point(x: current.x + Int(x), y: current.y + Int(y * share)))
                case .curve:
                    // A Bézier curve whose handles are in the middle.
                    let t = share
                    let along = 1.5 * t * (1 - t) * (1 - t) + 1.5 * t * t * (1 - t) + t * t * t
                    let down = 3 * t * t * (1 - t) + t * t * t
                    points.append(
                        Point(
                            x: current.x + Int(Double(end.x - current.x) * along), y: current.y + Int(y * down)))
                }
            }
            current = piece.end
        }
        return points
    }

    // MARK: Workflows

    static func diagram(_ pipeline: String, _ others: [String: String] = [:]) throws -> PipelineDiagram {
        let (project, findings) = Repository(pipeline, others).load()
        #expect(findings.allSatisfy { $0.severity != .error }, "\(findings)")
        let loaded = try #require(project)
        return try #require(DiagramBuilder(loaded).diagram.pipelines.first)
    }

    /// Any graph, series-parallel or not, with error paths.
    private static func randomPipeline(_ seed: Int) -> String {
        var numbers = SeededNumbers(seed: UInt64(seed) &+ 1)
        let count = numbers.next(below: 16) + 1
        let handlers = numbers.next(below: 3)
        var text = "steps:\n"
        for index in 0..<count {
            var after: [String] = []
            for other in max(0, index - 6)..<index where numbers.next(below: 4) == 0 { after.append("s\(other)") }
            text += "  - {name: s\(index), function: extract, after: [\(after.joined(separator: ", "))]"
            if numbers.next(below: 5) == 0 { text += ", when: \"{% $states.input.rows > \(index) %}\"" }
            if handlers > 0, index < handlers || numbers.next(below: 4) == 0 {
                text +=
                    ", catch: {errors: [States.ALL], next: h\(index < handlers ? index : numbers.next(below: handlers))}"
            }
            text += "}\n"
        }
        for index in 0..<min(handlers, count) {
            text += "  - {name: h\(index), function: load, only_on_error: true}\n"
            if numbers.next(below: 2) == 0 {
                text += "  - {name: t\(index), function: load, only_on_error: true, after: h\(index), then: fail}\n"
            }
        }
        if handlers > count { return randomPipeline(seed + 1000) }
        return text
    }
}

extension SeededNumbers {
    fileprivate mutating func next(below bound: Int) -> Int { Int.random(in: 0..<bound, using: &self) }
}
