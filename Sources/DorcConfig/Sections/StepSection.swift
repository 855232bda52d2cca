package import DorcModel
package import DorcText
internal import DorcYAML
internal import Schedules

extension PipelineFile {
    /// A step as written.
    package struct StepSection: Section {
        package var origin = Origin()
        package var name: Located<String>?
        package var function: Located<String>?
        package var pipeline: Located<PipelineID>?
        package var waitForCompletion: Located<Bool>?
        package var task: Located<VariableText>?
        package var permissions: Located<[Located<PermissionSection>]>?
        package var wait: Located<WaitSection>?
        package var arguments: Located<JSONSource>?
        package var after: Located<[Located<String>]>?
        package var when: Located<VariableText>?
        package var forEach: Located<IterationSection>?
        package var maxConcurrency: Located<Int>?
        package var batch: Located<Int>?
        package var toleratedFailures: Located<ToleratedFailures>?
        package var mode: Located<Iteration.Mode>?
        package var retry: Located<RetrySection>?
        package var timeout: Located<Duration>?
        package var `catch`: Located<[Located<CatchSection>]>?
        package var onlyOnError: Located<Bool>?
        package var then: Located<HandlerEnd>?
        package var command: Located<[Located<VariableText>]>?
        package var environment: Located<LocatedMap<Located<VariableText>>>?

        package init() {}

        fileprivate static let sideBySide =
            "steps that name the same step in `after` run side by side: `{name: b, after: a}` and `{name: c, after: a}`"

        package static let type = ObjectType<Self>(
            "a step",
            alternatives: .init(
                "function", "pipeline", "task", "wait", usual: "function",
                several: { step, keys in
                    // A key that is written wrongly, or that another one was taken for, has been reported.
                    step.readActions > 1
                        ? .twoActions(keys, at: step.stepName?.range ?? step.range.firstLine) : nil
                }),
            elsewhere: Elsewhere(
                [
                    (FunctionSection.keysOfPackages, FunctionSection.placeOfPackages),
                    ("parallel branches branch concurrently", StepSection.sideBySide),
                    (
                        "else elif elseif otherwise",
                        "write a second step with the opposite `when`: `when: \"{% $not($states.input.rows > 0) %}\"`"
                    ),
                    (
                        "choice choices switch case cases",
                        "write `when` at each step that may be skipped: `when: \"{% $states.input.rows > 0 %}\"`"
                    ),
                    (
                        "while dowhile repeat repeatuntil",
                        "a step runs once, or with `for_each` once for each of many; `retry` tries again after an error"
                    ),
                    ("until", "write it in `wait`: `wait: {until: \"2030-01-01T06:00:00Z\"}`"),
                    (
                        FunctionSection.keysOfJobs,
                        "write it at the function: `functions: {train: {compute: {vcpu: 8, memory: 32768, gpu: 1}}}`"
                    ),
                    (
                        TriggerSection.keysOfSchedules + " schedule cron",
                        "a pipeline has a schedule, not a step: write it in `triggers`"
                    ),
                    (
                        "next",
                        "a step runs after the one before it: write `after` at the step that follows, or remove it"
                    ),
                ],
                functionKey: { "write it at the function: \($0.atFunction)" }),
            keys: [
                Key(
                    "name", \.name, .stepName, default: .words("the function's name"),
                    otherNames: "id taskid stepid key step", "Name of the step, unique in the pipeline."),
                Key(
                    "function", \.function, .functionName, default: .words("the step's name"),
                    otherNames: "lambda handler uses run pythoncallable callable entrypoint",
                    "Folder of the function that the step runs."),
                Key(
                    "pipeline", \.pipeline, .pipeline,
                    otherNames: "subpipeline statemachine workflow triggerdagid",
                    "Another pipeline, `layer/name`, that the step runs."),
                Key(
                    "wait_for_completion", \.waitForCompletion, .boolean, default: .value(true),
                    needs: .oneOf("pipeline"),
                    "Whether a `pipeline` step waits for the end of the run that it starts."),
                Key(
                    "task", \.task,
                    .variableText(
                        "a resource such as `arn:aws:states:::sns:publish`", expressions: .refused,
                        example: "arn:aws:states:::sns:publish"),
                    otherNames: "resource integration",
                    "Any integration of Step Functions, optimised or `aws-sdk:`; its request is `arguments`."),
                Key(
                    "permissions", \.permissions, .list(of: .section),
                    needs: .oneOf("task", words: "a `task` (a function's own are under `functions`)"),
                    "What the `task` may do: statements for the state machine's role."),
                Key(
                    "wait", \.wait, .wait, otherNames: "sleep delay",
                    "Time to wait, or `until` when; the event is passed on."),
                Key(
                    "arguments", \.arguments, .json(.evaluated), isNullable: true, needs: .call,
                    otherNames: "args params parameters input inputs kwargs opkwargs with payload",
                    "What the step gets as its event, instead of the output of the step before it."),
                Key(
                    "after", \.after, .listOrOne(of: .stepName), default: .words("the step before it"),
                    otherNames: "dependson dependencies depends dependency needs upstream requires runsafter waitfor",
                    "Steps that must have ended before; `[]` for none."),
                Key(
                    "when", \.when,
                    .variableText(
                        "a condition such as `{% $states.input.rows > 0 %}`", expressions: .required,
                        ExpressionUse.pattern,
                        canBeNumber: false,
                        example: "{% $states.input.rows > 0 %}"),
                    otherNames: "if condition runif onlyif",
                    "JSONata; if it is false, the step is skipped and passes its event on."),
                Key(
                    "for_each", \.forEach, .iteration, needs: .call,
                    otherNames: "foreach map loop withitems matrix expand itemspath",
                    "Runs the step once for each item: of a list, or of what a mapping names."),
                // Step Functions guide, "Quotas": 10,000 child workflows of a Distributed Map at once, 40 iterations of an
                // inline one.
                Key(
                    "max_concurrency", \.maxConcurrency, .integer(1...10_000),
                    default: .words("40, Distributed \(Defaults.distributedConcurrency)"), needs: .oneOf("for_each"),
                    otherNames: "concurrency maxparallel parallelism",
                    "How many items of `for_each` are handled at once: at most 40, in a Distributed Map 10,000."),
                Key(
                    "batch", \.batch, .integer(1...10_000), default: .words("one item a call"),
                    needs: .oneOf("for_each"), "How many items of a Distributed Map one call gets, as a list."),
                Key(
                    "tolerated_failures", \.toleratedFailures, .toleratedFailures, default: .value(.count(0)),
                    needs: .oneOf("for_each"),
                    "How many items of a Distributed Map may fail before the step fails: a number, or a part of all as `5%`."
                ),
                Key(
                    "mode", \.mode, .choice, default: .value(.standard), needs: .oneOf("for_each"),
                    otherNames: "executiontype",
                    "`express` runs the items of a Distributed Map as Express workflows: cheaper, up to 5 minutes each."
                ),
                Key(
                    "retry", \.retry, .retry, default: .words("from `defaults`"), needs: .call,
                    otherNames: "retries retrypolicy retrystrategy maxretries retrycount",
                    "How often a failed step is tried again, and when."),
                Key(
                    "timeout", \.timeout, .runTimeout, default: .words("the function's and a minute"), needs: .call,
                    otherNames: "timeoutseconds timeoutminutes executiontimeout",
                    "How long one try of the step, or of one item, may take."),
                Key(
                    "catch", \.catch, .listOrOne(of: .section(orOnly: "next", \.next, .stepName), atLeast: 1),
                    needs: .call, otherNames: "onerror onfailure except",
                    "Where the run goes on when the step has failed: an `only_on_error` step, or mappings."),
                Key(
                    "only_on_error", \.onlyOnError, .boolean, default: .value(false),
                    "The step is reached through `catch` alone; its event is `{\"Error\", \"Cause\"}`."),
                Key(
                    "then", \.then, .choice, default: .value(.continue),
                    needs: KeyNeed(keys: ["only_on_error"], value: "true", isCheckedLater: true),
                    "Whether the run goes on after the last step of an error path, or fails."),
                Key(
                    "command", \.command, .list(of: .variableText(expressions: .evaluated)),
                    default: .words("the function's"), needs: .oneOf("function"),
                    "What the container of a job runs, if its image was built elsewhere; JSONata gives strings."),
                Key(
                    "environment", \.environment, .environmentVariables(.variableText(expressions: .evaluated)),
                    needs: .oneOf("function"), example: "{REGION: wales}",
                    "Variables of such a container in addition to the function's; JSONata gives strings."),
            ])

        /// How many keys that say what it does have a value that could be read.
        private var readActions: Int { [function != nil, pipeline != nil, task != nil, wait != nil].count { $0 } }
    }

