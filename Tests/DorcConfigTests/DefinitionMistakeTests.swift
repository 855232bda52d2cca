import DorcTestSupport
import Testing
@testable import DorcConfig
@testable import DorcText

/// Definitions that AWS refuses when the state machine is created, or that cannot run. From floci#2735, floci#2968 and floci#3733 (measured
/// on AWS), cfn-lint's schema of E3601, statelint's rules, states-language.net and the Step Functions guide.
@Suite struct DefinitionMistakeTests {
    struct Mistake: Sendable, CustomTestStringConvertible {
        var source: String
        /// In the finding's summary.
        var words: String
        var id = DiagnosticID.invalidDefinition
        var isJSONata = false
        /// Findings beside the marked one.
        var others = 0

        init(
            _ source: String, _ words: String, id: DiagnosticID = .invalidDefinition, isJSONata: Bool = false,
            others: Int = 0
        ) {
            (self.source, self.words, self.id, self.isJSONata, self.others) = (source, words, id, isJSONata, others)
        }

        var testDescription: String { source }
    }

    /// States, of which `A` is the first.
    private static func machine(_ states: String, isJSONata: Bool) -> String {
        (isJSONata ? "QueryLanguage: JSONata\n" : "") + "StartAt: A\nStates:\n  " + states
    }

