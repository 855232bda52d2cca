import CloudFormation
import Foundation
import Testing

@Suite struct TemplateWriterTests {
    private let sample = Tree.map([
        .init("Ref", .ref("Queue")), .init("Att", .getAtt("Queue.Arn")), .init("Sub", .sub("a-${AWS::Region}")),
        .init("Import", .importValue(.string("x-y"))), .init("Nested", .importValue(.sub("${AWS::Region}-x"))),
        .init("Split", .split(",", .importValue(.string("ids")))), .init("Empty", .list([])), .init("None", .map([])),
        .init("Text", .string("on")), .init("Number", .integer(7)), .init("Flag", .boolean(false)),
    ])

    @Test func `functions have their short form in YAML`() {
        #expect(
            sample.text(.yaml) == """
                Ref: !Ref Queue
                Att: !GetAtt Queue.Arn
                Sub: !Sub a-${AWS::Region}
                Import: !ImportValue x-y
                Nested:
                  Fn::ImportValue: !Sub "${AWS::Region}-x"
                Split: !Split
                - ","
                - !ImportValue ids
                Empty: []
                None: {}
                Text: "on"
                Number: 7
                Flag: false

                """)
    }

    @Test func `functions have their long form in JSON`() {
        #expect(
            sample.text(.json) == """
                {
                  "Ref": {"Ref": "Queue"},
                  "Att": {"Fn::GetAtt": ["Queue", "Arn"]},
                  "Sub": {"Fn::Sub": "a-${AWS::Region}"},
                  "Import": {"Fn::ImportValue": "x-y"},
                  "Nested": {"Fn::ImportValue": {"Fn::Sub": "${AWS::Region}-x"}},
                  "Split": {"Fn::Split": [",", {"Fn::ImportValue": "ids"}]},
                  "Empty": [],
                  "None": {},
                  "Text": "on",
                  "Number": 7,
                  "Flag": false
                }

                """)
    }

    @Test(arguments: [
        (TemplateWriter.Form.yaml, "Description: !FindInMap [Functions, LoadFunction, Version]\n"),
        (.json, "{\n  \"Description\": {\"Fn::FindInMap\": [\"Functions\", \"LoadFunction\", \"Version\"]}\n}\n"),
    ])
    func `what a mapping has is found on one line`(form: TemplateWriter.Form, expected: String) {
        var writer = TemplateWriter(form)
        writer.object { $0["Description"] = .findInMap("Functions", LogicalID("LoadFunction"), "Version") }
        #expect(String(decoding: writer.finish(), as: UTF8.self) == expected)
    }

    @Test func `other characters than ASCII are escaped`() {
        let text = "é\u{85}\u{2028}日\u{FFFE}😀\"\\\n"
        let tree = Tree.map([.init("Größe", .string(text)), .init("Sub", .sub("é-${AWS::Region}"))])
        #expect(
            tree.text(.yaml) == #"""
                "Gr\xF6\xDFe": "\xE9\N\L\u65E5\uFFFE\U0001F600\"\\\n"
                Sub: !Sub "\xE9-${AWS::Region}"

                """#)
        #expect(
            tree.text(.json) == #"""
                {
                  "Gr\u00f6\u00dfe": "\u00e9\u0085\u2028\u65e5\ufffe\ud83d\ude00\"\\\n",
                  "Sub": {"Fn::Sub": "\u00e9-${AWS::Region}"}
                }

                """#)
    }

    @Test func `control characters are escaped in JSON`() {
        #expect(Tree.string("a\"\\\n\t\u{1}é").text(.json) == "\"a\\\"\\\\\\n\\t\\u0001\\u00e9\"\n")
    }

    /// The escapes begin at every position of the eight bytes that are looked at together.
    @Test func `every character survives JSON`() throws {
        for code in UInt32(0)..<0x100 {
            let scalar = Character(Unicode.Scalar(UInt8(code)))
            for before in 0..<18 {
                for after in [0, 1, 7, 8, 9] {
                    let text =
                        String(repeating: "x", count: before) + "\(scalar)" + String(repeating: "y", count: after)
                    let json = Tree.string(text).text(.json)
                    #expect(json.utf8.allSatisfy { $0 < 0x80 })
                    let read = try JSONSerialization.jsonObject(with: Data(json.utf8), options: .fragmentsAllowed)
                    #expect(read as? String == text)
                }
            }
        }
    }

    @Test(arguments: UInt64(1)...5) func `random trees are JSON`(_ seed: UInt64) throws {
        var trees = RandomTrees(seed: seed)
        for _ in 0..<100 {
            let json = trees.tree().text(.json)
            #expect(throws: Never.self) { try JSONSerialization.jsonObject(with: Data(json.utf8)) }
        }
    }

    @Test func `members without a value are left out`() {
        var writer = TemplateWriter(.json)
        writer.object {
            $0["None"] = nil as String?
            $0["List"] = [] as [String]?
            $0["Text"] = "x" as String?
            $0["Number"] = nil as Int?
        }
        #expect(String(decoding: writer.finish(), as: UTF8.self) == "{\n  \"List\": [],\n  \"Text\": \"x\"\n}\n")
    }

    @Test func `an ARN is written as text for Sub`() {
        func text(_ arn: ARN, _ form: TemplateWriter.Form) -> String {
            var writer = TemplateWriter(form)
            writer.object { $0["Arn"] = .arn(arn) }
            return String(decoding: writer.finish(), as: UTF8.self)
        }
        let role = ARN("iam", hasRegion: false, "role/", "x-lambda")
        #expect(text(role, .yaml) == "Arn: !Sub arn:${AWS::Partition}:iam::${AWS::AccountId}:role/x-lambda\n")
        #expect(
            text(role, .json)
                == "{\n  \"Arn\": {\"Fn::Sub\": \"arn:${AWS::Partition}:iam::${AWS::AccountId}:role/x-lambda\"}\n}\n")
        let odd = ARN("s3", hasRegion: false, account: .none, "a\"é: b")
        #expect(text(odd, .yaml) == #"Arn: !Sub "arn:${AWS::Partition}:s3:::a\"\xE9: b""# + "\n")
        #expect(text(odd, .json).contains(#"{"Fn::Sub": "arn:${AWS::Partition}:s3:::a\"\u00e9: b"}"#))
    }
}
