import DorcModel
import DorcText
import Testing

@Suite struct TextTests {
    @Test(arguments: [("90s", 90), ("15m", 900), ("2h", 7200), ("7d", 604_800)])
    func `a duration has a unit`(_ text: String, _ seconds: Int) {
        #expect(Duration(text)?.seconds == seconds)
        #expect(Duration(text)?.description == text)
    }

    @Test(arguments: ["", "5", "m", "-5m", "1.5h", "5 m", "5M", "99999999999999999999s", "9999999999999999d"])
    func `other text is not a duration`(_ text: String) {
        #expect(Duration(text) == nil)
    }

    @Test(arguments: [
        ("1", "1"), ("-0", "0"), ("1.5", "1.5"), ("1e3", "1000"), ("1e300", "1.0e+300"), ("1.5E-7", "1.5e-07"),
        ("123456789012345678901234567890", "123456789012345678901234567890"),
    ])
    func `a number keeps its value`(_ text: String, _ written: String) {
        #expect(JSONNumber(text)?.text == written)
    }

    @Test(arguments: ["0123", "0x1F", "0o17", "1_000", ".5", "5.", "+1", "1e", "12:30", "", "-", "NaN", "1e400"])
    func `other text is not a number`(_ text: String) {
        #expect(JSONNumber(text) == nil)
    }

    @Test func `variables are split off`() throws {
        let text = try VariableText(parsing: "a-${x}$${y}${z}")
        let expected: [Interpolated<VariableText.Variable>.Part] = [
            .literal("a-"), .hole(.init(name: "x", offsets: 2..<6)), .literal("${y}"),
            .hole(.init(name: "z", offsets: 11..<15)),
        ]
        #expect(text.text.parts == expected)
        #expect(try VariableText(parsing: "costs 5$").text.literal == "costs 5$")
        #expect(throws: VariableText.Problem.self) { try VariableText(parsing: "${open") }
        #expect(throws: VariableText.Problem.self) { try VariableText(parsing: "${a b}") }
    }

    @Test(arguments: [
        ("my-bucket", true), ("a.b", true), ("ab", false), ("My-Bucket", false), ("a_b", false), ("-ab", false),
        ("a..b", false),
        ("192.168.0.1", false), ("xn--a", false), ("a-s3alias", false), (String(repeating: "a", count: 64), false),
    ])
    func `names of buckets are those of S3`(_ name: String, _ isPossible: Bool) {
        #expect((Identifiers.bucketProblem(name) == nil) == isPossible)
    }

    @Test func `differences are shown with context`() {
        let old = (1...9).map { "line \($0)\n" }.joined()
        let new = old.replacing("line 5", with: "line five")
        #expect(
            UnifiedDiff.render(old: old, new: new, oldName: "a", newName: "b") == """
                --- a
                +++ b
                @@ -2,7 +2,7 @@
                 line 2
                 line 3
                 line 4
                -line 5
                +line five
                 line 6
                 line 7
                 line 8

                """)
        #expect(UnifiedDiff.render(old: old, new: old, oldName: "a", newName: "b").isEmpty)
    }
}
