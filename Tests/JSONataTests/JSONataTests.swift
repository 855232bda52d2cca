import DorcTestSupport
import Testing
@testable import JSONata

@Suite struct JSONataSyntaxTests {
    @Test(arguments: JSONataExamples.valid)
    func `a valid expression is taken`(text: String) {
        #expect(jsonataProblem(in: text) == nil)
    }

    @Test(arguments: [
        ("a ⟦==⟧ b", "`==` is not JSONata: it compares with `=`"),
        ("a ⟦!==⟧ b", "`!==` is not JSONata: it compares with `!=`"),
        ("a ⟦<>⟧ b", "`<>` is not JSONata: it compares with `!=`"),
        ("a ⟦&&⟧ b", "`&&` is not JSONata: write `and`"),
        ("a ⟦||⟧ b", "`||` is not JSONata: write `or`"),
        ("a ⟦=>⟧ b", "`=>` is not JSONata"),
        ("⟦!⟧done", "`!` is not JSONata"),
        ("$x ⟦+=⟧ 1", "`+=` is not JSONata"),
        ("a⟦?.⟧b", "`?.` is not JSONata"),
        ("a ⟦//⟧ 2", "`//` is not JSONata"),
        ("a ⟦**⟧ 2", "`**` is not JSONata's power"),
        ("a ⟦|⟧ b", "`|` is not an operator between values"),
        ("a ⟦if⟧ c else d", "JSONata has no `if`"),
        ("[x ⟦for⟧ x in rows]", "JSONata has no `for`"),
        ("⟦not⟧ a", "JSONata has no `not`"),
        ("a ⟦not⟧ in b", "JSONata has no `not`"),
        ("a ⟦is⟧ null", "JSONata has no `is`"),
        ("⟦lambda⟧ x: x", "JSONata has no `lambda`"),
        ("a ⟦AND⟧ b", "`AND` is written in lower case"),
        ("⟦f⟧'day {x}'", "JSONata has no f-strings"),
        ("⟦r⟧\"[a-z]\"", "a string has no `r` before its quote in JSONata"),
        ("\"\"⟦\"text\"⟧\"\"", "two strings are side by side"),
        ("rows[1⟦:⟧3]", "JSONata has no slices"),
        ("(1⟦,⟧ 2)", "a comma cannot be between parentheses"),
        ("1⟦,⟧ 2", "a comma cannot be outside of brackets"),
        ("[1, 2⟦,⟧]", "there is nothing after the last comma"),
        ("$f(1⟦,⟧)", "there is nothing after the last comma"),
        ("1 ⟦#⟧ one", "`#` needs a variable after it"),
        ("⟦#⟧ one", "`#` has no value on its left"),
        ("⟦x⟧ := 1", "`:=` gives a value to a variable, whose name begins with `$`"),
        ("1 ⟦:=⟧ 1", "`:=` gives a value to a variable only"),
        ("$x := 1⟦;⟧ $x", "several expressions need parentheses around them"),
        ("$count(a⟦;⟧ b)", "`;` is not expected here"),
        ("⟦(⟧1 + 2", "the `(` is never closed"),
        ("(\n  $x := [1, 2⟦;⟧\n  $x\n)", "`;` is not expected here"),
        ("⟦[⟧1, 2", "the `[` is never closed"),
        ("⟦{⟧\"a\": 1", "the `{` is never closed"),
        ("$sum⟦(⟧[1, 2]", "the `(` is never closed"),
        ("rows⟦[⟧price > 1", "the `[` is never closed"),
        ("(a⟦]⟧", "`]` is where a `)` has to close the `(`"),
        ("[$sum(a⟦]⟧)", "`]` is where a `)` has to close the `(`"),
        ("a⟦)⟧", "the `)` closes nothing"),
        ("⟦)⟧", "a value is missing before `)`"),
        ("(1 + ⟦)⟧", "a value is missing before `)` and after `+`"),
        ("1 ⟦+⟧", "the expression ends after `+`, where a value has to come"),
        ("(a ⟦and⟧", "the expression ends after `and`, where a value has to come"),
        ("a⟦.⟧", "the expression ends after `.`, where a value has to come"),
        ("⟦&⟧ a", "a value is missing before `&`"),
        ("a & ⟦=⟧ b", "a value is missing before `=` and after `&`"),
        ("⟦\"⟧text", "the string is never closed"),
        ("$f(⟦'⟧text)", "the string is never closed"),
        ("'it⟦\\'⟧s'", "`\\'` is not an escape of JSONata"),
        ("'⟦\\d⟧+'", "`\\d` is not an escape of JSONata"),
        ("'⟦\\u⟧12'", "`\\u` is not followed by four hexadecimal digits"),
        ("⟦`⟧a b", "the name in backticks is never closed"),
        ("1 ⟦/*⟧ one", "the comment is never closed"),
        ("$match(a, ⟦/⟧ab)", "the regular expression is never closed"),
        ("$match(a, /ab/ ⟦g⟧)", "`g` is not a flag of a regular expression"),
        ("⟦//⟧", "the regular expression is empty"),
        ("⟦1e999⟧", "the number is too large"),
        ("0⟦7⟧", "a number does not begin with 0"),
        ("1⟦_000⟧", "a number has no `_` between its digits"),
        ("⟦.⟧5", "a number does not begin with a dot"),
        ("a.⟦0⟧.b", "the number `0` cannot be a part of a path"),
        ("a.⟦-1⟧", "the number `-1` cannot be a part of a path"),
        ("a.⟦true⟧", "`true` is a value, not the name of a field"),
        ("first ⟦name⟧", "an operator is missing between `first` and `name`"),
        ("$x ⟦$y⟧", "an operator is missing between `$x` and `$y`"),
        ("{\"a\" ⟦1⟧}", "a `:` is missing between the key and its value"),
        ("{⟦a⟧}", "an object needs `:` and a value after each key"),
        ("{\"a\": 1⟦;⟧ \"b\": 2}", "`;` is not expected here"),
        ("1⟦..⟧3", "a range is written in brackets"),
        ("a ⟦:⟧ b", "`:` is not expected here"),
        ("a⟦^⟧2", "`^` sorts, and needs parentheses after it"),
        ("function(⟦x⟧) { x }", "`x` is not a parameter: a parameter is a variable"),
        ("function($x⟦)⟧", "the function has no body between `{` and `}`"),
        ("function($x)⟦<⟧n:n { 1 }", "the function's signature is never closed"),
        ("function($x)⟦<n<s>:n>⟧ { 1 }", "the types in the function's signature `<n<s>:n>` are not well formed"),
        ("function($x) ⟦{⟧ $x", "the `{` is never closed"),
        ("rows{a: b}⟦{⟧c: d}", "a path has one group at most"),
        ("$rows{a: b}⟦[⟧c = d]", "a filter cannot come after a group"),
        ("rows[a]⟦@⟧$b", "`@` cannot come after a filter or a sort"),
        ("rows^(a)⟦@⟧$b", "`@` cannot come after a filter or a sort"),
        ("rows⟦@⟧b", "`@` needs a variable after it"),
        ("(|a|b⟦)⟧", "`)` is where a `|` has to close the `|`"),
        ("⟦|⟧a|b", "the `|` is never closed"),
        ("(|a⟦)⟧", "`)` is where a `|` has to close the `|`"),
        ("a = ⟦“⟧x”", "`“` is not a character of JSONata"),
        ("a⟦\u{A0}⟧= 1", "there is an invisible character, U+00A0"),
        ("a⟦\"⟧b\"", "there is a quote within the word `a`"),
    ])
    func `a mistake is named in its place`(source: String, summary: String) throws {
        let marked = Marked(source)
        let found = try #require(jsonataProblem(in: marked.text))
        #expect(found.summary == summary)
        #expect(found.offset == marked.offset)
    }

