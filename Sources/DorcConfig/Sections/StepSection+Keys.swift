internal import DorcModel
internal import DorcText
internal import DorcYAML
internal import Schedules

extension PipelineFile.StepSection {
    static let type = ObjectType(
        "a step",
        keys: [
            Key("name", \.name, .stepName, default: "the function's name", "Name of the step, unique in the pipeline."),
            Key(
                "function", \.function, .functionName, default: "the step's name",
                "Folder of the function that the step runs."),
            Key("pipeline", \.pipeline, .pipelinePath, "Another pipeline, `layer/name`, that the step runs."),
            Key(
                "wait_for_completion", \.waitForCompletion, .boolean, default: "`true`",
                "Whether a `pipeline` step waits for the end of the run that it starts."),
            Key(
                "task", \.task,
                .variableText("a resource such as `arn:aws:states:::sns:publish`", expressions: .refused),
                "Any integration of Step Functions, optimised or `aws-sdk:`; its request is `arguments`."),
            Key(
                "permissions", \.permissions, .list(of: PermissionSection.type.type),
                "What the `task` may do: statements for the state machine's role."),
            Key("wait", \.wait, .wait, "Time to wait, or `until` when; the event is passed on."),
            Key(
                nullable: "arguments", \.arguments,
                "What the step gets as its event, instead of the output of the step before it."),
            Key(
                "after", \.after, .listOrOne(of: .stepName), default: "the step before it",
                "Steps that must have ended before; `[]` for none."),
            Key(
                "when", \.when,
                .variableText("a condition such as `{% $states.input.rows > 0 %}`", expressions: .required),
                "JSONata; where it is false, the step is skipped and passes its event on."),
            Key(
                "for_each", \.forEach, .iteration,
                "Runs the step once for each item: of a list, or of what a mapping names."),
            Key(
                "max_concurrency", \.maxConcurrency, .integer(1...10_000),
                default: "40, Distributed \(Defaults.distributedConcurrency)",
                "How many items of `for_each` are worked on at once: at most 40, in a Distributed Map 10,000."),
            Key(
                "batch", \.batch, .integer(1...10_000), default: "one item a call",
                "How many items of a Distributed Map one call gets, as a list."),
            Key(
                "tolerated_failures", \.toleratedFailures, .toleratedFailures, default: "`0`",
                "How many items of a Distributed Map may fail before the step fails: a number, or a part of all as `5%`."
            ),
            Key(
                "retry", \.retry, .retry, default: "from `defaults`",
                "How often a failed step is tried again, and when."),
            Key(
                "timeout", \.timeout, .runTimeout, default: "the function's and a minute",
                "How long one try of the step, or of one item, may take."),
            Key(
                "catch", \.catch, .listOrOne(of: .catcher, atLeast: 1),
                "Where the run goes on when the step has failed: an `only_on_error` step, or mappings."),
            Key(
                "only_on_error", \.onlyOnError, .boolean, default: "`false`",
                "The step is reached through `catch` alone; its event is `{\"Error\", \"Cause\"}`."),
            Key(
                "then", \.then, .choice, default: "`continue`",
                "Whether the run goes on after the last step of an error path, or fails."),
        ],
        make: { PipelineFile.StepSection(range: $0, writtenKeys: $1) })
}

extension PipelineFile.WaitSection {
    static let type = ObjectType(
        "`wait`",
        keys: [
            Key(
                "until", \.until, .variableText("a time such as `2030-01-01T06:00:00Z`", expressions: .required),
                required: true,
                "A time in UTC, or JSONata that gives one.")
        ],
        make: { _, _ in PipelineFile.WaitSection() })
}

extension PipelineFile.CatchSection {
    static let type = ObjectType(
        "`catch`",
        keys: [
            Key(
                "errors", \.errors, .listOrOne(of: .variableText("an error's name", expressions: .refused), atLeast: 1),
                default: "`[\(Defaults.retryErrors.joined(separator: ", "))]`", "Names of the errors that it catches."),
            Key("next", \.next, .stepName, required: true, "The `only_on_error` step that handles them."),
        ],
        make: { _, _ in PipelineFile.CatchSection() })
}

extension PipelineFile.IterationSection {
    static let type = ObjectType(
        "`for_each`",
        keys: [
            Key(nullable: "items", \.items, "A list, or JSONata that gives one."),
            Key(
                "s3", \.s3, PipelineFile.FolderSection.type("`s3` of `for_each`").type,
                "The objects of a bucket; an item is `{\"Key\", \"Size\", ...}`."),
            Key(
                "csv", \.csv, PipelineFile.ObjectSection.type("`csv`").type,
                "The lines of a CSV object with a header line; an item is an object by column."),
            Key(
                "json_lines", \.jsonLines, PipelineFile.ObjectSection.type("`json_lines`").type,
                "The lines of a JSON Lines object."),
            Key(
                "results", \.results, PipelineFile.FolderSection.type("`results`").type,
                "Where the outputs are written; the step's output then says where they are."),
        ],
        make: { PipelineFile.IterationSection(range: $0, writtenKeys: $1) })
}

