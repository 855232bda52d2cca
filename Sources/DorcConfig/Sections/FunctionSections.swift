package import DorcModel
package import DorcText
internal import DorcYAML

/// What `defaults` can say of every function, and a function itself.
package struct FunctionSettingsSection: Equatable, Sendable {
    package var memory: Located<Int>?
    package var timeout: Located<Duration>?
    package var ephemeralStorage: Located<Int>?
    package var logRetention: Located<Duration>?
    package var compute: Located<ComputeSection>?

    private static let layers = [
        "dorc.yaml defaults", "dorc.yaml environments.*.defaults", "pipeline.yaml defaults",
        "pipeline.yaml environments.*.defaults", "pipeline.yaml functions.*",
        "pipeline.yaml environments.*.functions.*",
    ]

    /// With the defaults that hold where nothing is written anywhere.
    static let keys: [Key<Self>] = [
        // Lambda guide, "Lambda quotas": 128 MB to 10,240 MB.
        Key(
            "memory", \.memory,
            .integer(
                128...10240, unit: "MB",
                tooLarge: { memory in
                    "run it as a job of AWS Batch, with"
                        + " `compute: \(FargateSize.fitting(vcpu: 0.25, memory: memory)?.written ?? "{vcpu: 16, memory: \(memory)}")`"
                        + " instead of `memory`"
                }),
            default: .value(Defaults.memory),
            otherNames: "memorysize memorymb ram", example: "1024", layers: layers,
            "Memory in MB; the CPU grows with it."),
        // Lambda guide, "Lambda quotas": 900 s, which `RuntimeCheck` holds Lambdas to.
        Key(
            "timeout", \.timeout,
            .duration(1...BatchLimit.longestTimeout, tooLong: "split the work with `for_each`"),
            default: .words("`\(Defaults.functionTimeout)`; of a job, the time that a run has"),
            otherNames: "timeoutseconds executiontimeout",
            layers: layers, "How long one call may take: a Lambda at most 15m, a job at least 60s."),
        // Lambda guide, "Lambda quotas": 512 MB to 10,240 MB.
        Key(
            "ephemeral_storage", \.ephemeralStorage, .integer(512...10240, unit: "MB"),
            default: .value(Defaults.ephemeralStorage), otherNames: "storage tmp tmpsize disk ephemeralstoragesize",
            example: "2048", layers: layers, "Size of /tmp in MB."),
        Key(
            "log_retention", \.logRetention, .logRetention, default: .value(Defaults.logRetention),
            otherNames: "retention retentionindays logretentionindays", example: "90d", layers: layers,
            "How long logs are kept; one of CloudWatch's steps."),
        Key(
            "compute", \.compute, .compute, default: .words("a Lambda"), otherNames: "batch resources job",
            example: "{vcpu: 16, memory: 65536}", layers: layers,
            "Runs it as a job of AWS Batch, of this size or a profile's; `lambda` for a Lambda all the same."),
    ]
}

/// `defaults` of dorc.yaml, of an environment, or of a pipeline.
@dynamicMemberLookup
package struct FunctionDefaultsSection: Section {
    package var origin = Origin()
    package var settings = FunctionSettingsSection()
    package var retry: Located<RetrySection>?
    @Boxed package var access: Located<AccessSection>?

    package init() {}

    package subscript<Value>(dynamicMember path: WritableKeyPath<FunctionSettingsSection, Value>) -> Value {
        get { settings[keyPath: path] }
        set { settings[keyPath: path] = newValue }
    }

    package static let type = ObjectType<Self>(
        "`defaults`",
        elsewhere: Elsewhere(
            [
                ("retrydelay", "write it in `retry`: `retry: {attempts: 3, interval: 30s}`"),
                ("owner startdate dependsonpast", "write `owner` at the top, and the dates at a trigger"),
            ],
            functionKey: { "write it in pipeline.yaml, at each function that needs it: \($0.atFunction)" }),
        keys: FunctionSettingsSection.keys.map { $0.at(\.settings) } + [
            Key(
                "retry", \.retry, .retry, default: .words("errors that are not the function's fault"),
                otherNames: "retries retrypolicy", "How often a failed step is tried again, and when."),
            AccessSection.key(
                \.access,
                "What every function may do with data, in addition to its own `access`: each gets a role of its own."),
        ])
}

