import Testing

@testable import DorcDiff

@Suite struct GlobTests {
    @Test(arguments: [
        ("a*", "abc", true), ("a*", "ab*", true), ("ab*", "a*", false), ("*", "?", true), ("a?c", "abc", true),
        ("a?c", "a*c", false), ("a*c", "a?c", true), ("a*c*", "abcbd", true), ("a*c", "abcbd", false),
        ("abc", "abc", true),
        ("abc", "ab", false), ("", "a", false), ("s3:*", "s3:GetObject", true), ("s3:Get*", "s3:PutObject", false),
    ])
    func `a pattern covers what each of its texts is`(_ pattern: String, _ other: String, _ covers: Bool) {
        #expect(Glob.covers(pattern, other) == covers)
    }
}
