/// The states of the Amazon States Language, one declaration for each type.
///
/// From states-language.net and the Step Functions guide, with what AWS itself was seen to refuse: floci#2735 (which type has
/// `TimeoutSeconds`, `Retry` and `Catch`), floci#2968 (query languages), floci#3733 (numbers of a Map).
enum StateRules {
    /// In the order of the guide.
    static let types = ["Task", "Pass", "Choice", "Wait", "Succeed", "Fail", "Parallel", "Map"]

    /// Made when the first definition is read.
    static let states: [String: ObjectRule] = [
        "Task": task, "Pass": pass, "Choice": choice, "Wait": wait, "Succeed": succeed, "Fail": fail,
        "Parallel": parallel, "Map": map,
    ]

    /// Step Functions guide, "Quotas": a run lasts a year; a timeout in seconds has eight digits.
    static let seconds = 1...99_999_999

    static let machine = ObjectRule(
        "a state machine",
        [
            FieldDeclaration("Comment", .text()), FieldDeclaration("QueryLanguage", languages),
            FieldDeclaration("StartAt", .state).required, FieldDeclaration("States", .states).required,
            // cdk-preflight, pf-sfn-asl-numeric-ranges: AWS takes 0 here, unlike in a Task.
            FieldDeclaration("TimeoutSeconds", .integer(0...seconds.upperBound)),
            FieldDeclaration("Version", .word(["1.0"])),
        ])

    private static let branch = ObjectRule(
        "a branch",
        [
            FieldDeclaration("Comment", .text()), FieldDeclaration("StartAt", .state).required,
            FieldDeclaration("States", .states).required,
        ])

    private static let languages = FieldRule.word([QueryLanguage.jsonata.rawValue, QueryLanguage.jsonPath.rawValue])

    private static let common = [
        FieldDeclaration("Type", .word(types)), FieldDeclaration("Comment", .text()),
        FieldDeclaration("QueryLanguage", languages),
    ]
    private static let paths = [
        FieldDeclaration("InputPath", .path(nullable: true)).ofJSONPath,
        FieldDeclaration("OutputPath", .path(nullable: true)).ofJSONPath,
    ]
    private static let transition = [FieldDeclaration("Next", .state), FieldDeclaration("End", .isTrue)]
    private static let resultPath = FieldDeclaration(
        "ResultPath", .referencePath(nullable: true, ofContext: false)
    ).ofJSONPath
    private static let parameters = FieldDeclaration("Parameters", .template(.input, isObject: true)).ofJSONPath
    private static let resultSelector = FieldDeclaration(
        "ResultSelector", .template(.result, isObject: true)
    ).ofJSONPath
    private static let arguments = FieldDeclaration("Arguments", .template(.input)).ofJSONata

    private static func output(_ scope: StateScope) -> [FieldDeclaration] {
        [FieldDeclaration("Output", .template(scope)).ofJSONata, FieldDeclaration("Assign", .variables(scope))]
    }

    private static let errors = [
        FieldDeclaration("Retry", .objects(StateParts.retrier)),
        FieldDeclaration("Catch", .objects(StateParts.catcher)),
    ]

    // MARK: Types

    private static let task = ObjectRule(
        "a Task state",
        common + paths + transition + output(.result) + errors + [
            FieldDeclaration("Resource", .resource).required, arguments, parameters, resultPath, resultSelector,
            FieldDeclaration("Credentials", .credentials), FieldDeclaration("TimeoutSeconds", .integer(seconds)),
            FieldDeclaration("HeartbeatSeconds", .integer(seconds)),
            FieldDeclaration("TimeoutSecondsPath", .referencePath()).ofJSONPath,
            FieldDeclaration("HeartbeatSecondsPath", .referencePath()).ofJSONPath,
        ], exclusive: [["TimeoutSeconds", "TimeoutSecondsPath"], ["HeartbeatSeconds", "HeartbeatSecondsPath"]])

    private static let pass = ObjectRule(
        "a Pass state",
        common + paths + transition + output(.input) + [
            parameters, resultPath, FieldDeclaration("Result", .literal).ofJSONPath,
        ])

    private static let choice = ObjectRule(
        "a Choice state",
        common + paths + output(.input) + [
            FieldDeclaration("Choices", .objects(StateParts.choice)).required, FieldDeclaration("Default", .state),
        ])

    private static let waits = ["Seconds", "Timestamp", "SecondsPath", "TimestampPath"]
    private static let wait = ObjectRule(
        "a Wait state",
        common + paths + transition + output(.input) + [
            FieldDeclaration("Seconds", .integer(0...99_999_999)), FieldDeclaration("Timestamp", .timestamp),
            FieldDeclaration("SecondsPath", .referencePath()).ofJSONPath,
            FieldDeclaration("TimestampPath", .referencePath()).ofJSONPath,
        ], exactlyOne: [waits])

    private static let succeed = ObjectRule(
        "a Succeed state", common + paths + [FieldDeclaration("Output", .template(.input)).ofJSONata])

    private static let fail = ObjectRule(
        "a Fail state",
        common + [
            FieldDeclaration("Error", .textOrExpression), FieldDeclaration("Cause", .textOrExpression),
            FieldDeclaration("ErrorPath", .path(nullable: false)).ofJSONPath,
            FieldDeclaration("CausePath", .path(nullable: false)).ofJSONPath,
        ], exclusive: [["Error", "ErrorPath"], ["Cause", "CausePath"]])

    private static let parallel = ObjectRule(
        "a Parallel state",
        common + paths + transition + output(.result) + errors + [
            FieldDeclaration("Branches", .machines(branch)).required, arguments, parameters, resultPath, resultSelector,
        ])

    private static let map = ObjectRule(
        "a Map state",
        common + paths + transition + output(.result) + errors + [
            FieldDeclaration("ItemProcessor", .machine(StateParts.processor)),
            FieldDeclaration("Iterator", .machine(StateParts.processor)).deprecated,
            FieldDeclaration("Items", .items).ofJSONata,
            FieldDeclaration("ItemsPath", .referencePath()).ofJSONPath,
            FieldDeclaration("ItemSelector", .template(.input)), parameters, resultPath, resultSelector,
            FieldDeclaration("MaxConcurrency", .integer(0...99_999_999)),
            FieldDeclaration("MaxConcurrencyPath", .referencePath(ofContext: false)).ofJSONPath,
            FieldDeclaration("ToleratedFailurePercentage", .number(0...100)),
            FieldDeclaration("ToleratedFailurePercentagePath", .referencePath(ofContext: false)).ofJSONPath,
            FieldDeclaration("ToleratedFailureCount", .integer(0...99_999_999)),
            FieldDeclaration("ToleratedFailureCountPath", .referencePath(ofContext: false)).ofJSONPath,
            FieldDeclaration("ItemReader", .object(StateParts.reader)).ofDistributedMap,
            FieldDeclaration("ItemBatcher", .object(StateParts.batcher)).ofDistributedMap,
            FieldDeclaration("ResultWriter", .object(StateParts.writer)).ofDistributedMap,
            // Step Functions guide, "Map state in distributed mode".
            FieldDeclaration("Label", .text(1...40)).ofDistributedMap,
        ],
        exclusive: [
            ["MaxConcurrency", "MaxConcurrencyPath"], ["ItemSelector", "Parameters"],
            ["ToleratedFailurePercentage", "ToleratedFailurePercentagePath"],
            ["ToleratedFailureCount", "ToleratedFailureCountPath"],
        ], exactlyOne: [["ItemProcessor", "Iterator"]])
}
