import DorcText
import DorcYAML
import Testing

@Suite struct YAMLCommentsTests {
    private let root = YAMLNode.mapping([
        ("project", .string("demo")),
        ("tags", .mapping([("team", .string("data")), ("cost", .string("12"))])),
        ("steps", .list([.string("extract"), .mapping([("name", .string("load")), ("retry", .literal("2"))])])),
        ("empty", .mapping([])),
    ])

    private func text(_ add: (inout YAMLComments) -> Void) -> String {
        var comments = YAMLComments()
        add(&comments)
        return YAMLText.file(root, layout: .blocks, comments: comments)
    }

    @Test func `each entry of a mapping has its own line, and short lists of scalars one line`() {
        let node = YAMLNode.mapping([
            (
                "a",
                .mapping([
                    ("b", .list([.string("one"), .string("two")])), ("c", .list([.mapping([("d", .literal("1"))])])),
                ])
            )
        ])
        #expect(YAMLText.file(node, layout: .blocks) == "a:\n  b: [one, two]\n  c:\n    - d: 1\n")
        #expect(YAMLText.file(node) == "a:\n  b: [one, two]\n  c: [{d: 1}]\n")
    }

    @Test func `comments are before their entries and items, at every level`() {
        let text = text {
            $0.header("Imported.")
            $0.add("about the project", at: ["project"])
            $0.add("about the cost", at: ["tags", "cost"])
            $0.add("about extract", at: ["steps", 0])
            $0.add("about the name", at: ["steps", 1, "name"])
            $0.add("about the retry", at: ["steps", 1, "retry"])
        }
        #expect(
            text == """
                # Imported.
                # about the project
                project: demo
                tags:
                  team: data
                  # about the cost
                  cost: "12"
                steps:
                  # about extract
                  - extract
                  # about the name
                  - name: load
                    # about the retry
                    retry: 2
                empty: {}

                """)
    }

    @Test func `a comment for what is not there is at the end of the mapping around it`() {
        let text = text {
            $0.add("TODO owner", at: ["owner"])
            $0.add("TODO list", at: ["tags", "list", "deep"])
            $0.add("TODO timeout", at: ["steps", 1, "timeout"])
            $0.add("TODO item", at: ["steps", 0, "retry"])
            $0.add("TODO inside", at: ["empty", "x"])
        }
        #expect(
            text == """
                project: demo
                tags:
                  team: data
                  cost: "12"
                  # TODO list
                steps:
                  # TODO item
                  - extract
                  - name: load
                    retry: 2
                    # TODO timeout
                # TODO inside
                empty: {}
                # TODO owner

                """)
    }

    @Test(arguments: [
        "a\nb: c", "x\u{85}y: 1", "x\u{2028}project: evil", "\u{1B}[31mred", "a\r\nb",
        String(repeating: "x", count: 400),
    ])
    func `what a comment quotes cannot end it`(_ quoted: String) throws {
        let text = text { $0.add("TODO " + quoted, at: ["tags", "cost"]) }
        #expect(text.unicodeScalars.allSatisfy { $0 == "\n" || $0.value >= 0x20 && $0 != "\u{85}" && $0 != "\u{2028}" })
        #expect(text.split(separator: "\n").allSatisfy { $0.count < 300 })
        var diagnostics = Diagnostics()
        let read = YAMLReader.read(SourceFile(path: "dorc.yaml", text: text), into: &diagnostics)
        #expect(diagnostics.items.isEmpty)
        guard case .mapping(let entries) = read?.content else {
            Issue.record("not a mapping: \(text)")
            return
        }
        #expect(entries.map(\.key) == ["project", "tags", "steps", "empty"])
    }
}
