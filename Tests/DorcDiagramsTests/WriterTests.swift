import DorcModel
import DorcTestSupport
import DorcText
import Testing

@testable import DorcDiagrams

/// What names and texts of users become in each format.
@Suite struct WriterTests {
    @Test(arguments: [
        ("end", "end"), ("a \"b\"", "a #34;b#34;"), ("[x](y)", "#91;x#93;#40;y#41;"), ("#quot;", "#35;quot#59;"),
        ("`code`", "#96;code#96;"), ("1. first", "1#46; first"), ("- item", "#45; item"), ("a --> b", "a --#62; b"),
        ("日本語 Ünï", "日本語 Ünï"), ("two\nlines", "two lines"), ("</script>", "#60;/script#62;"),
        ("_a_ *b*", "#95;a#95; #42;b#42;"),
    ])
    func `in Mermaid what means something is written as a code`(text: String, expected: String) {
        #expect(MermaidWriter.escaped(text) == expected)
    }

    @Test(arguments: [
        ("plain", "\"plain\""), ("a \"b\"", "\"a \\\"b\\\"\""), ("back\\slash", "\"back\\\\slash\""),
        ("\\N", "\"\\\\N\""),
        ("a & b &lt;", "\"a &amp; b &amp;lt;\""), ("two\nlines", "\"two\\nlines\""), ("日本", "\"日本\""),
    ])
    func `in DOT quotes, backslashes and entities are escaped`(text: String, expected: String) {
        #expect(DOTWriter.quoted(text) == expected)
    }

    @Test(arguments: [
        ("plain", "plain"), ("<b>\"&'", "&lt;b&gt;&quot;&amp;&#39;"), ("]]>", "]]&gt;"), ("日本\u{FFFE}", "日本\u{FFFD}"),
        ("a\u{1}b", "a\u{FFFD}b"), ("a\nb", "a&#10;b"),
    ])
    func `in SVG what XML cannot hold is not there`(text: String, expected: String) {
        var bytes = ByteBuffer()
        XMLText.append(text, to: &bytes)
        #expect(bytes.text == expected)
    }

    @Test func `no text ends the data of the page`() throws {
        let hostile = [
            "</script>", "</SCRIPT >", "<!--", "<script", "a<", "<", "<s", "</", "\\u003c/script>",
        ]
        for text in hostile {
            let diagram = try LayoutTests.diagram(
                "description: \(JSONText.literalASCII(text + " end"))\nsteps: [{name: \(JSONText.literalASCII(text)), function: extract}]\n"
            )
            let page = PageWriter.text(of: ProjectDiagram(name: "demo", pipelines: [diagram]))
            let start = try #require(page.firstRange(of: "id=\"data\">"))
            let data = page[start.upperBound...]
            let end = try #require(data.lowercased().firstRange(of: "</script"))
            // What is left after the data are the page's own tags.
            let rest = data.lowercased()[end.lowerBound...]
            #expect(rest.hasPrefix("</script>\n<script>\"use strict\""), "\(text)")
            #expect(!data.lowercased()[..<end.lowerBound].contains("<!--"))
            #expect(!data.lowercased()[..<end.lowerBound].contains("<script"))
        }
    }

    @Test func `Mermaid and DOT say conditions, error paths and what comes after them`() throws {
        let diagram = try LayoutTests.diagram(
            """
            steps:
              - {name: a, function: extract, catch: {errors: [Busy], next: sorry}}
              - {name: b, function: load, when: "{% $states.input.rows > 0 %}"}
              - {name: sorry, function: extract, only_on_error: true, then: fail}
            triggers: [{name: daily, schedule: "0 6 * * *"}]
            """)
        let mermaid = MermaidWriter.text(of: diagram).split(separator: "\n").map { $0.drop { $0 == " " } }
        for line in [
            "n0 -->|\"if #36;states#46;input#46;rows #62; 0\"| n1", "n0 -.->|\"Busy\"| n2",
            "n2 --> r2([\"run fails\"]):::outcome",
            "t0([\"daily<br/>at 06:00 every day, UTC\"]):::starter", "linkStyle 3 stroke:#c4382e",
        ] { #expect(mermaid.contains { $0 == line }, "\(line) in \(mermaid)") }
        let dot = DOTWriter.text(of: diagram)
        for line in [
            "n0 -> n1 [label=\"if $states.input.rows > 0\"];",
            "n0 -> n2 [label=\"Busy\", style=dashed, color=\"#b3261e\", fontcolor=\"#b3261e\"];", "n2 -> r2;",
        ] { #expect(dot.contains(line), "\(line) in \(dot)") }
    }

    @Test(arguments: [
        ([UInt8](), ""), ([77], "TQ=="), ([77, 97], "TWE="), ([77, 97, 110], "TWFu"), ([255, 254, 253, 0], "//79AA=="),
    ])
    func `base64 is that of RFC 4648`(bytes: [UInt8], expected: String) {
        #expect(PageWriter.base64(bytes) == expected)
    }

    @Test func `a trigger says where it is off and where it is not`() throws {
        let project = """
            project: demo
            region: eu-west-2
            environments: {dev: {}, test: {}, prod: {}}
            """
        let pipeline = """
            steps: [extract]
            triggers:
              - {name: first, schedule: every 6h, environments: [prod]}
              - {name: second, schedule: every 7h}
              - {name: third, schedule: every 8h, environments: [dev]}
            environments: {dev: {triggers_enabled: false}}
            """
        let repository = Repository(pipeline, ["dorc.yaml": project])
        let loaded = try #require(repository.load().project)
        let starters = DiagramBuilder(loaded).diagram.pipelines[0].starters
        #expect(starters.map(\.name) == ["first", "second", "third"])
        #expect(starters.map(\.note) == ["prod only", "off in dev", "dev only, off"])
        let dev = DiagramBuilder(loaded, environment: "dev").diagram
        #expect(dev.environments == ["dev"])
        #expect(dev.pipelines[0].starters.map(\.name) == ["second", "third"])
    }
}
