import CloudFormation
import Testing

@Suite struct YAMLScalarStyleTests {
    @Test(arguments: [
        "on", "No", "YES", "off", "true", "False", "y", "N", "null", "Null", "~", "", "0123", "0o17", "0b1", "0x1F",
        "1e3", "1_000",
        ".5", "+1", "-1", "12:30:45", "2012-10-17", "=", "<<", ".nan", ".inf", "- x", "? x", "a: b", "a #b", "x:", " x",
        "x ", "!x", "&x", "*x",
        "%x", "@x", "`x", "{x", "[x", "|", ">", "'x", "\"x", "#x", ",x", "---", "...",
    ])
    func `text that YAML would read otherwise is quoted`(_ text: String) {
        #expect(YAMLScalarStyle(for: text) != .plain)
    }

    @Test(arguments: [
        "abc", "AWS::Lambda::Function", "arn:${AWS::Partition}:iam", "a-b_c.d/e", "/aws/lambda/x",
        "cron(0 6 ? * MON-FRI *)", "one two",
    ])
    func `plain text stays plain`(_ text: String) {
        #expect(YAMLScalarStyle(for: text) == .plain)
    }

    @Test func `several lines are a block`() {
        #expect(YAMLScalarStyle(for: "one\ntwo\n") == .literal)
        #expect(YAMLScalarStyle(for: "one \ntwo\n") == .doubleQuoted)
        #expect(YAMLScalarStyle(for: "one\ntwo") == .doubleQuoted)
    }
}
