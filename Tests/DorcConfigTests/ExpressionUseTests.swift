import DorcConfig
import DorcText
import DorcYAML
import Testing

/// For every key of the files: what becomes of an expression, and of a value that is far too long.
@Suite struct ExpressionUseTests {
    private static var files: [(name: String, leaves: [ShapeWalk.Place])] {
        [
            ("dorc.yaml", ShapeWalk.leaves(of: ProjectFile.type.shape)),
            ("pipeline.yaml", ShapeWalk.leaves(of: PipelineFile.type.shape)),
            ("tests/cases.yaml", ShapeWalk.leaves(of: CaseFile.type.shape)),
        ]
    }

    private func findings(_ file: String, _ text: String) -> [Diagnostic] {
        var diagnostics = Diagnostics()
        if let node = YAMLReader.read(SourceFile(path: file, text: text), into: &diagnostics) {
            switch file {
            case "dorc.yaml": _ = ProjectFile.type.decode(node, &diagnostics)
            case "pipeline.yaml": _ = PipelineFile.type.decode(node, &diagnostics)
            default: _ = CaseFile.type.decode(node, &diagnostics)
            }
        }
        return diagnostics.sorted
    }

    private func use(of shape: Shape) -> ExpressionUse? {
        switch shape {
        case .string(let string): string.expressions
        case .json(let use): use
        default: nil
        }
    }

    @Test func `an expression is warned of wherever nothing evaluates it`() {
        for (file, leaves) in Self.files {
            #expect(leaves.count > 10)
            for leaf in leaves {
                let found = findings(file, leaf.file("\"{% $states.input.x %}\"")).filter {
                    ![.missingKey, .eventPattern].contains($0.id)
                }
                switch use(of: leaf.shape) {
                case .ignored: #expect(found.map(\.id) == [.deadExpression], "\(leaf.path)")
                case .evaluated, .required, .passedOn, .definition: #expect(found.isEmpty, "\(leaf.path)")
                case .refused, nil: #expect(!found.contains { $0.id == .deadExpression }, "\(leaf.path)")
                }
            }
        }
    }

    @Test func `an expression inside a text is warned of wherever expressions are evaluated`() {
        for (file, leaves) in Self.files {
            for leaf in leaves where use(of: leaf.shape) == .evaluated {
                let found = findings(file, leaf.file("\"a {% $states.input.x %}!\"")).filter { $0.id != .missingKey }
                // Items are a list or an expression: their own rule speaks.
                if leaf.path.hasSuffix("for_each") { continue }
                #expect(found.map(\.id) == [.deadExpression], "\(leaf.path)")
                #expect(found.first?.replacement == "\"{% 'a ' & $states.input.x & '!' %}\"", "\(leaf.path)")
            }
        }
    }

    /// Which keys take JSONata: a new one is put here on purpose.
    @Test func `the keys that take expressions are these`() {
        let taking = Self.files.flatMap { file, leaves in
            leaves.filter { [.evaluated, .required].contains(use(of: $0.shape)) }.map(\.path)
        }
        for path in [
            "steps[].arguments", "steps[].when", "steps[].for_each", "steps[].for_each.items", "steps[].wait.until",
            "parameters.*", "environments.*.parameters.*",
        ] {
            #expect(taking.contains(path))
        }
        #expect(
            !taking.contains { path in
                path.hasPrefix("triggers") || path.hasPrefix("functions")
                    || path.hasPrefix("environments") && path != "environments.*.parameters.*"
            })
    }

    @Test(arguments: [
        "description: \"renders {% raw %} and {{ name }}\"\nsteps: [extract]\n",
        "steps: [extract]\nfunctions: {extract: {environment: {PAGE: \"Dear {{name}}, {% include 'x' %}\"}}}\n",
        "steps: [{name: extract, arguments: {a: \"100%}\", b: \"{ % x % }\", c: a < b, d: \"{{resolve\"}}]\n",
        "steps: [extract]\ntriggers: [{name: t, schedule: \"@daily\", input: {at: <aws.scheduler.scheduled-time>}}]\n",
    ])
    func `ordinary texts are let through`(_ text: String) {
        #expect(findings("pipeline.yaml", text).filter { $0.id == .deadExpression }.map(\.summary) == [])
    }

    @Test func `no message is longer than a screen`() {
        let huge = String(repeating: "x y\\n`", count: 3000)
        for (file, leaves) in Self.files {
            for leaf in leaves {
                for value in [
                    "\"\(huge)\"", "[\"\(huge)\"]", "{\"\(huge)\": 1}", String(repeating: "9", count: 20_000),
                    "!\(String(repeating: "t", count: 20_000)) a",
                ] {
                    let text = leaf.file(value)
                    for finding in findings(file, text) {
                        let shown = DiagnosticText(colour: false).render([finding])
                        #expect(shown.utf8.count < 3000, "\(leaf.path): \(finding.id)")
                        #expect(shown.split(separator: "\n").count < 40, "\(leaf.path): \(finding.id)")
                    }
                }
            }
        }
    }

    @Test func `long values are cut in their middle, and lists at their end`() {
        let place = SourceRange.whole("a.yaml")
        let value = "start" + String(repeating: "x", count: 500) + "end"
        let finding = Diagnostic(.invalidDuration, at: place, "`\(value)` is not a duration", help: "first\nsecond")
        #expect(finding.summary.hasPrefix("`start") && finding.summary.hasSuffix("end` is not a duration"))
        #expect(finding.summary.unicodeScalars.count < 160)
        #expect(finding.help == "first\nsecond")
        let list = (0..<5000).map { "`name\($0)`" }.joined(separator: ", ")
        let known = Diagnostic(.unknownVariable, at: place, "known are \(list)", replacement: value)
        #expect(known.summary.unicodeScalars.count <= 901)
        #expect(known.summary.hasSuffix("…"))
        #expect(known.replacement == nil)
    }
}