extension PipelineFile.FolderSection {
    fileprivate static func type(_ name: String) -> ObjectType<Self> {
        ObjectType(
            name,
            keys: [
                Key(
                    "bucket", \.bucket, .variableText("a bucket's name", expressions: .refused), required: true,
                    "Name of the bucket."),
                Key(
                    "prefix", \.prefix, .variableText(expressions: .evaluated), default: "the whole bucket",
                    "What the keys start with."),
            ],
            make: { _, _ in Self() })
    }
}

extension PipelineFile.ObjectSection {
    fileprivate static func type(_ name: String) -> ObjectType<Self> {
        ObjectType(
            name,
            keys: [
                Key(
                    "bucket", \.bucket, .variableText("a bucket's name", expressions: .refused), required: true,
                    "Name of the bucket."),
                Key(
                    "key", \.key, .variableText("an object's key, or JSONata that gives one", expressions: .evaluated),
                    required: true,
                    "Key of the object."),
            ],
            make: { _, _ in Self() })
    }
}

extension PermissionSection {
    static let type = ObjectType(
        "a permission",
        keys: [
            Key(
                "actions", \.actions, .listOrOne(of: .action, atLeast: 1), required: true,
                "Actions of IAM, such as `sns:Publish`."),
            Key(
                "resources", \.resources, .listOrOne(of: .variableText("an ARN", expressions: .refused), atLeast: 1),
                required: true,
                "ARNs; `*` alone needs a `reason`."),
            Key("reason", \.reason, .reason, "Why the resources cannot be named."),
        ],
        make: { range, _ in PermissionSection(range: range) })
}

extension ValueType<String> {
    /// IAM guide, "Action": `service:Action`, with `*` and `?` as wildcards.
    fileprivate static var reason: ValueType {
        .text("a reason", help: "say it to whoever reviews it", where: { $0.contains { !$0.isWhitespace } })
    }

    fileprivate static var action: ValueType {
        .text(
            "an action of IAM, `service:Action`", help: "as in `s3:GetObject`, or `s3:Get*`",
            where: Identifiers.isAction)
    }
}

extension ValueType<PipelineFile.StepSection> {
    /// A mapping, or the function's name alone.
    static var step: ValueType {
        let name = ValueType<String>.functionName
        return ValueType(.either(name.shape, .object(PipelineFile.StepSection.type.shape))) { node, diagnostics in
            guard case .scalar = node.content else { return PipelineFile.StepSection.type.decode(node, &diagnostics) }
            return name.decode(node, &diagnostics).map {
                PipelineFile.StepSection(
                    range: node.range, writtenKeys: ["function"], function: Located($0, node.range))
            }
        }
    }
}

extension ValueType<PipelineFile.CatchSection> {
    /// A mapping, or the handling step's name alone.
    fileprivate static var catcher: ValueType {
        let name = ValueType<String>.stepName
        return ValueType(.either(name.shape, .object(PipelineFile.CatchSection.type.shape))) { node, diagnostics in
            guard case .scalar = node.content else { return PipelineFile.CatchSection.type.decode(node, &diagnostics) }
            return name.decode(node, &diagnostics).map { PipelineFile.CatchSection(next: Located($0, node.range)) }
        }
    }
}

extension ValueType<PipelineFile.WaitSection> {
    fileprivate static var wait: ValueType {
        let duration = ValueType<Duration>.runTimeout
        return ValueType(.either(duration.shape, .object(PipelineFile.WaitSection.type.shape))) { node, diagnostics in
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
            return duration.decode(node, &diagnostics).map {
                PipelineFile.WaitSection(duration: Located($0, node.range))
            }
        }
    }
}

extension ValueType<ToleratedFailures> {
    /// Step Functions API, UpdateMapRun: a count, or a percentage from 0 to 100.
    fileprivate static var toleratedFailures: ValueType {
        let format = "a number of items, or a percentage such as `5%`"
        return ValueType(.text(format: format)) { node, diagnostics in
            guard let text = Scalars.text(node, expected: format, &diagnostics) else { return nil }
            if Scalars.isDigits(text), let count = Int(text), count < 1_000_000_000 { return .count(count) }
            if text.hasSuffix("%"), let number = JSONNumber(String(text.dropLast())), let share = number.double,
                (0...100).contains(share)
            {
                return .percentage(number)
            }
            diagnostics.report(
                .invalidValue(
                    text, expected: format, at: node.range.firstLine, help: "as in `10`, or `5%` of all items"))
            return nil
        }
    }
}

extension ValueType<PipelineFile.IterationSection> {
    /// A mapping, or the items alone.
    fileprivate static var iteration: ValueType {
        let items = ValueType<JSONSource>.json(.evaluated)
        let one = ValueType<JSONSource>.json(.required)
        return ValueType(.either(items.shape, .object(PipelineFile.IterationSection.type.shape))) { node, diagnostics in
            if case .mapping = node.content { return PipelineFile.IterationSection.type.decode(node, &diagnostics) }
            let type = if case .scalar = node.content { one } else { items }
            return type.decode(node, &diagnostics).map {
                PipelineFile.IterationSection(
                    range: node.range, writtenKeys: ["items"], isDistributed: false, items: Located($0, node.range))
            }
        }
    }
}
