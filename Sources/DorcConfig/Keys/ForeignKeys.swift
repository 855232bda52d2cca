/// Keys that other tools have for what dorc calls by another name, or has in another place.
enum ForeignKeys {
    struct Meaning {
        /// The key that is meant, where it goes into the same mapping.
        var key: String?
        var help: String?
    }

    /// Nil where nothing is known about the key; `object` is the name of an `ObjectType`.
    static func meaning(of key: String, in object: String) -> Meaning? {
        let folded = key.lowercased().split { "-_ ".contains($0) }.joined()
        guard let section = sections[object] else { return nil }
        if let meant = section.keys.first(where: { $0.value.contains(folded) })?.key { return Meaning(key: meant) }
        if let help = section.moved.first(where: { $0.names.contains(folded) })?.help { return Meaning(help: help) }
        return FunctionKeyExample(folded).flatMap { section.functionKey?($0) }.map { Meaning(help: $0) }
    }

    private struct Section {
        /// By dorc's key, the other tools' in lower case without separators. No name is in two lists.
        var keys: [String: Set<String>]
        var moved: [(names: Set<String>, help: String)] = []
        /// What to do with a key of a function; nil where it is not known what is meant.
        var functionKey: (@Sendable (FunctionKeyExample) -> String?)?
    }

    private static let scheduleKeys: Set<String> = [
        "timezone", "tz", "starttime", "startdate", "endtime", "enddate", "flexiblewindow", "input",
    ]

