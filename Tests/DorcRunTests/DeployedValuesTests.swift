import CloudFormation
import DorcModel
import DorcSynth
import DorcTestSupport
import DorcText
import Testing

@testable import DorcRun

/// CloudFormation's functions, in the core stack of a pipeline.
@Suite struct DeployedValuesTests {
    private func values(account: String? = "111122223333") throws -> DeployedValues {
        var repository = Repository("steps: [extract, load]\n")
        if account == nil {
            repository.files["dorc.yaml"] = "project: demo\nregion: eu-west-2\nenvironments: {dev: {}}\n"
        }
        let (read, made, _) = repository.graph()
        let project = try #require(read)
        let graph = try #require(made)
        let stack = try #require(graph.stacks.first { $0.kind == .core })
        return DeployedValues(stack, of: graph, DeployedValues.Destination(project.environments[0]))
    }

    private func resolved(_ json: String, _ values: inout DeployedValues) throws -> String {
        let value = try #require(RunPlan.JSON(json: Array(json.utf8)))
        return JSONPretty.file(values.resolve(value)).split(separator: "\n").joined(separator: " ")
    }

    @Test(arguments: [
        (#"{"Ref": "AWS::AccountId"}"#, #""111122223333""#),
        (#"{"Ref": "AWS::Partition"}"#, #""aws""#),
        (#"{"Ref": "AWS::StackName"}"#, #""demo-dev-raw-census""#),
        (#"{"Ref": "StateMachine"}"#, #""arn:aws:states:eu-west-2:111122223333:stateMachine:demo-dev-raw-census""#),
        (#"{"Ref": "ExtractFunction"}"#, #""demo-dev-raw-census-extract""#),
        (
            #"{"Fn::GetAtt": ["ExtractFunction", "Arn"]}"#,
            #""arn:aws:lambda:eu-west-2:111122223333:function:demo-dev-raw-census-extract""#
        ),
        (
            #"{"Ref": "ExtractVersion"}"#,
            #""arn:aws:lambda:eu-west-2:111122223333:function:demo-dev-raw-census-extract:1""#
        ),
        (#"{"Fn::GetAtt": ["StateMachine", "Name"]}"#, #""demo-dev-raw-census""#),
        (
            #"{"Fn::Sub": "a-${AWS::Region}.${AWS::URLSuffix}-${!x}-${StateMachine.Name}-${"}"#,
            #""a-eu-west-2.amazonaws.com-${x}-demo-dev-raw-census-${""#
        ),
        (#"{"Fn::Join": [":", ["a", {"Ref": "AWS::Region"}, "b"]]}"#, #""a:eu-west-2:b""#),
        (#"{"Fn::Join": [",", {"Fn::Split": ["-", {"Ref": "AWS::Region"}]}]}"#, #""eu,west,2""#),
        (#"{"Fn::Select": [1, {"Fn::Split": ["-", "a-b-c"]}]}"#, #""b""#),
        (
            #"[{"a": {"Ref": "AWS::Region"}, "b": null}, 1, true]"#,
            #"[   {     "a": "eu-west-2",     "b": null   },   1,   true ]"#
        ),
        // No calls: another number of members, another argument.
        (#"{"Ref": "a", "b": 1}"#, #"{   "Ref": "a",   "b": 1 }"#),
        (#"{"Ref": [1]}"#, #"{   "Ref": [1] }"#),
        (#"{"Fn::Select": [7, ["a"]]}"#, #"{   "Fn::Select": [     7,     ["a"]   ] }"#),
    ])
    func `a function is what deployment makes of it`(json: String, expected: String) throws {
        var values = try values()
        #expect(try resolved(json, &values) == expected)
        #expect(values.unknown == [])
    }

    @Test func `what only AWS knows has a name, and is told once`() throws {
        var values = try values(account: nil)
        let json = #"""
            [{"Fn::ImportValue": {"Fn::Sub": "${AWS::Region}-vpc"}}, {"Ref": "AWS::StackId"}, {"Fn::Sub": "${AWS::StackId}"},
             {"Fn::GetAtt": ["StateMachine", "StateMachineRevisionId"]}, {"Ref": "AWS::AccountId"}]
            """#
        let expected = #"""
            [   "<import eu-west-2-vpc>",   "<ref AWS::StackId>",   "<ref AWS::StackId>",   "<attribute StateMachine.StateMachineRevisionId>",   "000000000000" ]
            """#
        #expect(try resolved(json, &values) == expected)
        #expect(
            values.unknown == [
                "<import eu-west-2-vpc>", "<ref AWS::StackId>", "<attribute StateMachine.StateMachineRevisionId>",
            ])
    }

    @Test func `machines are found by their names, wherever a text has them`() {
        let prefix = "arn:aws:states:eu-west-2:1:stateMachine:"
        let definition = RunPlan.JSON.list([
            .text("{% '\(prefix)a-b_1' & \"\(prefix)c\" %}"), .members(["x": .text("\(prefix)a-b_1:live")]),
            .text("stateMachine:d"),
        ])
        #expect(MachineNames.named(in: definition) == ["a-b_1", "c"])
    }
}
