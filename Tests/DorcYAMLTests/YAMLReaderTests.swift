import DorcTestSupport
import DorcText
import DorcYAML
import Testing

@Suite struct YAMLReaderTests {
    private func read(_ text: String, _ limits: YAMLLimits = YAMLLimits()) -> (YAMLNode?, [Diagnostic]) {
        read(Array(text.utf8), limits)
    }

    private func read(_ bytes: [UInt8], _ limits: YAMLLimits = YAMLLimits()) -> (YAMLNode?, [Diagnostic]) {
        var diagnostics = Diagnostics()
        let node = YAMLReader.read(SourceFile(path: "a.yaml", bytes: bytes), limits: limits, into: &diagnostics)
        return (node, diagnostics.sorted)
    }

    @Test func `positions are counted from one`() throws {
        let (node, findings) = read("first: 1\nlast: [a, b]")
        #expect(findings.isEmpty)
        let root = try #require(node)
        guard case .mapping(let entries) = root.content else { return #expect(Bool(false)) }
        #expect(entries[0].keyRange.start == SourcePosition(line: 1, column: 1))
        #expect(entries[1].keyRange.start == SourcePosition(line: 2, column: 1))
        #expect(entries[1].value.range.start == SourcePosition(line: 2, column: 7))
        #expect(entries[1].value.range.end == SourcePosition(line: 2, column: 13))
    }

    @Test(arguments: [
        ("a: 1\n⟦a⟧: 2\n", DiagnosticID.yamlDuplicateKey),
        ("{a: 1, b: 2, ⟦a⟧: 3}", .yamlDuplicateKey),
        ("a: ⟦*nowhere⟧\n", .yamlAlias),
        ("a: &a\n  b: ⟦*a⟧\n", .yamlAlias),
        ("a: 1\n⟦---⟧\nb: 2\n", .yamlDocuments),
        ("a:\n⟦\t⟧b: 1\n", .yamlSyntax),
        ("a: ⟦\"never closed\n", .yamlSyntax),
        ("ok: ü\nb⟦\u{0}⟧: 1\n", .yamlEncoding),
        ("a: x⟦\u{7}⟧\n", .yamlEncoding),
        ("? ⟦[a, b]⟧\n: 1\n", .yamlKey),
        ("a: 1\n<<: ⟦5⟧\n", .yamlMerge),
        ("schedule: *⟦/15 * * * *\n", .yamlSyntax),
        ("a: 1 # text⟦\u{2028}⟧b: 2\n", .yamlEncoding),
        ("a: x⟦\u{85}⟧y\n", .yamlEncoding),
        ("a: 1\nb: 2\n# ⟦\u{2029}⟧\n", .yamlEncoding),
        ("a: x⟦\u{FFFF}⟧\n", .yamlEncoding),
        ("a: 1\nb: ⟦\"\\d+\"⟧\n", .yamlEscape),
        ("⟦<<<<<<< HEAD\na: 1\n=======\n", .mergeMarks),
        ("a: ⟦&base.v1 1\n", .yamlSyntax),
        ("a: \"{% $x = ⟦\"y\" %}\"\n", .yamlSyntax),
        ("a: &a {b: 1}\nc:\n  <<: *a\n  ⟦<<⟧: *a\n", .yamlDuplicateKey),
    ])
    func `a mistake is found at its place`(_ source: String, _ id: DiagnosticID) {
        let marked = Marked(source)
        let (node, findings) = read(marked.text)
        #expect(node == nil)
        #expect(findings.map(\.id) == [id])
        #expect(findings.first?.place == marked.place)
    }

    @Test(arguments: [2, 15, 16, 17, 40])
    func `a key that is written three times is told twice, each with the one before it`(count: Int) {
        let keys = (1...count).map { "key\($0): \($0)\n" }.joined()
        let (_, findings) = read(keys + "key1: a\nkey1: b\n")
        #expect(findings.map(\.id) == [.yamlDuplicateKey, .yamlDuplicateKey])
        #expect(findings.map(\.range.start.line) == [count + 1, count + 2])
        #expect(findings.map { $0.notes.first?.range.start.line } == [1, count + 1])
    }

    @Test func `invalid UTF-8 is refused at its place`() {
        let (node, findings) = read(Array("a: ü\nb: ".utf8) + [0xC3, 0x28])
        #expect(node == nil)
        #expect(findings.first?.id == .yamlEncoding)
        #expect(findings.first?.place == "2:4")
    }

    @Test func `overlong and surrogate bytes are refused`() {
        for bytes: [UInt8] in [
            [0xC0, 0x80], [0xE0, 0x80, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xFF], [0xE2, 0x82],
        ] {
            #expect(read(Array("a: ".utf8) + bytes).1.first?.id == .yamlEncoding)
        }
    }

    @Test func `a byte order mark at the start is skipped`() throws {
        let (node, findings) = read([0xEF, 0xBB, 0xBF] + Array("a: 1\n".utf8))
        #expect(findings.isEmpty)
        #expect(node != nil)
    }

    @Test func `UTF-16 is refused`() {
        #expect(read([0xFF, 0xFE, 0x61, 0x00]).1.first?.id == .yamlEncoding)
    }

    @Test func `aliases and merge keys are written out`() throws {
        let (node, findings) = read("base: &base {a: 1, b: 2}\nown:\n  <<: *base\n  b: 3\n")
        #expect(findings.isEmpty)
        guard case .mapping(let entries) = try #require(node).content, case .mapping(let own) = entries[1].value.content
        else { return #expect(Bool(false)) }
        #expect(own.map(\.key) == ["b", "a"])
    }

    @Test func `a quoted merge key is a key like any other`() throws {
        let (node, findings) = read("\"<<\": text\n")
        #expect(findings.isEmpty)
        guard case .mapping(let entries) = try #require(node).content else { return #expect(Bool(false)) }
        #expect(entries.map(\.key) == ["<<"])
    }

    @Test func `a billion laughs exceeds the budget`() {
        var text = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n"
        for level in 1...9 {
            text +=
                "a\(level): &a\(level) [" + Array(repeating: "*a\(level - 1)", count: 9).joined(separator: ", ") + "]\n"
        }
        let (node, findings) = read(text)
        #expect(node == nil)
        #expect(findings.map(\.id) == [.yamlBudget])
    }

    @Test(arguments: [String(repeating: "[", count: 10_000), String(repeating: "{a: ", count: 10_000)])
    func `deep nesting is refused`(_ text: String) {
        #expect(read(text).1.map(\.id) == [.yamlTooDeep])
    }

    @Test func `a large file is refused unread`() {
        var limits = YAMLLimits()
        limits.bytes = 10
        // What it holds would be a mistake too.
        #expect(read("a: [1234567890", limits).1.map(\.id) == [.unreadable])
    }

    @Test func `eight times as many keys cost less than sixteen times as much`() {
        let texts = [5000, 40_000].map { count in (0..<count).map { "k\($0): 1\n" }.joined() }
        let ratio = Effort.ratio(of: { #expect(read(texts[1]).0 != nil) }, to: { #expect(read(texts[0]).0 != nil) })
        #expect(ratio < 16)
    }

    @Test func `carriage returns end lines as line feeds do`() throws {
        let (node, findings) = read("a: 1\rb: 2\r\nc: 3\nd: \"x\r  y\"\re: 5")
        #expect(findings.isEmpty)
        guard case .mapping(let entries) = try #require(node).content else { return #expect(Bool(false)) }
        #expect(entries.map(\.keyRange.start.line) == [1, 2, 3, 4, 6])
        #expect(entries[3].value.range(of: 2..<3).start == SourcePosition(line: 5, column: 3))
        let shown = DiagnosticText(colour: false).render([
            Diagnostic(.yamlSyntax, at: entries[1].keyRange, "b"),
            Diagnostic(.yamlSyntax, at: entries[4].keyRange, "b"),
        ])
        #expect(shown.contains("   2 | b: 2\n") && shown.contains("   6 | e: 5\n"))
    }

    @Test func `the line of a byte order mark is shown without it`() throws {
        let (node, _) = read([0xEF, 0xBB, 0xBF] + Array("a: 1\n".utf8))
        let range = try #require(node).range
        #expect(
            DiagnosticText(colour: false).render([Diagnostic(.yamlSyntax, at: range, "b")]).contains("   1 | a: 1\n"))
    }

    @Test(arguments: ["!!str 1.10", "! 1.10", "!!str \"1.10\"", "!<tag:yaml.org,2002:str> 1.10"])
    func `a tag makes a string`(_ written: String) throws {
        let (node, findings) = read("a: \(written)\n")
        #expect(findings.isEmpty)
        guard case .mapping(let entries) = try #require(node).content,
            case .scalar(let text, let style) = entries[0].value.content
        else { return #expect(Bool(false)) }
        #expect(text == "1.10" && style == .quoted && entries[0].value.tag == nil)
        #expect(
            entries[0].value.range(of: 2..<4).start.column == 4 + written.utf8.count - (written.hasSuffix("\"") ? 3 : 2)
        )
    }

    @Test(arguments: [
        ("\"C:\\temp\"", "'C:\\temp'"), ("\"\\bword\"", "'\\bword'"), ("\"it's \\e\"", "'it''s \\e'"),
    ])
    func `escapes that were hardly meant are warned of`(_ written: String, _ replacement: String) {
        let (node, findings) = read("a: \(written)\n")
        #expect(node != nil)
        #expect(findings.map(\.id) == [.yamlEscape])
        #expect(findings.first?.replacement == replacement)
    }

    @Test(arguments: ["\"a\\tb\\n\"", "\"C:\\\\temp\"", "'C:\\temp'", "\"a: \\nb\""])
    func `escapes that are meant are let through`(_ written: String) {
        #expect(read("a: \(written)\n").1.map(\.summary) == [])
    }
}