    /// An item of `catch`.
    package struct CatchSection: Section {
        package var origin = Origin()
        package var errors: Located<[Located<VariableText>]>?
        package var next: Located<String>?

        package init() {}

        package static let type = ObjectType<Self>(
            "`catch`",
            keys: [
                Key(
                    "errors", \.errors, .errorNames,
                    default: .words("`[\(Defaults.retryErrors.joined(separator: ", "))]`"),
                    otherNames: "errorequals error exceptions", "Names of the errors that it catches."),
                Key(
                    "next", \.next, .stepName, required: true, otherNames: "handler step goto then",
                    "The `only_on_error` step that handles them."),
            ])
    }

    /// `wait: 5m`, or `wait: {until: ...}`.
    package struct WaitSection: Section {
        package var origin = Origin()
        /// Written without a key.
        package var duration: Located<Duration>?
        package var until: Located<VariableText>?

        package init() {}

        package static let type = ObjectType<Self>(
            "`wait`",
            keys: [
                Key(
                    "until", \.until,
                    .variableText(
                        "a time such as `2030-01-01T06:00:00Z`", expressions: .required, canBeNumber: false,
                        example: "2030-01-01T06:00:00Z"),
                    required: true, "A time in UTC, or JSONata that gives one.")
            ])
    }
}

