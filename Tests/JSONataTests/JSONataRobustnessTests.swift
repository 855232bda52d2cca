import DorcTestSupport
import Testing
@testable import JSONata

@Suite struct JSONataRobustnessTests {
    @Test(arguments: [
        "(", "[", "{", "-", "a.(", "$f(", "a[", "{'a':", "|", "!", "((", "function($x){", "a ? ", "a:", "a^(", "$x:=",
        "a??",
        "/*", "'", "`", "/", "\\", "a.", "a&", "1+", "a[0]", "a{b:c}.", "a@$b.", "x(", "()", "a^(b)", "a[]", "λ($a){",
        ";",
    ])
    func `long and deep texts give an answer`(piece: String) {
        for text in [String(repeating: piece, count: 100_000), String(repeating: piece, count: 20_000) + "a"] {
            if let expression = try? JSONataExpression(parsing: text) {
                _ = expression.findings(stateFields: ["input"])
            }
        }
    }

    @Test func `nesting has a bound that nobody reaches`() {
        func nested(_ count: Int) -> String {
            String(repeating: "(", count: count) + "1" + String(repeating: ")", count: count)
        }
        #expect(jsonataProblem(in: nested(50)) == nil)
        #expect(jsonataProblem(in: nested(100_000))?.summary == "the expression is nested too deeply")
        #expect(jsonataProblem(in: Array(repeating: "'a'", count: 150).joined(separator: " & ")) == nil)
        let long = Array(repeating: "'a'", count: 100_000).joined(separator: " & ")
        #expect(jsonataProblem(in: long)?.summary == "the expression is nested too deeply")
        #expect(jsonataProblem(in: "[" + Array(repeating: "1", count: 100_000).joined(separator: ",") + "]") == nil)
    }

    @Test func `random changes never crash, and each problem lies in the text`() {
        var generator = SeededNumbers(seed: 7)
        let pieces = [
            ".", "..", "[", "]", "{", "}", "(", ")", ",", "@", "#", "$", "$x", "?", ":", ":=", "=", "~>", "and", "in",
            "|",
            "*", "**", "%", "/", "+", "-", "^(", "\"", "'", "`", "\\", "\\u", "1", "0.", "1e", "true", "x",
            "function($x){",
            "/*", "*/", " ", "\n", ";", "!", "é", "“", "\u{A0}", "\u{0}", "👩‍👩‍👧", "$states.", "[]", "None",
        ]
        for _ in 0..<4000 {
            let source = JSONataExamples.valid.randomElement(using: &generator) ?? ""
            var scalars = Array(source.unicodeScalars)
            for _ in 0..<Int.random(in: 1...4, using: &generator) {
                let start = Int.random(in: 0...scalars.count, using: &generator)
                let end = min(scalars.count, start + Int.random(in: 0...4, using: &generator))
                let piece = pieces.randomElement(using: &generator) ?? ""
                scalars.replaceSubrange(start..<end, with: Array(piece.unicodeScalars))
            }
            let text = String(String.UnicodeScalarView(scalars))
            let whole = 0..<scalars.count
            do throws(JSONataProblem) {
                let expression = try JSONataExpression(parsing: text)
                _ = expression.kind
                for finding in expression.findings(stateFields: ["input", "context"]) {
                    #expect(finding.offset.clamped(to: whole) == finding.offset && !finding.offset.isEmpty, "\(text)")
                }
            } catch {
                #expect(error.offset.clamped(to: whole) == error.offset, "\(text)")
                #expect(!error.offset.isEmpty || scalars.isEmpty, "\(text)")
            }
        }
    }
}
