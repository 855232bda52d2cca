import DorcTemplates
import Testing

@Suite struct RenderingTests {
    private func yaml(_ value: Value) -> String {
        YAMLEmitter.write(value).map { String(decoding: $0, as: UTF8.self) } ?? ""
    }

    private func json(_ value: Value) -> String { String(decoding: JSONWriter.write(value), as: UTF8.self) }

    private let sample = Value.map([
        .init("Ref", .ref("Queue")), .init("Att", .getAtt("Queue.Arn")), .init("Sub", .sub("a-${AWS::Region}")),
        .init("Import", .importValue(.string("x-y"))), .init("Nested", .importValue(.sub("${AWS::Region}-x"))),
        .init("Split", .split(",", .importValue(.string("ids")))), .init("Empty", .list([])), .init("None", .map([])),
        .init("Text", .string("on")), .init("Number", .integer(7)), .init("Flag", .boolean(false)),
    ])

    @Test func `functions have their short form in YAML`() {
        #expect(
            yaml(sample) == """
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
            json(sample) == """
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

    @Test func `other characters than ASCII are escaped`() {
        let text = "é\u{85}\u{2028}日\u{FFFE}😀\"\\\n"
        let value = Value.map([.init("Größe", .string(text)), .init("Sub", .sub("é-${AWS::Region}"))])
        #expect(
            yaml(value) == #"""
                "Gr\xF6\xDFe": "\xE9\N\L\u65E5\uFFFE\U0001F600\"\\\n"
                Sub: !Sub "\xE9-${AWS::Region}"

                """#)
        #expect(
            json(value) == #"""
                {
                  "Gr\u00f6\u00dfe": "\u00e9\u0085\u2028\u65e5\ufffe\ud83d\ude00\"\\\n",
                  "Sub": {"Fn::Sub": "\u00e9-${AWS::Region}"}
                }

                """#)
    }

    @Test func `control characters are escaped in JSON`() {
        #expect(json(.string("a\"\\\n\t\u{1}é")) == "\"a\\\"\\\\\\n\\t\\u0001\\u00e9\"\n")
    }
}
