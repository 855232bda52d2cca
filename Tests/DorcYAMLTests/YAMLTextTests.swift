import DorcText
import DorcYAML
import Testing

@Suite struct YAMLTextTests {
    private static let texts = [
        "", "a", "no", "Yes", "null", "~", "1", "1.5", "1e3", "0x1F", "0o7", "12:30:45", "2030-01-01", ".inf", "=",
        "<<",
        "-", "- a", "a: b", "a #b", "#a", "a:", "a ", " a", "a\n", "a\nb", "a\n\nb\n", "\n", "a\n\n", " a\nb", "a \nb",
        "a\tb",
        "\t", "it's", "say \"a\"", "c:\\d", "'", "\"", "\\", "[a]", "{a}", "a, b", "a]", "*a", "&a", "!a", "|", ">",
        "%a", "@a",
        "`a`", "? a", "größe", "日本", "🙂", "a\u{A0}b", "\u{FEFF}a", "a\u{2028}b", "a\u{85}b", "a\u{0}b", "a\rb",
        "\u{7F}",
        "${name}", "{% $states.input.a %}", "arn:aws:s3:::landing/*", "10.0.0.0/16", "0 6 * * 1-5", "true",
        "x: |\n  y\n",
        "---", "...", "a\n---\nb", String(repeating: "long ", count: 60), "a'b\"c", "e\u{301}",
    ]

    @Test func `every string is read back as it was, wherever it is`() throws {
        for text in Self.texts {
            for node in [
                YAMLNode.string(text), .list([.string(text)]), .mapping([(text, .string(text))]),
                .mapping([
                    ("a", .list([.string(text), .mapping([("b", .string(text)), ("c", .list([.string(text)]))])]))
                ]),
                .list([.mapping([("a", .mapping([("b", .mapping([("c", .string(text))]))]))])]),
            ] {
                #expect(try read(YAMLText.file(node)) == spelling(node), "\(text.debugDescription)")
                if text.allSatisfy({ !$0.isNewline }) {
                    #expect(try read(YAMLText.line(node)) == spelling(node), "\(text.debugDescription)")
                }
            }
        }
    }

    @Test func `functions of CloudFormation's stand on one line`() throws {
        let names = YAMLNode.list((0..<40).map { .string("name\($0)") }, tag: "!Join")
        let node = YAMLNode.mapping([("vpc", .string("network-vpc", tag: "!ImportValue")), ("ids", names)])
        let text = YAMLText.file(node)
        #expect(text.hasPrefix("vpc: !ImportValue network-vpc\nids: !Join [name0, "))
        #expect(try read(text) == spelling(node))
    }

    @Test func `what is short stands on one line, what is long in blocks`() {
        let short = YAMLNode.mapping([("memory", .literal("512")), ("timeout", .literal("10m"))])
        let long = YAMLNode.mapping((0..<12).map { ("variable_\($0)", .string("value \($0)")) })
        let node = YAMLNode.mapping([
            ("defaults", short), ("variables", long), ("none", .list([])), ("no", .mapping([])),
        ])
        let lines = YAMLText.file(node).split(separator: "\n")
        #expect(lines.prefix(3) == ["defaults: {memory: 512, timeout: 10m}", "variables:", "  variable_0: value 0"])
        #expect(lines.suffix(2) == ["none: []", "\"no\": {}"])
    }

    private func read(_ text: String) throws -> String {
        var diagnostics = Diagnostics()
        let node = YAMLReader.read(SourceFile(path: "a.yaml", text: text), into: &diagnostics)
        return spelling(try #require(node, "\(text.debugDescription): \(diagnostics.sorted.map(\.summary))"))
    }

    /// What a node says: its tags, texts, and which of them are plain but would not be read as strings.
    private func spelling(_ node: YAMLNode) -> String {
        let content =
            switch node.content {
            case .scalar(let text, let style):
                style == .plain && JSONNumber(text) != nil ? text : JSONText.literal(text)
            case .sequence(let items): "[" + items.map(spelling).joined(separator: ",") + "]"
            case .mapping(let entries):
                "{" + entries.map { JSONText.literal($0.key) + ":" + spelling($0.value) }.joined(separator: ",") + "}"
            }
        return node.tag.map { "\($0) \(content)" } ?? content
    }
}
