/// The objects inside states.
enum StateParts {
    /// Step Functions guide, "Handling errors in Step Functions workflows".
    static let retrier = ObjectRule(
        "a retrier",
        [
            FieldDeclaration("Comment", .text()), FieldDeclaration("ErrorEquals", .texts).required,
            // cdk-preflight, pf-sfn-asl-numeric-ranges: AWS takes 0.
            FieldDeclaration("IntervalSeconds", .integer(0...StateRules.seconds.upperBound)),
            FieldDeclaration("MaxAttempts", .integer(0...99_999_999)),
            FieldDeclaration("BackoffRate", .number(1...1e9)),
            FieldDeclaration("MaxDelaySeconds", .integer(1...31_622_400)),
            FieldDeclaration("JitterStrategy", .word(["FULL", "NONE"])),
        ])

    static let catcher = ObjectRule(
        "a catcher",
        [
            FieldDeclaration("Comment", .text()), FieldDeclaration("ErrorEquals", .texts).required,
            FieldDeclaration("Next", .state).required,
            FieldDeclaration("ResultPath", .referencePath(nullable: true, ofContext: false)).ofJSONPath,
            FieldDeclaration("Output", .template(.error)).ofJSONata, FieldDeclaration("Assign", .variables(.error)),
        ])

    // MARK: Choices

    static let choice = ObjectRule(
        "a choice rule",
        [
            FieldDeclaration("Comment", .text()), FieldDeclaration("Next", .state).required,
            FieldDeclaration("Condition", .condition).ofJSONata,
            FieldDeclaration("Output", .template(.input)).ofJSONata,
            FieldDeclaration("Assign", .variables(.input)),
        ] + comparison, exclusive: compound, exactlyOne: [operators + ["Condition"]])

    /// Such a rule compares nothing itself (cdk-preflight, pf-sfn-asl-choice-rules).
    private static let compound = ["And", "Or", "Not"].map { ["Variable", $0] }

    private static let operators: [String] =
        comparison.map(\.name).filter { $0 != "Variable" }

    /// `StringEquals` and its like, and those that compare with another place of the input.
    private static let compared: [FieldDeclaration] = {
        let orders = ["Equals", "LessThan", "LessThanEquals", "GreaterThan", "GreaterThanEquals"]
        let types: [(String, FieldRule, [String])] = [
            ("String", .text(), orders), ("Numeric", .number(-1e300...1e300), orders),
            ("Timestamp", .timestamp, orders),
            ("Boolean", .boolean, ["Equals"]),
        ]
        return types.flatMap { type, rule, orders in
            orders.flatMap { order in
                [
                    FieldDeclaration(type + order, rule).ofJSONPath.beside("Variable"),
                    FieldDeclaration(type + order + "Path", .referencePath()).ofJSONPath.beside("Variable"),
                ]
            }
        }
    }()

    private static let comparison: [FieldDeclaration] =
        [
            FieldDeclaration("Variable", .referencePath()).ofJSONPath,
            FieldDeclaration("StringMatches", .text()).ofJSONPath.beside("Variable"),
            FieldDeclaration("And", .nestedChoices).ofJSONPath, FieldDeclaration("Or", .nestedChoices).ofJSONPath,
            FieldDeclaration("Not", .nestedChoice).ofJSONPath,
        ]
        + ["IsPresent", "IsNull", "IsBoolean", "IsNumeric", "IsString", "IsTimestamp"]
        .map { FieldDeclaration($0, .boolean).ofJSONPath.beside("Variable") } + compared

    /// Below `And`, `Or` and `Not`, at any depth.
    static let nested = ObjectRule(
        "a nested choice rule", [FieldDeclaration("Comment", .text())] + comparison, exclusive: compound,
        exactlyOne: [operators])

    // MARK: Maps

    static let processor = ObjectRule(
        "an item processor",
        [
            FieldDeclaration("Comment", .text()), FieldDeclaration("StartAt", .state).required,
            FieldDeclaration("States", .states).required, FieldDeclaration("ProcessorConfig", .object(config)),
        ])

    private static let config = ObjectRule(
        "a processor's configuration",
        [
            FieldDeclaration("Mode", .word(["INLINE", "DISTRIBUTED"])),
            FieldDeclaration("ExecutionType", .word(["STANDARD", "EXPRESS"])),
        ])

    private static let call = [
        FieldDeclaration("Arguments", .template(.input)).ofJSONata,
        FieldDeclaration("Parameters", .template(.input, isObject: true)).ofJSONPath,
    ]

    /// Step Functions guide, "ItemReader (Map)".
    static let reader = ObjectRule(
        "an item reader",
        call + [
            FieldDeclaration("Resource", .dataset(["s3:getObject", "s3:listObjectsV2"])).required,
            FieldDeclaration(
                "ReaderConfig",
                .object(
                    ObjectRule(
                        "a reader's configuration",
                        [
                            FieldDeclaration("InputType", .word(["CSV", "JSON", "JSONL", "MANIFEST", "PARQUET"])),
                            FieldDeclaration("Transformation", .word(["NONE", "LOAD_AND_FLATTEN"])),
                            FieldDeclaration("ManifestType", .word(["ATHENA_DATA", "S3_INVENTORY"])),
                            FieldDeclaration("CSVHeaderLocation", .word(["FIRST_ROW", "GIVEN"])),
                            FieldDeclaration("CSVHeaders", .texts),
                            FieldDeclaration(
                                "CSVDelimiter", .word(["COMMA", "PIPE", "SEMICOLON", "SPACE", "TAB"])),
                            FieldDeclaration("ItemsPointer", .text(1...2000)),
                            FieldDeclaration("MaxItems", .integer(0...100_000_000)),
                            FieldDeclaration("MaxItemsPath", .referencePath(ofContext: false)).ofJSONPath,
                        ], exclusive: [["MaxItems", "MaxItemsPath"]]))),
        ])

    /// Step Functions guide, "ItemBatcher (Map)".
    static let batcher = ObjectRule(
        "an item batcher",
        [
            FieldDeclaration("BatchInput", .template(.input)),
            FieldDeclaration("MaxItemsPerBatch", .integer(0...99_999_999)),
            FieldDeclaration("MaxItemsPerBatchPath", .referencePath(ofContext: false)).ofJSONPath,
            FieldDeclaration("MaxInputBytesPerBatch", .integer(0...262_144)),
            FieldDeclaration("MaxInputBytesPerBatchPath", .referencePath(ofContext: false)).ofJSONPath,
        ],
        exclusive: [
            ["MaxItemsPerBatch", "MaxItemsPerBatchPath"], ["MaxInputBytesPerBatch", "MaxInputBytesPerBatchPath"],
        ])

    /// Step Functions guide, "ResultWriter (Map)".
    static let writer = ObjectRule(
        "a result writer",
        call + [
            FieldDeclaration("Resource", .dataset(["s3:putObject"])),
            FieldDeclaration(
                "WriterConfig",
                .object(
                    ObjectRule(
                        "a writer's configuration",
                        [
                            FieldDeclaration("Transformation", .word(["NONE", "COMPACT", "FLATTEN"])),
                            FieldDeclaration("OutputType", .word(["JSON", "JSONL"])),
                        ]))),
        ])
}