/// How a run goes on after the last step of an error path.
package enum HandlerEnd: String, Sendable, CaseIterable {
    case `continue`, fail
}

extension KeyNeed {
    /// What every action but `wait` has.
    fileprivate static let call = KeyNeed.oneOf("function", "pipeline", "task")
}

extension ValueType<PipelineFile.StepSection> {
    /// A mapping, or the function's name alone.
    static var step: ValueType {
        let step = ValueType.section(orOnly: "function", \.function, .functionName)
        return ValueType(
            step.shape,
            decode: { node, diagnostics in
                guard case .sequence = node.content, node.tag == nil else { return step.decode(node, &diagnostics) }
                diagnostics.report(
                    .wrongType(
                        expected: "a step", node, help: "a list is not a step: \(PipelineFile.StepSection.sideBySide)"))
                return nil
            },
            encode: step.encode)
    }
}

extension ValueType<PipelineFile.WaitSection> {
    fileprivate static var wait: ValueType {
        let duration = ValueType<Duration>.runTimeout
        return ValueType(
            .either(duration.shape, .object(PipelineFile.WaitSection.type.shape)),
            decode: { node, diagnostics in
                guard case .scalar(let text, _) = node.content else {
                    return PipelineFile.WaitSection.type.decode(node, &diagnostics)
                }
                if text.hasPrefix("{%") || UTCTime(text) != nil {
                    diagnostics.report(
                        .invalidValue(
                            text, expected: "a duration", at: node.range.firstLine,
                            help: "a time to wait until is written `wait: {until: ...}`"))
                    return nil
                }
                return duration.decode(node, &diagnostics).map { value in
                    var section = PipelineFile.WaitSection()
                    section.duration = Located(value, node.range)
                    return section
                }
            },
            encode: { section in
                section.duration.map { duration.encode($0.value) } ?? PipelineFile.WaitSection.type.encode(section)
            })
    }
}

extension Diagnostic {
    fileprivate static func twoActions(_ keys: [String], at range: SourceRange) -> Diagnostic {
        Diagnostic(
            .twoActions, at: range, "a step does one thing, not \(keys.map { "`\($0)`" }.joined(separator: " and "))",
            help: "make two steps of it")
    }
}