/// A function's own settings in pipeline.yaml.
@dynamicMemberLookup
package struct FunctionSection: Section {
    package var origin = Origin()
    package var settings = FunctionSettingsSection()
    package var environment: Located<LocatedMap<Located<VariableText>>>?
    package var secrets: Located<LocatedMap<Located<VariableText>>>?
    @Boxed package var access: Located<AccessSection>?
    package var permissions: Located<[Located<PermissionSection>]>?
    package var reservedConcurrency: Located<Int>?
    package var image: Located<VariableText>?
    package var command: Located<[Located<VariableText>]>?

    package init() {}

    package subscript<Value>(dynamicMember path: WritableKeyPath<FunctionSettingsSection, Value>) -> Value {
        get { settings[keyPath: path] }
        set { settings[keyPath: path] = newValue }
    }

    /// What other places are told about these too.
    static let keysOfPackages = "requirements requirementstxt packages pip pippackages"
    static let placeOfPackages =
        "write the packages into a `requirements.txt` next to pipeline.yaml, or next to dorc.yaml"
    static let keysOfJobs = "gpu gpus vcpu vcpus cpu cpus spot"

    package static let type = ObjectType<Self>(
        "a function",
        elsewhere: Elsewhere([
            ("retry retries", "write it at the step that runs the function, or in `defaults`"),
            ("layers runtime handler", "remove it: a function is an image with a `lambda.py`"),
            (keysOfPackages, placeOfPackages),
            (keysOfJobs, "write it in `compute`: `compute: {vcpu: 8, memory: 32768, gpu: 1}`"),
            ("timezone schedule cron", "a pipeline has a schedule, not a function: write it in `triggers`"),
        ]),
        keys: FunctionSettingsSection.keys.map { $0.at(\.settings, default: "from `defaults`") } + [
            Key(
                "environment", \.environment,
                .environmentVariables(.variableText(expressions: .ignored(.environmentVariable))),
                otherNames: "env environmentvariables variables envvars vars", example: "{TABLE: census}",
                "Environment variables of the function, at most 4,096 bytes."),
            Key(
                "secrets", \.secrets,
                .environmentVariables(
                    .variableText("a secret, `name` or `name:key`", expressions: .refused, example: "census/token")),
                otherNames: "secret", example: "{TOKEN: census/token}",
                "Environment variables with secrets of Secrets Manager, `name` or `name:key`, which CloudFormation looks up"
                    + " at deployment, and a job at its start."),
            AccessSection.key(
                \.access,
                "What the function may do with data, in addition to what applies to all: it gets a role of its own."),
            Key(
                "permissions", \.permissions, .list(of: .section),
                otherNames: "policies policy iam role iamrolestatements",
                "What the function may do that `access` has no word for: it gets a role of its own."),
            // Lambda takes 0 as well, and then refuses every call; a run would try again for hours.
            Key(
                "reserved_concurrency", \.reservedConcurrency, .reservation,
                otherNames: "concurrency reservedconcurrentexecutions maxconcurrentexecutions", example: "5",
                "How many calls of the function run at once, at most, in all runs together. Lambda keeps them free for it, of the"
                    + " account's 1,000; further calls wait for a turn."),
            Key(
                "image", \.image, .variableText("an image's URI", expressions: .refused),
                otherNames: "imageuri", example: "\"111122223333.dkr.ecr.eu-west-2.amazonaws.com/team/tool:v4.1\"",
                "An image built elsewhere, with tag or digest: the function then has no folder and no repository."),
            Key(
                "command", \.command, .list(of: .variableText(expressions: .ignored(.environmentVariable))),
                default: .words("the image's own"), needs: .oneOf("image"), otherNames: "cmd",
                "What a job's container runs, in place of its image's `CMD`."),
        ])
}

extension ValueType<LocatedMap<Located<VariableText>>> {
    static func environmentVariables(_ value: ValueType<VariableText>) -> ValueType {
        .map(
            keys: "environment variables", oneKey: "the name of an environment variable", .environmentVariable,
            "a name has letters, digits and `_`, and does not begin with a digit",
            of: .located(value))
    }
}

extension ValueType<Int> {
    fileprivate static var reservation: ValueType {
        let integer = ValueType.integer(1...100_000)
        return ValueType(
            integer.shape,
            decode: { node, diagnostics in
                guard node.tag == nil, case .scalar("0", .plain) = node.content else {
                    return integer.decode(node, &diagnostics)
                }
                var finding = Diagnostic.outOfRange("0", allowed: integer.shape.words, at: node.range)
                finding.help =
                    "to switch the pipeline off, write `environments: {dev: {triggers_enabled: false}}`: with 0, Lambda"
                    + " refuses each call, and a run tries again for hours"
                diagnostics.report(finding)
                return nil
            }, encode: integer.encode)
    }
}

extension ValueType<Duration> {
    fileprivate static var logRetention: ValueType {
        let seconds = 86400...3653 * 86400
        let duration = ValueType.duration(seconds)
        return ValueType(
            .duration(DurationShape(seconds: seconds, choices: LogRetention.allowedDays.map { $0 * 86400 })),
            decode: { node, diagnostics in
                guard let value = duration.decode(node, &diagnostics) else { return nil }
                if let days = LogRetention.days(value) { return Duration(days * 86400) }
                let next = LogRetention.allowedDays.first { $0 * 86400 >= value.seconds }
                diagnostics.report(
                    Diagnostic(
                        .invalidValue, at: node.range.firstLine,
                        "CloudWatch keeps logs for certain numbers of days only, not for \(value)",
                        help: "write one of \(LogRetention.allowedDays.map { "\($0)d" }.joined(separator: ", "))",
                        replacement: next.map { "\($0)d" }))
                return nil
            }, encode: duration.encode)
    }
}

/// The retention times that CloudWatch Logs offers (its API, PutRetentionPolicy).
package enum LogRetention {
    package static let allowedDays = [
        1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
    ]

    package static func days(_ duration: Duration) -> Int? {
        allowedDays.first { $0 * 86400 == duration.seconds }
    }
}