    private static let sections: [String: Section] = [
        "pipeline.yaml": Section(
            keys: [
                "schedule": ["cron", "crontab", "scheduleinterval", "scheduleexpression"],
                "steps": ["tasks", "jobs", "stages", "dag", "workflow", "states", "flow"],
                "triggers": ["on", "trigger", "events", "sensors"],
                "timeout": ["dagruntimeout", "timeoutseconds", "executiontimeout"],
                "max_active_runs": ["concurrency", "maxruns", "maxconcurrentruns", "maxconcurrency"],
                "permissions": ["policies", "policy", "iam"],
                "tags": ["labels"],
                "owner": ["owners", "maintainer"],
            ],
            moved: [
                (["retry", "retries"], "write it in `defaults`, for every step: `defaults: {retry: 3}`, or at a step"),
                (
                    scheduleKeys,
                    "write it at a trigger: `triggers: [{name: nightly, schedule: \"0 6 * * *\", timezone: Europe/London}]`"
                ),
                (["name", "id", "dagid"], "remove it: a pipeline has the name of its folder"),
                (["catchup"], "remove it: runs of the past are not started"),
            ],
            functionKey: { key in
                (key.isInDefaults
                    ? "write it in `defaults`, for every function, or at a function: " : "write it at a function: ")
                    + key.atFunction
            }),
        "a step": Section(
            keys: [
                "after": [
                    "dependson", "dependencies", "depends", "dependency", "needs", "upstream", "requires", "runsafter",
                    "waitfor",
                ],
                "retry": ["retries", "retrypolicy", "retrystrategy", "maxretries", "retrycount"],
                "when": ["if", "condition", "runif", "onlyif"],
                "arguments": [
                    "args", "params", "parameters", "input", "inputs", "kwargs", "opkwargs", "with", "payload",
                ],
                "name": ["id", "taskid", "stepid", "key", "step"],
                "function": ["lambda", "handler", "uses", "run", "pythoncallable", "callable", "entrypoint"],
                "for_each": ["foreach", "map", "loop", "withitems", "matrix", "expand", "itemspath"],
                "max_concurrency": ["concurrency", "maxparallel", "parallelism"],
                "catch": ["onerror", "onfailure", "except"],
                "wait": ["sleep", "delay"],
                "timeout": ["timeoutseconds", "timeoutminutes", "executiontimeout"],
                "task": ["resource", "integration"],
                "pipeline": ["subpipeline", "statemachine", "workflow", "triggerdagid"],
            ],
            moved: [
                (["requirements"], "write the packages into a `requirements.txt` in the function's folder"),
                (
                    scheduleKeys.union(["schedule", "cron"]).subtracting(["input"]),
                    "a pipeline has a schedule, not a step: write it in `triggers`"
                ),
                (
                    ["next"],
                    "a step runs after the one before it: write `after` at the step that follows, or remove it"
                ),
            ],
            functionKey: { "write it at the function: \($0.atFunction)" }),
        "a trigger": Section(
            keys: [
                "schedule": ["cron", "rate", "at", "expression", "scheduleexpression", "scheduleinterval", "every"],
                "timezone": ["tz", "crontz", "scheduleexpressiontimezone"],
                "start_date": ["start", "starttime"],
                "end_date": ["end", "endtime"],
                "event": ["pattern", "eventpattern", "eventbridge"],
                "after_pipeline": ["after", "pipeline", "afterpipelines"],
                "name": ["id"],
                "environments": ["environment", "envs"],
                "flexible_window": ["jitter", "flexibletimewindow"],
            ],
            moved: [
                (["bucket", "prefix", "suffix"], "write it in `s3`: `s3: {bucket: landing, prefix: census/}`"),
                (["source", "detailtype", "detail"], "write it in `event`: `event: {source: [my.app]}`"),
                (["retry", "retries"], "write it at a step, or in the pipeline's `defaults`"),
                (["timeout", "maxactiveruns"], "write it at the top of pipeline.yaml"),
                (["enabled"], "write it for an environment: `environments: {dev: {triggers_enabled: false}}`"),
            ]),
        "a function": Section(
            keys: [
                "memory": ["memorysize", "memorymb", "ram"],
                "environment": ["env", "environmentvariables", "variables", "envvars"],
                "ephemeral_storage": ["storage", "tmp", "tmpsize", "disk", "ephemeralstoragesize"],
                "log_retention": ["retention", "retentionindays", "logretentionindays"],
                "timeout": ["timeoutseconds", "executiontimeout"],
                "permissions": ["policies", "policy", "iam", "role", "iamrolestatements"],
                "image": ["imageuri"],
                "secrets": ["secret"],
            ],
            moved: [
                (["retry", "retries"], "write it at the step that runs the function, or in `defaults`"),
                (["layers", "runtime", "handler"], "remove it: a function is an image with a `lambda.py`"),
                (
                    ["timezone", "schedule", "cron"],
                    "a pipeline has a schedule, not a function: write it in `triggers`"
                ),
            ]),
        "`defaults`": Section(
            keys: [
                "retry": ["retries", "retrypolicy"], "memory": ["memorysize", "memorymb"],
                "timeout": ["timeoutseconds", "executiontimeout"],
                "ephemeral_storage": ["storage", "tmp", "ephemeralstoragesize"],
                "log_retention": ["retention", "retentionindays"],
            ],
            moved: [
                (["retrydelay"], "write it in `retry`: `retry: {attempts: 3, interval: 30s}`"),
                (["owner", "startdate", "dependsonpast"], "write `owner` at the top, and the dates at a trigger"),
            ],
            functionKey: { "write it in pipeline.yaml, at each function that needs it: \($0.atFunction)" }),
        "dorc.yaml": Section(
            keys: [
                "project": ["name", "service", "app"], "region": ["awsregion", "defaultregion"],
                "environments": ["envs", "stages", "environment"], "source": ["src", "path"],
            ],
            moved: [
                (["timeout", "retry", "retries"], "write it in `defaults`"),
                (
                    [
                        "account", "accountid", "vpcid", "vpc", "privatesubnetids", "subnetids", "variables",
                        "notifications",
                    ],
                    "write it at an environment: `environments: {dev: {account: \"111122223333\"}}`"
                ),
                (["dockerfile", "architecture", "include"], "write it in `images`"),
            ],
            functionKey: {
                $0.isInDefaults
                    ? "write it in `defaults`" : "write it in pipeline.yaml, at the function: \($0.atFunction)"
            }),
        "an environment": Section(
            keys: [
                "account": ["accountid", "awsaccount"], "region": ["awsregion"], "vpc_id": ["vpc"],
                "private_subnet_ids": ["subnets", "subnetids", "privatesubnets"],
                "variables": ["vars", "env", "environment", "parameters"],
                "permissions_boundary": ["boundary", "permissionsboundaryarn"],
            ],
            moved: [(["timeout", "retry"], "write it in the environment's `defaults`")],
            functionKey: {
                $0.isInDefaults
                    ? "write it in the environment's `defaults`"
                    : "write it in pipeline.yaml, at the function: \($0.atFunction)"
            }),
        "an override": Section(
            keys: [:],
            moved: [
                (["retry", "retries"], "write it in the override's `defaults`"),
                (["schedule", "cron", "triggers"], "write `environments: [prod]` at the trigger"),
            ],
            functionKey: { key in
                (key.isInDefaults
                    ? "write it in the override's `defaults`, or at a function of it: "
                    : "write it at a function of the override: ")
                    + key.atFunction
            }),
        "`retry`": Section(
            keys: [
                "attempts": ["maxattempts", "retries", "count", "times", "limit", "maximumattempts"],
                "interval": ["delay", "intervalseconds", "wait", "retrydelay"],
                "backoff_rate": ["backoff", "multiplier", "factor"],
                "max_delay": ["maxinterval", "maxdelayseconds", "maxretrydelay"],
                "errors": ["errorequals", "on", "exceptions"],
            ]),
        "`catch`": Section(
            keys: ["next": ["handler", "step", "goto", "then"], "errors": ["errorequals", "error", "exceptions"]]),
    ]
}
