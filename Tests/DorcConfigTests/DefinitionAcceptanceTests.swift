import DorcTestSupport
import Testing
@testable import DorcModel
@testable import DorcText

/// Definitions that AWS takes. The first are those of cfn-lint's false positives; the recordings of what ran on AWS are checked by
/// Tests/Python.
@Suite struct DefinitionAcceptanceTests {
    private func findings(_ definition: String, file: String = "flow.asl.yaml") -> [Diagnostic] {
        Repository("definition: \(file)\npermissions: []", ["src/raw/census/\(file)": definition]).load().findings
            .filter { $0.id != .unusedFunction }
    }

    @Test(arguments: [
        // cfn-lint#4050, #4206, #4128: `Condition`, `Output` and `Assign` of a choice in JSONata.
        """
        QueryLanguage: JSONata
        StartAt: A
        States:
          A: {Type: Pass, Output: "{% $states.input %}", Next: B}
          B:
            Type: Choice
            Choices:
              - {Condition: "{% $count($states.input) = 1 %}", Output: {t: "{% $states.input %}"}, Assign: {t: 1}, Next: C}
              - {Condition: true, Next: C}
            Default: C
            Output: "{% $states.input %}"
            Assign: {u: 2}
          C: {Type: Succeed}
        """,
        // cfn-lint#4096: JSONata in the fields of a Map.
        """
        QueryLanguage: JSONata
        StartAt: A
        States:
          A: {Type: Pass, Assign: {account_id: "{% $states.input.account_id %}"}, Next: B}
          B:
            Type: Task
            Resource: arn:aws:states:::aws-sdk:ssoadmin:listPermissionSetsProvisionedToAccount
            Arguments: {AccountId: "{% $account_id %}", InstanceArn: "arn:aws:sso:::instance/ssoins-aaaaaaaaaaaa"}
            Next: C
          C:
            Type: Map
            Items: "{% $states.input.PermissionSets %}"
            ItemSelector: {set: "{% $states.context.Map.Item.Value %}", account: "{% $account_id %}"}
            MaxConcurrency: "{% 1 + 1 %}"
            ItemProcessor:
              ProcessorConfig: {Mode: INLINE}
              StartAt: D
              States: {D: {Type: Pass, End: true}}
            End: true
        """,
        // cfn-lint#4297: a list as `Output`; #4342: an expression as `Seconds`; #4398: a text as `Arguments`.
        """
        QueryLanguage: JSONata
        StartAt: A
        States:
          A: {Type: Pass, Output: ["{% $states.input %}", 1, null], Next: B}
          B: {Type: Wait, Seconds: "{% $number($states.input[1]) %}", Next: C}
          C:
            Type: Task
            Resource: arn:aws:states:::aws-sdk:s3:listObjectsV2
            Arguments: "{% {'Bucket': 'landing', 'ContinuationToken': $token} %}"
            Output: "{% $states.result.Contents %}"
            TimeoutSeconds: "{% 60 * 2 %}"
            Next: D
          D: {Type: Fail, Error: "{% $states.input.error %}", Cause: x}
        """,
        // JSONPath as a whole.
        """
        StartAt: A
        Comment: all of JSONPath
        Version: "1.0"
        TimeoutSeconds: 3600
        States:
          A:
            Type: Task
            Resource: "${extract}"
            InputPath: $.in[?(@.a > 1)].b
            Parameters:
              plain: 1
              path.$: $.a['b c'][0]
              context.$: $$.Execution.Input
              text.$: "States.Format('a {} it\\\\'s {}', $.b, States.ArrayGetItem(States.Array(1, 2, 'x'), 0))"
              quoted.$: "States.Format('{}', $['a)b'])"
              pattern.$: "$.a[?(@.x =~ /it's (a|b/)]"
              id.$: States.UUID()
              nested: {list: [{deep.$: $..all}]}
            ResultSelector: {n.$: $.n}
            ResultPath: $.answer.of['a']
            OutputPath: $
            Assign: {count.$: $.n, fixed: 1, ünïcode: x}
            Credentials: {RoleArn.$: $.role}
            TimeoutSecondsPath: $.timeout
            HeartbeatSecondsPath: $.beat
            Retry:
              - {ErrorEquals: [ApiBusy], IntervalSeconds: 1, MaxAttempts: 0, BackoffRate: 1.5, MaxDelaySeconds: 60, JitterStrategy: FULL}
              - {ErrorEquals: [States.ALL]}
            Catch: [{ErrorEquals: [States.ALL], ResultPath: $.error, Assign: {e.$: $.Error}, Comment: x, Next: B}]
            Next: B
          B:
            Type: Choice
            Choices:
              - And:
                  - {Variable: $.a, IsPresent: true}
                  - Not: {Variable: $$.Execution.Name, StringMatches: "x*"}
                  - Or: [{Variable: $count, NumericGreaterThanEqualsPath: $.b}, {Variable: $.t, TimestampLessThan: "2031-01-01T00:00:00.5+01:00"}]
                Next: C
            Default: D
          C:
            Type: Map
            ItemsPath: $.files
            ItemSelector: {file.$: $$.Map.Item.Value, n.$: $$.Map.Item.Index}
            MaxConcurrencyPath: $.n
            ToleratedFailurePercentage: 5.5
            ItemReader:
              Resource: arn:aws:states:::s3:getObject
              ReaderConfig: {InputType: CSV, CSVHeaderLocation: GIVEN, CSVHeaders: [a, b], MaxItemsPath: $.max}
              Parameters: {Bucket: landing, Key.$: $.key}
            ItemBatcher: {MaxItemsPerBatch: 10, BatchInput: {day.$: $.day}}
            ResultWriter:
              Resource: arn:aws:states:::s3:putObject
              Parameters: {Bucket: out, Prefix: p}
              WriterConfig: {Transformation: COMPACT, OutputType: JSONL}
            Label: Files
            ItemProcessor:
              ProcessorConfig: {Mode: DISTRIBUTED, ExecutionType: EXPRESS}
              StartAt: E
              States: {E: {Type: Task, Resource: "${load}", End: true}}
            ResultPath: null
            Next: D
          D:
            Type: Parallel
            Branches:
              - {StartAt: F, States: {F: {Type: Wait, TimestampPath: $.t, End: true}}}
              - {Comment: x, StartAt: G, States: {G: {Type: Fail, ErrorPath: "States.Format('{}', $.e)", CausePath: $.c}}}
            Next: H
          H: {Type: Pass, Result: {a.$: literal}, InputPath: null, OutputPath: null, End: true}
        """,
        // States in JSONata within a machine in JSONPath.
        """
        StartAt: A
        States:
          A: {Type: Pass, QueryLanguage: JSONata, Output: "{% $states.context.Execution.Name %}", Next: B}
          B:
            Type: Map
            Iterator:
              StartAt: C
              States: {C: {Type: Pass, QueryLanguage: JSONata, Output: "{% $states.input %}", End: true}}
            End: true
        """,
        // What a task can call.
        """
        StartAt: A
        States:
          A: {Type: Task, Resource: "arn:aws-cn:states:::sns:publish", Parameters: {Message.$: $}, Next: B}
          B: {Type: Task, Resource: "${load}:$LATEST", Next: C}
          C: {Type: Task, Resource: "arn:aws:lambda:eu-west-2:111122223333:function:other:live", Next: D}
          D: {Type: Task, Resource: "arn:aws:states:eu-west-2:111122223333:activity:people", HeartbeatSeconds: 5, TimeoutSeconds: 60, Next: E}
          E: {Type: Task, Resource: "arn:aws:states:::states:startExecution.sync:2", Parameters: {StateMachineArn: a}, Next: F}
          F: {Type: Task, Resource: "arn:aws:states:::aws-sdk:sfn:sendTaskSuccess", Parameters: {TaskToken.$: $.t}, Next: G}
          G: {Type: Task, Resource: "arn:aws:states:::lambda:invoke.waitForTaskToken", Parameters: {FunctionName: "${extract}", Payload: {c.$: $$}}, Next: H}
          H: {Type: Task, Resource: "arn:aws:states:::eks:runJob.sync", Parameters: {}, Next: I}
          I: {Type: Task, Resource: "arn:aws:states:::http:invoke", Parameters: {}, Next: J}
          J: {Type: Task, Resource: "arn:aws:states:::aws-sdk:batch:submitJob.waitForTaskToken", Parameters: {T.$: $$.Task.Token}, End: true}
        """,
    ])
    func `a definition that AWS takes is let through`(_ definition: String) {
        let found = findings(definition)
        #expect(found.isEmpty, "\(found.map { "\($0.place) \($0.summary)" })")
    }

