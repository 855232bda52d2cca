extension PipelineFile {
    package static let type = ObjectType(
        "pipeline.yaml",
        keys: [
            Key("description", \.description, .variableText(), "What the pipeline does, in a sentence."),
            Key("owner", \.owner, .variableText(), "Who answers for the pipeline; becomes the tag `owner`."),
            Key("tags", \.tags, .variableTags, "Tags of the pipeline's resources; they win over the environment's."),
            Key("timeout", \.timeout, .runTimeout, default: "none", "How long a whole run may take."),
            Key(
                "defaults", \.defaults, FunctionDefaultsSection.projectType.type,
                "Settings of every function of this pipeline."),
            Key(
                "functions", \.functions, .functionSections,
                "Settings of single functions, by the name of their folder."),
            Key(
                "steps", \.steps, .list(of: .step, atLeast: 1), required: true,
                "The workflow: names of functions, or mappings; each step runs after the one before it."),
            Key(
                "schedule", \.schedule, .variableText("a schedule"), "Sugar for one schedule trigger, named `schedule`."
            ),
            Key("triggers", \.triggers, .list(of: TriggerSection.type.type), "What starts the pipeline."),
            Key(
                "environments", \.environments,
                .map(
                    keys: "environment names", rule: "an environment's name is `[a-z][a-z0-9]*`",
                    of: OverridesSection.type.type, where: Names.isEnvironment),
                "Overrides for single environments."),
        ],
        later: ["max_active_runs", "definition"],
        make: { range, _ in PipelineFile(range: range) })
}

extension PipelineFile.StepSection {
    static let type = ObjectType(
        "a step",
        keys: [
            Key("name", \.name, .stepName, default: "the function's name", "Name of the step, unique in the pipeline."),
            Key(
                "function", \.function, .functionName, default: "the step's name",
                "Folder of the function that the step runs."),
            Key(
                "pipeline", \.pipeline, .pipelinePath,
                "Another pipeline, `layer/name`: the step runs it and waits for its end."),
            Key(
                nullable: "arguments", \.arguments,
                "What the step gets as its event, instead of the output of the step before it."),
            Key(
                "after", \.after, .listOrOne(of: .stepName), default: "the step before it",
                "Steps that must have ended before; `[]` for none."),
            Key(
                "retry", \.retry, .retry, default: "from `defaults`",
                "How often a failed step is tried again, and when."),
        ],
        later: [
            "when", "for_each", "max_concurrency", "wait", "task", "catch", "only_on_error", "then", "timeout",
            "wait_for_completion",
        ],
        make: { PipelineFile.StepSection(range: $0, writtenKeys: $1) })
}

extension PipelineFile.TriggerSection {
    static let type = ObjectType(
        "a trigger",
        keys: [
            Key("name", \.name, .triggerName, required: true, "Name of the trigger, unique in the pipeline."),
            Key(
                "schedule", \.schedule, .variableText("a schedule"),
                "When to start: Unix cron, `@daily`, `every 15m`, `cron(...)`, `rate(...)` or `at(...)`."),
            Key(
                "timezone", \.timezone, .variableText("a time zone"), default: "`UTC`",
                "IANA time zone of the schedule."),
            Key(nullable: "input", \.input, "Input of the runs that the schedule starts."),
            Key(
                "s3", \.s3, PipelineFile.S3Section.type.type,
                "Start when an object is created in a bucket (which sends its events to EventBridge)."),
            Key(
                "environments", \.environments, .listOrOne(of: .environmentName, atLeast: 1), default: "all",
                "Environments that have the trigger."),
        ],
        later: ["event", "after_pipeline", "on"],
        make: { PipelineFile.TriggerSection(range: $0, writtenKeys: $1) })
}

extension PipelineFile.S3Section {
    static let type = ObjectType(
        "`s3`",
        keys: [
            Key("bucket", \.bucket, .variableText("a bucket's name"), required: true, "Name of the bucket."),
            Key("prefix", \.prefix, .variableText(), default: "every object", "What the object's key starts with."),
            Key("suffix", \.suffix, .variableText(), default: "every object", "What the object's key ends with."),
        ],
        make: { _, _ in PipelineFile.S3Section() })
}

extension PipelineFile.OverridesSection {
    static let type = ObjectType(
        "an override",
        keys: [
            Key("timeout", \.timeout, .runTimeout, "How long a whole run may take in this environment."),
            Key(
                "defaults", \.defaults, FunctionDefaultsSection.projectType.type,
                "Settings of every function in this environment."),
            Key("functions", \.functions, .functionSections, "Settings of single functions in this environment."),
            Key(
                "triggers_enabled", \.triggersEnabled, .boolean, default: "`true`",
                "`false` leaves the triggers in the template, disabled."),
        ],
        later: ["max_active_runs"],
        make: { _, _ in PipelineFile.OverridesSection() })
}

extension ValueType<Duration> {
    /// Step Functions: TimeoutSeconds is at most 99,999,999; a run may take a year.
    fileprivate static var runTimeout: ValueType { .duration(1...365 * 86400) }
}

extension ValueType<String> {
    fileprivate static var environmentName: ValueType { .text("an environment's name", where: Names.isEnvironment) }

    /// A state's name: 1 to 80 printable characters (Step Functions guide).
    fileprivate static var stepName: ValueType {
        .text(
            "a step's name",
            help: StepName.rule,
            where: {
                StepName.isValid($0)
            })
    }

    fileprivate static var pipelinePath: ValueType {
        .text(
            "a pipeline, `layer/name`", help: "as in `curated/model`",
            where: { text in
                let parts = text.split(separator: "/", omittingEmptySubsequences: false)
                return parts.count == 2 && parts.allSatisfy { Names.isFolder(String($0)) }
            })
    }
}

extension ValueType<LocatedMap<FunctionSection>> {
    fileprivate static var functionSections: ValueType {
        .map(keys: "function names", rule: Names.folderRule, of: FunctionSection.type.type, where: Names.isFolder)
    }
}

extension ValueType<LocatedMap<Located<VariableText>>> {
    fileprivate static var variableTags: ValueType {
        .map(keys: "tags", rule: TagRule.keyRule, of: .located(.variableText("a tag's value")), where: TagRule.isKey)
    }
}

extension ValueType<PipelineFile.StepSection> {
    /// A mapping, or the function's name alone.
    fileprivate static var step: ValueType {
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

package enum StepName {
    static let rule =
        "a step's name has 1 to 80 printable characters, without `$` and `, `, without spaces at its ends; it is not"
        + " `Ref`, `Condition` or `Fn::...`"

    /// `, ` joins the names of a parallel state; `Ref` and its like would be read as functions of CloudFormation's.
    package static func isValid(_ name: String) -> Bool {
        let scalars = name.unicodeScalars
        guard (1...80).contains(scalars.count), scalars.first != " ", scalars.last != " ", !name.contains(", "),
            name != "Ref", name != "Condition", !name.hasPrefix("Fn::")
        else {
            return false
        }
        return scalars.allSatisfy { scalar in
            if scalar.isASCII { return scalar.value >= 0x20 && scalar.value != 0x7F && scalar != "$" }
            return switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .unassigned, .privateUse: false
            default: true
            }
        }
    }
}
