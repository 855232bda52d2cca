import CloudFormation
import Testing

@Suite struct JSONLinesTests {
    private func yaml(_ lines: JSONLines) -> String {
        var writer = TemplateWriter(.yaml)
        writer.object { $0["Text"] = lines }
        return String(decoding: writer.finish(), as: UTF8.self)
    }

    @Test func `lines with names are substituted`() {
        let lines = JSONLines {
            $0.object {
                $0["Plain"] = "$.x ${y} \"é\""
                $0["Arn"] = .getAtt(LogicalID("Function"), "Arn")
                $0["Both"] = .joined([.text("${a}"), .accountID])
                $0.key("None")
                $0.addNull()
            }
        }
        #expect(
            yaml(lines) == #"""
                Text: !Join
                - "\n"
                - - "{"
                  - "  \"Plain\": \"$.x \\u0024{y} \\\"\xE9\\\"\","
                  - !Sub '  "Arn": "${Function.Arn}",'
                  - !Sub '  "Both": "\u0024{a}${AWS::AccountId}",'
                  - '  "None": null'
                  - "}"

                """#)
        #expect(!lines.isImpossible)
    }

    @Test func `an import in a text is impossible`() {
        #expect(JSONLines { $0.add(.importValue("x")) }.isImpossible)
    }
}
