import CloudFormation
import Testing

@Suite struct DeployedLengthTests {
    private func length(_ body: (inout TemplateWriter) -> Void) -> Int {
        TemplateWriter.deployedLength(nameLength: { $0.text == "Known" ? 10 : nil }, body)
    }

    @Test func `texts count as compact JSON`() {
        #expect(length { $0.add("aé😀") } == 5)
        #expect(length { $0.add(["ab", "c"]) } == 2 + 5 + 4)
        #expect(length { $0.object { $0["key"] = "v" } } == 2 + 7 + 3)
        #expect(length { $0.add(1234) } == 4)
        #expect(length { $0.add(true) } == 5)
    }

    @Test func `functions count as the longest that they may become`() {
        #expect(length { $0.add(.getAtt(LogicalID("Known"), "Arn")) } == 80)
        #expect(length { $0.add(.ref(LogicalID("Other"))) } == 150)
        #expect(length { $0.add(.accountID) } == 150)
        #expect(length { $0.add(.sub("${AWS::Region}-${AWS::AccountId}${AWS::Nothing}")) } == 14 + 1 + 12 + 15 + 2)
        #expect(length { $0.add(.importValue("x")) } == 150)
        #expect(length { $0.join(",") { $0.add(["a"]) } } == 150)
        #expect(
            length { $0.add(.arn(ARN("iam", hasRegion: false, "role/x"))) } == "arn:aws-us-gov:iam::000000000000:role/x"
                .count + 2)
    }
}