    @Test(arguments: ["", " ", "\n\t ", "/* nothing */"])
    func `an empty expression is said to be empty`(text: String) {
        #expect(jsonataProblem(in: text)?.summary == "the expression is empty")
        #expect(jsonataProblem(in: text)?.offset == 0..<text.unicodeScalars.count)
    }

    @Test(arguments: [
        ("a ⟦==⟧ b", "a = b"), ("a ⟦&&⟧ b", "a and b"), ("a ⟦||⟧ b", "a or b"), ("a ⟦<>⟧ b", "a != b"),
        ("[1⟦,⟧]", "[1]"), ("a⟦?.⟧b", "a.b"), ("⟦x⟧ := 1", "$x := 1"), ("⟦.⟧5", "0.5"), ("a ⟦is⟧ null", "a = null"),
        ("'it⟦\\'⟧s'", "'it\\u0027s'"), ("'⟦\\d⟧'", "'\\\\d'"), ("⟦r⟧'a'", "'a'"), ("a ⟦OR⟧ b", "a or b"),
        ("function(⟦x⟧) { $x }", "function($x) { $x }"), ("a⟦\u{A0}⟧= 1", "a = 1"), ("1⟦_⟧", "1"),
        ("a.⟦null⟧", "a.`null`"), ("a ⟦–⟧ 1", "a - 1"), ("7 ⟦mod⟧ 2", "7 % 2"),
    ])
    func `a replacement makes a valid expression`(source: String, expected: String) throws {
        let marked = Marked(source)
        let found = try #require(jsonataProblem(in: marked.text))
        #expect(found.offset == marked.offset)
        let replaced = marked.replacing(try #require(found.replacement))
        #expect(replaced == expected)
        #expect(jsonataProblem(in: replaced) == nil)
    }

    @Test func `a bracket that closes wrongly knows the open one`() {
        #expect(jsonataProblem(in: "[1, (2]")?.opening == 4..<5)
    }

    @Test func `offsets count Unicode scalars`() {
        #expect(jsonataProblem(in: "'👩‍👩‍👧é' == 1")?.offset == 9..<11)
    }

    @Test func `operators bind as in the reference`() throws {
        func same(_ left: String, _ right: String) throws -> Bool {
            try bare(JSONataExpression(parsing: left).root) == bare(JSONataExpression(parsing: right).root)
        }
        #expect(try same("1 + 2 * 3", "1 + (2 * 3)"))
        #expect(try same("1 - 2 - 3", "(1 - 2) - 3"))
        #expect(try same("a or b and c", "a or (b and c)"))
        #expect(try same("a and b = c & d", "a and (b = (c & d))"))
        #expect(try same("a ? b : c ? d : e", "a ? b : (c ? d : e)"))
        #expect(try same("$x := $y := 1", "$x := ($y := 1)"))
        #expect(try same("a & b ~> $f", "(a & b) ~> $f"))
        #expect(try same("-a.b + c", "(-(a.b)) + c"))
        #expect(try same("a.b[0]", "a.(b[0])"))
        #expect(try same("a.b{c: d}", "(a.b){c: d}"))
        #expect(try same("a.$f(b)", "a.($f(b))"))
        #expect(try !same("(a.b)[0]", "a.b[0]"))
        #expect(try same("a = b in c", "(a = b) in c"))
    }

    /// The tree in words, without blocks of one expression.
    private func bare(_ node: JSONataNode) -> String {
        if case .block(let nodes) = node.kind, nodes.count == 1, let only = nodes.first { return bare(only) }
        let name: String =
            switch node.kind {
            case .name(let name, _): name
            case .variable(let name): "$\(name)"
            case .number(let number): "\(number)"
            case .operation(_, let symbol, _, _): symbol.rawValue
            case .negation: "neg"
            case .path: "."
            case .filter: "[]"
            case .condition: "?"
            case .group: "{}"
            case .binding(let variable, _): ":=\(variable.name)"
            case .call: "call"
            default: "other"
            }
        return "(\(([name] + node.kind.parts.map(bare)).joined(separator: " ")))"
    }

    @Test func `literals have their values`() throws {
        func kind(_ text: String) throws -> JSONataNode.Kind { try JSONataExpression(parsing: text).root.kind }
        #expect(try kind("\"a\\n\\u00e9\\ud83d\\ude00\"") == .string("a\né😀"))
        #expect(try kind("'say \"hi\"'") == .string("say \"hi\""))
        #expect(try kind("1.5e-3") == .number(0.0015))
        #expect(try kind("`a b`") == .name("a b", isQuoted: true))
        #expect(try kind("$") == .variable(""))
        #expect(try kind("$$") == .variable("$"))
    }
}