    @Test func `a call of another function needs permissions`() {
        let definition = """
            StartAt: A
            States:
              A: {Type: Task, Resource: "arn:aws:states:::lambda:invoke", Parameters: {FunctionName: "${extract}:live"}, Next: B}
              B: {Type: Task, Resource: "arn:aws:states:::lambda:invoke", Parameters: {FunctionName: other}, End: true}
            """
        let found = Repository("definition: flow.asl.yaml", ["src/raw/census/flow.asl.yaml": definition]).load()
            .findings
            .filter { $0.id == .taskWithoutPermissions }
        #expect(found.map(\.place) == ["4:29"])
    }

    // MARK: JSON

    @Test func `JSON is read as JSON`() throws {
        let text =
            #"{"StartAt":"A\ud83d\ude80","States":{"A\uD83D\uDE80":{"Type":"Pass","Result":"\/\t\u0041 true","End":true}}}"#
        let (project, found) = Repository(
            "definition: flow.json\npermissions: []", ["src/raw/census/flow.json": text]
        ).load()
        #expect(found.filter { $0.id != .unusedFunction }.isEmpty)
        let machine = try #require(project?.pipelines.first?.environments.first?.machine)
        #expect(machine.stateNames == ["A🚀"])
    }

    @Test(arguments: [
        (#"{"StartAt": "A", ⟦"StartAt"⟧: "B"}"#, "written twice"),
        (#"{"StartAt": "A"⟦,⟧}"#, "nothing follows after the comma"),
        (#"{⟦S⟧tartAt: A}"#, "a name in double quotes"),
        (#"{"a": ⟦'⟧b'}"#, "is not a value of JSON"),
        (#"{"a": ⟦0⟧1}"#, "`01` is not a value of JSON"),
        (#"{"a": "⟦\⟧ud83d"}"#, "surrogate"),
        (#"{"a": "⟦\⟧x41"}"#, "not an escape of JSON"),
        (#"{"a": ⟦"⟧b}"#, "no `\"` at its end"),
        ("{\"a\": \"b⟦\n⟧\"}", "ends on its line"),
        (#"{"a": 1} ⟦#⟧ note"#, "something follows"),
        (#"{"a" ⟦1⟧}"#, "a `:` is expected"),
        (#"[1 ⟦2⟧]"#, "a `,` or `]` is expected"),
        ("⟦", "the file ends"),
    ])
    func `a mistake in JSON is told at its place`(source: String, words: String) throws {
        let marked = Marked(source)
        let found = findings(marked.text, file: "flow.json").filter { $0.id == .jsonSyntax }
        let finding = try #require(found.first)
        #expect(found.count == 1)
        #expect(finding.place == marked.place)
        #expect(finding.summary.contains(words), "\(finding.summary)")
    }

    @Test func `deep JSON is refused`() {
        let text = String(repeating: "[", count: 100_000)
        #expect(findings(text, file: "flow.json").map(\.id) == [.jsonSyntax])
    }
}
