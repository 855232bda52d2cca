import CloudFormation
import Testing

/// libyaml's emitter wrote dorc's templates, and reads them everywhere: what `TemplateWriter` writes is what it wrote.
@Suite struct YAMLOracleTests {
    private func differs(_ tree: Tree) -> String? {
        let (own, oracle) = (tree.text(.yaml), LibYAMLEmitter.write(tree))
        return own == oracle ? nil : "\(tree)\n--- libyaml\n\(oracle ?? "refuses")\n--- own\n\(own)"
    }

    /// At every place where a text can be.
    private func places(_ text: String) -> Tree {
        .map([
            .init("value", .string(text)), .init(text, .string("key")), .init("sub", .sub(text)),
            .init("import", .importValue(.string(text))),
            .init(
                "list",
                .list([.string(text), .list([.string(text)]), .map([.init("x", .string(text)), .init(text, .null)])])),
            .init("join", .join(text, .list([.string(text), .split(text, .sub(text))]))),
            .init("deep", .map([.init("deeper", .map([.init(text, .map([.init(text, .string(text))]))]))])),
        ])
    }

    @Test func `every character is written as libyaml does, at every place of a text`() {
        for code in (0..<0x250).map(UInt32.init) + [0x2028, 0x2029, 0xD7FF, 0xE000, 0xFEFF, 0xFFFD, 0xFFFF, 0x10000] {
            guard let scalar = Unicode.Scalar(code) else { continue }
            let character = String(Character(scalar))
            for text in ["\(character)", "a\(character)", "\(character)a", "a\(character)b", "a \(character) b\n"] {
                if let difference = differs(places(text)) { Issue.record("U+\(code): \(difference)") }
            }
        }
    }

    @Test func `every pair of ASCII characters is written as libyaml does`() {
        for first in UInt8(0)..<0x80 {
            for second in UInt8(0)..<0x80 {
                let pair = String(decoding: [first, second], as: UTF8.self)
                let tree = Tree.list([.string(pair), .string("x\(pair)y"), .sub("x\(pair)")])
                if let difference = differs(.map([.init("x\(pair)y", tree)])) { Issue.record("\(difference)") }
            }
        }
    }

    @Test(arguments: [
        "", "~", "null", "Null", "NULL", "true", "FALSE", "yes", "No", "on", "OFF", "y", "N", "nan", ".nan", "inf",
        "-.inf",
        "0", "012", "0x1F", "0b1", "1_000", "1e3", "1.5", "+1", "-1", "12:30:45", "2012-10-17", "=", "<<", "- a", "-",
        "?", "? a",
        ":", ": a", "a:", "a: b", "a :b", "#", "# a", "a #b", "a# b", " a", "a ", "  ", "\n", "a\n", "a\nb\n", "a\nb",
        "\na\n",
        "a\n\nb\n", "a \nb\n", "a\n b\n", "a\n\n", "a\tb\n", "é\nb\n", "---", "--- a", "...", "%a", "@a", "`a", "!a",
        "&a", "*a",
        "[a]", "{a}", ",", "'", "''", "a'b\"c", "\"", "\\", "a\\b", "\"\\", "cron(0 6 ? * MON-FRI *)",
        "{% $states.input %}",
        "${AWS::Region}", "/aws/lambda/x",
    ])
    func `texts that are hard in YAML are written as libyaml does`(_ text: String) {
        #expect(differs(places(text)) == nil)
    }

    @Test(arguments: [1, 126, 127, 128, 129, 300]) func `long keys are written as libyaml does`(_ length: Int) {
        for piece in ["k", "é", "'", "\n"] {
            #expect(differs(places(String(repeating: piece, count: length))) == nil)
            #expect(differs(places("a" + String(repeating: piece, count: length))) == nil)
        }
    }

    @Test(arguments: UInt64(1)...20) func `random trees are written as libyaml does`(_ seed: UInt64) {
        var trees = RandomTrees(seed: seed)
        for _ in 0..<200 {
            if let difference = differs(trees.tree()) {
                Issue.record("\(difference)")
                return
            }
        }
    }
}