    private func check(_ mistake: Mistake, _ text: String) throws {
        let marked = Marked(text)
        let repository = Repository(
            "definition: flow.asl.yaml\npermissions: []", ["src/raw/census/flow.asl.yaml": marked.text])
        let findings = repository.load().findings.filter { $0.id != .unusedFunction }
        #expect(findings.count == 1 + mistake.others, "\(findings.map(\.summary))")
        let finding = try #require(
            findings.first { $0.place == marked.place }, "\(findings.map { "\($0.place) \($0.summary)" })")
        #expect(finding.id == mistake.id)
        #expect(finding.severity == .error)
        #expect(finding.summary.contains(mistake.words), "\(finding.summary)")
    }

    @Test(arguments: fields + types + transitions + languages + payloads + errors + choices + maps + tasks)
    func `a mistake in the states is told at its place`(_ mistake: Mistake) throws {
        try check(mistake, Self.machine(mistake.source, isJSONata: mistake.isJSONata))
    }

    @Test(arguments: machines)
    func `a mistake of the machine is told at its place`(_ mistake: Mistake) throws {
        try check(mistake, mistake.source)
    }

    static let machines: [Mistake] = [
        Mistake("⟦[A]⟧", "is a mapping"),
        Mistake("⟦StartAt: A⟧", "`States` with at least one state"),
        Mistake("⟦StartAt: A\nStates: {}⟧", "`States` with at least one state"),
        Mistake("⟦States: {A: {Type: Pass, End: true}}⟧", "has no `StartAt`"),
        Mistake("StartAt: ⟦B⟧\nStates: {A: {Type: Pass, End: true}}", "there is no state `B`"),
        Mistake("StartAt: ⟦5⟧\nStates: {A: {Type: Pass, End: true}}", "the name of a state"),
        Mistake("⟦StartsAt⟧: A\nStartAt: A\nStates: {A: {Type: Pass, End: true}}", "is not a field of a state machine"),
        Mistake("StartAt: A\nTimeoutSeconds: ⟦-1⟧\nStates: {A: {Type: Pass, End: true}}", "a whole number from 0"),
        Mistake("StartAt: A\nTimeoutSeconds: ⟦'60'⟧\nStates: {A: {Type: Pass, End: true}}", "a whole number from 0"),
        Mistake("StartAt: A\nVersion: ⟦'2.0'⟧\nStates: {A: {Type: Pass, End: true}}", "`Version` is `1.0`"),
        Mistake("StartAt: A\nQueryLanguage: ⟦Jsonata⟧\nStates: {A: {Type: Pass, End: true}}", "`QueryLanguage` is"),
        Mistake("StartAt: A\nComment: ⟦[x]⟧\nStates: {A: {Type: Pass, End: true}}", "`Comment` is a string"),
        Mistake("StartAt: A\nStates: {⟦A⟧: {Type: Pass, Next: B}, B: {Type: Pass, Next: A}}", "ends these states"),
        Mistake(
            "StartAt: A\nStates: {A: {Type: Pass, End: true}, ⟦B⟧: {Type: Pass, End: true}}", "no path leads",
            id: .unreachableState),
        Mistake(
            "StartAt: A\nStates: {A: {Type: Pass, Next: B}, B: {Type: Pass, Next: A}, ⟦C⟧: {Type: Pass, End: true}}",
            "no path leads", id: .unreachableState, others: 0),
    ]

    static let fields: [Mistake] =
        // floci#2735: 17 combinations of a field and a type that does not have it.
        ["Pass", "Wait", "Choice", "Succeed", "Fail", "Map", "Parallel"].map {
            Mistake(state($0, "⟦TimeoutSeconds⟧: 5"), "`TimeoutSeconds` is not a field of a \($0) state")
        }
        + ["Pass", "Wait", "Choice", "Succeed", "Fail"].flatMap { type in
            [
                Mistake(
                    state(type, "⟦Retry⟧: [{ErrorEquals: [States.ALL]}]"), "`Retry` is not a field of a \(type) state"),
                Mistake(
                    state(type, "⟦Catch⟧: [{ErrorEquals: [States.ALL], Next: A}]"),
                    "`Catch` is not a field of a \(type) state"),
            ]
        }
        + [
            Mistake(
                "A: {Type: Task, Resource: '${extract}', ⟦Seconds⟧: 5, End: true}", "is not a field of a Task state"),
            Mistake("A: {Type: Pass, ⟦Resource⟧: '${extract}', End: true}", "is not a field of a Pass state"),
            Mistake(
                "A: {Type: Task, Resource: '${extract}', ⟦Result⟧: 5, End: true}", "is not a field of a Task state"),
            Mistake("A: {Type: Wait, Seconds: 5, ⟦ResultPath⟧: $.a, End: true}", "is not a field of a Wait state"),
            Mistake("A: {Type: Fail, ⟦OutputPath⟧: $.a}", "is not a field of a Fail state"),
            Mistake("A: {Type: Succeed, ⟦Assign⟧: {a: 1}}", "is not a field of a Succeed state"),
            Mistake("A: {Type: Pass, ⟦Coment⟧: x, End: true}", "is not a field of a Pass state"),
            Mistake("A: {Type: Pass, Comment: ⟦5⟧, End: true}", "`Comment` is a string"),
            Mistake("A: {Type: Task, Resource: '${extract}', TimeoutSeconds: ⟦0⟧, End: true}", "from 1 to 99999999"),
            Mistake("A: {Type: Task, Resource: '${extract}', TimeoutSeconds: ⟦1.5⟧, End: true}", "from 1 to 99999999"),
            Mistake("A: {Type: Task, Resource: '${extract}', TimeoutSeconds: ⟦100000000⟧, End: true}", "from 1 to"),
            Mistake(
                "A: {Type: Task, Resource: '${extract}', TimeoutSeconds: 5, ⟦TimeoutSecondsPath⟧: $.t, End: true}",
                "exclude each other"),
            Mistake(
                "A: {Type: Task, Resource: '${extract}', TimeoutSeconds: ⟦5⟧, HeartbeatSeconds: 5, End: true}",
                "`TimeoutSeconds` has to be larger than"),
            Mistake("⟦A⟧: {Type: Wait, End: true}", "needs one of `Seconds`"),
            Mistake(
                "A: {Type: Wait, Seconds: 5, ⟦Timestamp⟧: '2031-01-01T00:00:00Z', End: true}", "exclude each other"),
            Mistake("A: {Type: Wait, Seconds: ⟦-1⟧, End: true}", "from 0 to 99999999"),
            Mistake("A: {Type: Wait, Timestamp: ⟦'2031-01-01'⟧, End: true}", "a time of RFC 3339"),
            Mistake("A: {Type: Fail, Error: a, ⟦ErrorPath⟧: $.e}", "exclude each other"),
            Mistake("A: {Type: Fail, Cause: ⟦{a: 1}⟧}", "`Cause` is a string"),
        ]

    static let types: [Mistake] = [
        Mistake("A: {Type: ⟦Pas⟧, End: true}", "`Pas` is not a type of a state"),
        Mistake("⟦A⟧: {End: true}", "has no `Type`"),
        Mistake("⟦A⟧: Pass", "is not a mapping"),
        Mistake("⟦A⟧: {Type: Task, End: true}", "has no `Resource`"),
        Mistake("⟦A⟧: {Type: Choice}", "has no `Choices`"),
        Mistake("⟦A⟧: {Type: Parallel, End: true}", "has no `Branches`"),
        Mistake("A: {Type: Parallel, Branches: ⟦[]⟧, End: true}", "at least one branch"),
        Mistake("A: {Type: Parallel, Branches: [⟦{StartAt: B}⟧], End: true}", "a branch needs `StartAt`"),
        Mistake("⟦A⟧: {Type: Map, End: true}", "`A` needs `ItemProcessor`"),
    ]

    static let transitions: [Mistake] = [
        Mistake("⟦A⟧: {Type: Pass}", "either a `Next` or `End: true`"),
        Mistake("⟦A⟧: {Type: Pass, Next: B, End: true}\n  B: {Type: Succeed}", "either a `Next` or `End: true`"),
        Mistake("A: {Type: Pass, Next: ⟦C⟧}\n  B: {Type: Succeed}", "there is no state `C`"),
        Mistake("A: {Type: Succeed, ⟦End⟧: true}", "`End` is not a field of a Succeed state"),
        Mistake("A: {Type: Fail, ⟦Next⟧: A}", "`Next` is not a field of a Fail state"),
        Mistake("A: {Type: Pass, End: ⟦'true'⟧}", "`End` is `true`"),
        Mistake("A: {Type: Fail, ⟦Next⟧: B}\n  B: {Type: Succeed}", "`Next` is not a field of a Fail state"),
        Mistake(
            "A: {Type: Choice, Choices: [{Variable: $.a, IsNull: true, Next: B}], ⟦Next⟧: B}\n  B: {Type: Succeed}",
            "`Next` is not a field of a Choice state"),
        // A branch cannot lead out of itself.
        Mistake(
            "A: {Type: Parallel, Branches: [{StartAt: B, States: {B: {Type: Pass, Next: ⟦C⟧}}}], Next: C}\n  C: {Type: Succeed}",
            "there is no state `C`"),
        Mistake(
            "A: {Type: Parallel, Branches: [{StartAt: A2, States: {⟦A⟧: {Type: Pass, End: true}, A2: {Type: Pass, Next: A}}}], End: true}",
            "two states are named `A`"),
        Mistake(
            "A: {Type: Map, ItemProcessor: {StartAt: B, States: {⟦B⟧: {Type: Pass, Next: B}}}, End: true}",
            "ends these states"),
    ]

    static let languages: [Mistake] = [
        Mistake("A: {Type: Pass, ⟦Output⟧: 1, End: true}", "belongs to the query language JSONata"),
        Mistake("A: {Type: Task, Resource: '${extract}', ⟦Arguments⟧: {}, End: true}", "the query language JSONata"),
        Mistake("A: {Type: Pass, ⟦Result⟧: 1, End: true}", "the query language JSONPath", isJSONata: true),
        Mistake("A: {Type: Pass, ⟦InputPath⟧: $.a, End: true}", "the query language JSONPath", isJSONata: true),
        Mistake("A: {Type: Wait, ⟦SecondsPath⟧: $.a, End: true}", "the query language JSONPath", isJSONata: true),
        Mistake("A: {Type: Fail, ⟦CausePath⟧: $.a}", "the query language JSONPath", isJSONata: true),
        // floci#2968
        Mistake("A: {Type: Pass, QueryLanguage: ⟦JSONPath⟧, End: true}", "cannot be in JSONPath", isJSONata: true),
        Mistake(
            "A: {Type: Map, ItemProcessor: {⟦QueryLanguage⟧: JSONata, StartAt: B, States: {B: {Type: Pass, End: true}}}, End: true}",
            "is not a field of an item processor"),
        Mistake(
            "A: {Type: Map, QueryLanguage: JSONata, Items: [1], ItemProcessor: {StartAt: B, States: {B: {Type: Pass, ⟦Output⟧: 1, End: true}}}, End: true}",
            "the query language JSONata"),
        Mistake(
            "A: {Type: Parallel, Branches: [{⟦QueryLanguage⟧: JSONata, StartAt: B, States: {B: {Type: Pass, End: true}}}], End: true}",
            "is not a field of a branch"),
    ]

    static let payloads: [Mistake] = [
        Mistake("A: {Type: Pass, InputPath: ⟦rows⟧, End: true}", "is not a path"),
        Mistake("A: {Type: Pass, InputPath: ⟦'$.a['⟧, End: true}", "do not match"),
        Mistake("A: {Type: Pass, ResultPath: ⟦'$.a[*]'⟧, End: true}", "may select several values"),
        Mistake("A: {Type: Pass, ResultPath: ⟦'$$.Execution'⟧, End: true}", "the Context object"),
        Mistake("A: {Type: Pass, Parameters: ⟦5⟧, End: true}", "`Parameters` is a mapping"),
        Mistake("A: {Type: Pass, Parameters: {a.$: ⟦rows⟧}, End: true}", "neither a path nor an intrinsic function"),
        Mistake("A: {Type: Pass, Parameters: {a.$: ⟦5⟧}, End: true}", "takes a path or an intrinsic function"),
        Mistake("A: {Type: Pass, Parameters: {a.$: ⟦\"States.Formt('x', $.a)\"⟧}, End: true}", "no intrinsic function"),
        Mistake("A: {Type: Pass, Parameters: {a.$: ⟦\"States.Format('{}', $.a\"⟧}, End: true}", "is not closed"),
        Mistake("A: {Type: Pass, Assign: {⟦states⟧: 1}, End: true}", "cannot be named `states`"),
        Mistake("A: {Type: Pass, Assign: {⟦_a⟧: 1}, End: true}", "cannot be the name of a variable"),
        Mistake("A: {Type: Pass, Assign: {⟦1st⟧: 1}, End: true}", "cannot be the name of a variable"),
        Mistake("A: {Type: Pass, Assign: ⟦[1]⟧, End: true}", "a mapping of variables"),
        Mistake(
            "A: {Type: Pass, Output: '{% $states.⟦result⟧ %}', End: true}", "result", id: .jsonataMistake,
            isJSONata: true),
        Mistake(
            "A: {Type: Task, Resource: '${extract}', Arguments: '{% $states.⟦result⟧ %}', End: true}", "result",
            id: .jsonataMistake, isJSONata: true),
        Mistake(
            "A: {Type: Task, Resource: '${extract}', Output: '{% $states.⟦errorOutput⟧ %}', End: true}", "errorOutput",
            id: .jsonataMistake, isJSONata: true),
        Mistake(
            "A: {Type: Choice, Choices: [{Condition: '{% $states.⟦result⟧ = 1 %}', Next: B}]}\n  B: {Type: Succeed}",
            "result",
            id: .jsonataMistake, isJSONata: true),
        Mistake(
            "A: {Type: Task, Resource: '${extract}', Catch: [{ErrorEquals: [States.ALL], Output: '{% $states.⟦result⟧ %}', Next: B}], End: true}\n  B: {Type: Succeed}",
            "result", id: .jsonataMistake, isJSONata: true),
        Mistake(
            "A: {Type: Pass, Output: '{% ⟦$conut⟧(1) %}', End: true}", "$conut", id: .jsonataMistake, isJSONata: true),
        Mistake("A: {Type: Pass, Output: '{% ⟦(⟧1 %}', End: true}", "", id: .jsonataSyntax, isJSONata: true),
    ]

    static let errors: [Mistake] = [
        Mistake(task("Retry: ⟦{ErrorEquals: [A]}⟧"), "a list of mappings"),
        Mistake(task("Retry: [⟦{IntervalSeconds: 1}⟧]"), "has no `ErrorEquals`"),
        Mistake(task("Retry: [{ErrorEquals: ⟦[]⟧}]"), "a list of strings"),
        Mistake(task("Retry: [{ErrorEquals: [E], IntervalSeconds: ⟦-1⟧}]"), "from 0 to 99999999"),
        Mistake(task("Retry: [{ErrorEquals: [E], MaxAttempts: ⟦-1⟧}]"), "from 0 to 99999999"),
        Mistake(task("Retry: [{ErrorEquals: [E], BackoffRate: ⟦0.5⟧}]"), "a number from 1"),
        Mistake(task("Retry: [{ErrorEquals: [E], JitterStrategy: ⟦SOME⟧}]"), "`FULL` or `NONE`"),
        Mistake(task("Retry: [{ErrorEquals: [E], IntervalSeconds: 9, MaxDelaySeconds: ⟦9⟧}]"), "has to be larger than"),
        Mistake(task("Retry: [{ErrorEquals: [E], MaxDelaySeconds: ⟦31622401⟧}]"), "from 1 to 31622400"),
        Mistake(task("Retry: [{ErrorEquals: [E], ⟦Next⟧: A}]"), "is not a field of a retrier"),
        Mistake(task("Retry: [⟦{ErrorEquals: [States.ALL, E]}⟧]"), "is written alone"),
        Mistake(task("Retry: [⟦{ErrorEquals: [States.ALL]}⟧, {ErrorEquals: [E]}]"), "belongs last"),
        Mistake(task("Catch: [⟦{ErrorEquals: [E]}⟧]"), "has no `Next`"),
        Mistake(task("Catch: [{ErrorEquals: [E], Next: ⟦Z⟧}]"), "there is no state `Z`"),
        Mistake(task("Catch: [{ErrorEquals: [E], Next: A, ⟦MaxAttempts⟧: 1}]"), "is not a field of a catcher"),
        Mistake(task("Catch: [{ErrorEquals: [E], Next: A, ResultPath: ⟦'$..a'⟧}]"), "several values"),
    ]

    static let choices: [Mistake] = [
        Mistake(
            choice("{Variable: $.a, ⟦Not⟧: {Variable: $.a, IsNull: true}, Next: B}"), "`Variable` and `Not` exclude"),
        Mistake(choice("⟦{Variable: $.a, Next: B}⟧"), "needs one of"),
        Mistake(choice("{Variable: $.a, IsNull: true, ⟦StringEquals⟧: a, Next: B}"), "exclude each other"),
        Mistake(choice("{⟦StringEquals⟧: a, Next: B}"), "needs a `Variable`"),
        Mistake(choice("{Variable: ⟦a⟧, StringEquals: a, Next: B}"), "is not a path"),
        Mistake(choice("{Variable: $.a, StringEquals: ⟦5⟧, Next: B}"), "`StringEquals` is a string"),
        Mistake(choice("{Variable: $.a, NumericEquals: ⟦'5'⟧, Next: B}"), "`NumericEquals` is a number"),
        Mistake(choice("{Variable: $.a, BooleanEquals: ⟦'true'⟧, Next: B}"), "`true` or `false`"),
        Mistake(choice("{Variable: $.a, TimestampEquals: ⟦today⟧, Next: B}"), "a time of RFC 3339"),
        Mistake(choice("{Variable: $.a, ⟦StringEqual⟧: a, Next: B}"), "is not a field of a choice rule", others: 1),
        Mistake(choice("⟦{Variable: $.a, IsNull: true}⟧"), "has no `Next`"),
        Mistake(choice("{And: ⟦[]⟧, Next: B}"), "at least one"),
        Mistake(choice("{And: [{Variable: $.a, IsNull: true, ⟦Next⟧: B}], Next: B}"), "a nested choice rule"),
        Mistake(choice("{Not: ⟦[]⟧, Next: B}"), "is a mapping"),
        Mistake(choice("{⟦Condition⟧: '{% true %}', Next: B}"), "the query language JSONata", others: 0),
        Mistake(choice("{⟦Variable⟧: $.a, Condition: '{% true %}', Next: B}"), "JSONPath", isJSONata: true),
        Mistake(choice("⟦{Next: B}⟧"), "needs `Condition`", isJSONata: true),
        Mistake(choice("{Condition: ⟦$states.input.a⟧, Next: B}"), "an expression between", isJSONata: true),
        Mistake("A: {Type: Choice, Choices: ⟦[]⟧, Default: B}\n  B: {Type: Succeed}", "at least one"),
        Mistake(
            "A: {Type: Choice, Choices: [{Variable: $.a, IsNull: true, Next: B}], Default: ⟦C⟧}\n  B: {Type: Succeed}",
            "no state `C`"),
    ]

    static let maps: [Mistake] = [
        // Those that cdk-preflight measured on AWS: rules/stepfunctions/pf-sfn-asl-map-distributed, pf-sfn-express-unsupported.
        Mistake(
            processor("Mode: INLINE, ExecutionType: ⟦STANDARD⟧", "B: {Type: Pass, End: true}"), "`Mode: DISTRIBUTED`"),
        Mistake(reader("InputType: ⟦CSV⟧"), "needs a `CSVHeaderLocation`"),
        Mistake(reader("InputType: CSV, CSVHeaderLocation: ⟦GIVEN⟧"), "needs `CSVHeaders`"),
        Mistake(reader("InputType: JSON, CSVHeaderLocation: ⟦FIRST_ROW⟧"), "needs `InputType: CSV`"),
        Mistake(
            distributed("Label: x, Comment: y").replacing("Comment: y, End: true", with: "Next: C")
                + "\n  C: {Type: Map, Label: ⟦x⟧, ItemProcessor: {ProcessorConfig: {Mode: DISTRIBUTED, ExecutionType: STANDARD}, StartAt: D, States: {D: {Type: Pass, End: true}}}, End: true}",
            "two Distributed Maps have the `Label` `x`"),
        Mistake(distributed("Label: ⟦'a b'⟧"), "cannot have the characters"),
        Mistake(
            express("Resource: ⟦'arn:aws:states:::glue:startJobRun.sync'⟧, Parameters: {JobName: j}"),
            "`.sync` does not work"),
        Mistake(express("Resource: ⟦'arn:aws:states:eu-west-2:111122223333:activity:a'⟧"), "an activity does not work"),
        Mistake(map("MaxConcurrency: ⟦-1⟧"), "from 0 to"),
        Mistake(map("MaxConcurrency: 1, ⟦MaxConcurrencyPath⟧: $.n"), "exclude each other"),
        Mistake(map("MaxConcurrencyPath: ⟦'$$.Execution.Input.n'⟧"), "the Context object"),
        Mistake(map("⟦MaxConcurrencyPath⟧: $.n", isJSONata: true), "JSONPath", isJSONata: true),
        Mistake(
            map("Items: ⟦5⟧", isJSONata: true), "a list, or an expression that gives one, and this is", isJSONata: true),
        Mistake(map("ItemSelector: {}, ⟦Parameters⟧: {}"), "exclude each other"),
        Mistake(map("ItemReader: ⟦{Resource: 'arn:aws:states:::s3:getObject'}⟧"), "needs `Mode: DISTRIBUTED`"),
        Mistake(map("ToleratedFailurePercentage: ⟦101⟧"), "from 0 to 100"),
        Mistake(
            distributed("ItemReader: {Resource: ⟦'arn:aws:states:::s3:getObjects'⟧}"), "arn:aws:states:::s3:getObject"),
        Mistake(distributed("ItemReader: ⟦{ReaderConfig: {InputType: JSON}}⟧"), "has no `Resource`"),
        Mistake(
            distributed("ItemReader: {Resource: 'arn:aws:states:::s3:getObject', ReaderConfig: {InputType: ⟦XML⟧}}"),
            "`InputType` is"),
        Mistake(
            distributed(
                "ItemReader: {Resource: 'arn:aws:states:::s3:getObject', ReaderConfig: {MaxItems: 1, ⟦MaxItemsPath⟧: $.n}}"
            ),
            "exclude each other"),
        Mistake(distributed("ItemBatcher: ⟦{BatchInput: {}}⟧"), "`MaxItemsPerBatch`"),
        Mistake(distributed("ItemBatcher: {MaxInputBytesPerBatch: ⟦262145⟧}"), "from 0 to 262144"),
        Mistake(distributed("ResultWriter: {WriterConfig: {Transformation: ⟦SHORT⟧}}"), "`Transformation` is"),
        Mistake(distributed("Label: ⟦a-label-that-is-longer-than-forty-characters⟧"), "1 to 40 characters"),
        Mistake(
            "A: {Type: Map, ItemProcessor: {ProcessorConfig: {Mode: ⟦DISTRIBUTED⟧}, StartAt: B, States: {B: {Type: Pass, End: true}}}, End: true}",
            "needs an `ExecutionType`"),
        Mistake(
            "A: {Type: Map, ItemProcessor: {ProcessorConfig: {Mode: ⟦DISTRIBUTE⟧}, StartAt: B, States: {B: {Type: Pass, End: true}}}, End: true}",
            "`Mode` is"),
        Mistake(
            "A: {Type: Map, ItemProcessor: {StartAt: B, States: {B: {Type: Pass, End: true}}}, ⟦Iterator⟧: {StartAt: C, States: {C: {Type: Pass, End: true}}}, End: true}",
            "exclude each other"),
    ]

    static let tasks: [Mistake] = [
        Mistake(task("Credentials: ⟦x⟧"), "a mapping with `RoleArn`"),
        Mistake(task("Credentials: ⟦{Role: x}⟧"), "has no `RoleArn`"),
        Mistake(
            "A: {Type: Task, Resource: 'arn:aws:states:eu-west-2:111122223333:activity:a', Credentials: ⟦{RoleArn: x}⟧, End: true}",
            "an activity has no `Credentials`"),
        Mistake(
            "A: {Type: Task, Resource: ⟦'arn:aws:states:::sqs:sendMessage'⟧, Parameters: {QueueUrl: q}, End: true}",
            "`sqs:sendMessage` needs `MessageBody`", id: .invalidTask),
        Mistake(
            "A: {Type: Task, Resource: ⟦'arn:aws:states:::lambda:invoke'⟧, Arguments: {functionName: q}, End: true}",
            "`lambda:invoke` needs `FunctionName`", id: .invalidTask, isJSONata: true),
        Mistake(resource("⟦'arn:aws:states:::sns:publish'⟧"), "needs `Message`", id: .invalidTask),
        Mistake(resource("⟦'arn:AWS:states:::sns:publish'⟧"), "is not a resource of a task"),
        Mistake(
            resource("⟦'arn:aws-cn:lambda:eu-west-2:111122223333:function:f'⟧"), "in the partition `aws-cn`",
            id: .arnPartition),
        Mistake(resource("⟦extract⟧"), "is not a resource of a task"),
        Mistake(
            resource("⟦'arn:aws:states:::snss:publish'⟧"), "no optimised integration of `snss`", id: .invalidTask),
        Mistake(resource("⟦'arn:aws:states:::sns:publsh'⟧"), "has no action `publsh`", id: .invalidTask),
        Mistake(resource("⟦'arn:aws:states:::sns:publish.sync'⟧"), "has no `.sync`", id: .invalidTask),
        Mistake(resource("⟦'arn:aws:states:::glue:startJobRun.synk'⟧"), "is not a way to wait", id: .invalidTask),
        Mistake(
            resource("⟦'arn:aws:states:::aws-sdk:stepfunctions:startExecution'⟧"), "has no service `stepfunctions`",
            id: .invalidTask),
        Mistake(
            resource("⟦'arn:aws:states:::aws-sdk:s3:CopyObject'⟧"), "has no action `CopyObject`", id: .invalidTask),
        Mistake(resource("⟦'arn:aws:states:::aws-sdk:glue:startJobRun.sync'⟧"), "has no `.sync`", id: .invalidTask),
        Mistake(
            "A: {Type: Task, Resource: ⟦'arn:aws:states:::sqs:sendMessage.waitForTaskToken'⟧, Parameters: {QueueUrl: q, MessageBody.$: $}, End: true}",
            "waits for an answer with a token", id: .noTaskToken),
        Mistake(
            "A: {Type: Task, Resource: ⟦'arn:aws:states:::sqs:sendMessage.waitForTaskToken'⟧, Arguments: {QueueUrl: q, MessageBody: '{% $states.context.Execution.Id %}'}, End: true}",
            "waits for an answer with a token", id: .noTaskToken, isJSONata: true),
    ]

    // MARK: Parts

    private static func state(_ type: String, _ field: String) -> String {
        switch type {
        case "Wait": "A: {Type: Wait, Seconds: 1, \(field), End: true}"
        case "Choice":
            "A: {Type: Choice, Choices: [{Variable: $.a, IsNull: true, Next: B}], \(field)}\n  B: {Type: Succeed}"
        case "Succeed", "Fail": "A: {Type: \(type), \(field)}"
        case "Map":
            "A: {Type: Map, ItemProcessor: {StartAt: B, States: {B: {Type: Pass, End: true}}}, \(field), End: true}"
        case "Parallel":
            "A: {Type: Parallel, Branches: [{StartAt: B, States: {B: {Type: Pass, End: true}}}], \(field), End: true}"
        default: "A: {Type: \(type), \(field), End: true}"
        }
    }

    private static func task(_ field: String) -> String {
        "A: {Type: Task, Resource: '${extract}', \(field), End: true}"
    }

    private static func resource(_ resource: String) -> String { "A: {Type: Task, Resource: \(resource), End: true}" }

    private static func choice(_ rule: String) -> String {
        "A: {Type: Choice, Choices: [\(rule)], Default: C}\n  B: {Type: Succeed}\n  C: {Type: Pass, Next: B}"
    }

    private static func map(_ field: String, isJSONata: Bool = false) -> String {
        "A: {Type: Map, ItemProcessor: {StartAt: B, States: {B: {Type: Pass, End: true}}}, \(field), End: true}"
    }

    private static func processor(_ config: String, _ states: String) -> String {
        "A: {Type: Map, ItemProcessor: {ProcessorConfig: {\(config)}, StartAt: B, States: {\(states)}}, End: true}"
    }

    private static func express(_ task: String) -> String {
        processor("Mode: DISTRIBUTED, ExecutionType: EXPRESS", "B: {Type: Task, \(task), End: true}")
    }

    private static func reader(_ config: String) -> String {
        distributed("ItemReader: {Resource: 'arn:aws:states:::s3:getObject', ReaderConfig: {\(config)}}")
    }

    private static func distributed(_ field: String) -> String {
        "A: {Type: Map, ItemProcessor: {ProcessorConfig: {Mode: DISTRIBUTED, ExecutionType: STANDARD}, StartAt: B, States: {B: {Type: Pass, End: true}}}, \(field), End: true}"
    }
}
