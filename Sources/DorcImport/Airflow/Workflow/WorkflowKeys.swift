internal import DorcModel
internal import DorcText
internal import DorcYAML

/// The keys of workflow.yml, from the schema of ministryofjustice/analytical-platform-airflow
/// (scripts/workflow_schema_validation/schema.json, with what workflow_generator/templates/workflow.yml.j2 reads beside it).
enum WorkflowKeys {
    typealias Rule = KeyRule<WorkflowState>

    static let file: [Rule] = [
        Rule("dag", .takenOver, "the pipeline, below") { value, state in
            state.take(value, by: dag)
            return nil
        },
        Rule("iam", .takenOver, "`access` and `permissions`, below") { value, state in
            state.take(value, by: WorkflowAccessKeys.iam)
            return nil
        },
        Rule(
            "secrets", .takenOver, "`secrets` of the functions: the same secrets, in variables of the same name",
            take: WorkflowAccessKeys.secrets),
        Rule("maintainers", .differs, "`tags.maintainers`; who may change the secrets is IAM's to say") {
            value, state in
            guard let names = value.texts else { return .wrong(value, expected: "a list of names") }
            if names.isEmpty { return .takenOver(nil, "nothing") }
            let text = names.joined(separator: " ")
            guard TagRule.isValue(text) else {
                return .none("longer than a tag, or with characters that tags do not have")
            }
            state.draft.tags.append(("maintainers", .string(text)))
            return .differs("tags.maintainers", "who may change the secrets is IAM's to say")
        },
        Rule("notifications", .takenOver, "`notifications`, below") { value, state in
            state.take(value, by: notifications)
            return nil
        },
        Rule("tags", .takenOver, "`owner` and `tags`, below") { value, state in
            state.take(value, by: tags)
            return nil
        },
    ]

    static let dag: [Rule] = [
        Rule("repository", .takenOver, "`image` of the functions, with the registry in the variable `image_registry`") {
            value, state in
            guard let text = value.text, isImage(text.lowercased()) else {
                return .wrong(value, expected: "a repository on GitHub")
            }
            // As the platform's generator names the image.
            state.repository = String(text.lowercased().map { $0 == "_" ? "-" : $0 })
            return .takenOver("functions.*.image")
        },
        Rule("tag", .takenOver, "`image` of the functions") { value, state in
            guard let text = value.text, isTag(text) else { return .wrong(value, expected: "a tag") }
            state.tag = text
            return .takenOver("functions.*.image")
        },
        Rule(
            "compute_profile", .takenOver, "`compute` of the functions, a profile of dorc.yaml",
            take: { value, state in
                guard let text = value.text, ComputeProfile(text) != nil else { return profile(value) }
                state.profile = text
                state.pending.profile = value
                return nil
            }),
        Rule(
            "hmcts_sdp_networking", .noEquivalent, "bandwidth and names of the cluster: routes and Route 53 of the VPC"
        ) {
            value, _ in networking(value)
        },
        Rule("env_vars", .takenOver, "`environment` of the functions") { value, state in
            guard let entries = value.entries else {
                return value.isNull ? .takenOver(nil, "nothing") : .wrong(value, expected: "a mapping")
            }
            state.variables = entries
            return entries.isEmpty ? .takenOver(nil, "nothing") : nil
        },
        Rule("params", .takenOver, "`parameters`, and the variables `PARAM_...` of the steps") { value, state in
            ParameterReader.take(value, &state, makesStrings: true)
        },
        Rule("catchup", .differs, "`run.sh ENVIRONMENT backfill`, by hand") { value, _ in
            switch value.boolean {
            case false?: .takenOver(nil, "as dorc does: what was missed is not started later")
            case true?: .differs(nil, "dorc starts what was missed by hand: `run.sh ENVIRONMENT backfill`")
            case nil: .wrong(value, expected: "true or false")
            }
        },
        Rule(
            "depends_on_past", .differs,
            "`max_active_runs: 1`: one after the other, whether the one before failed or not"
        ) {
            value, state in
            switch value.boolean {
            case false?: return .takenOver(nil, "as dorc does: a run does not ask how the one before ended")
            case true?:
                state.pending.dependsOnPast = value
                return nil
            case nil: return .wrong(value, expected: "true or false")
            }
        },
        Rule("start_date", .differs, "a comment: `start_date` of the trigger only while it is ahead") { value, state in
            guard value.text != nil else { return .wrong(value, expected: "a date") }
            state.pending.startDate = value
            return nil
        },
        Rule("end_date", .takenOver, "`end_date` of the trigger") { value, state in
            guard let text = value.text, isDate(text) else { return .wrong(value, expected: "a date") }
            state.endDate = String(text.prefix(10))
            state.pending.endDate = value
            return nil
        },
        Rule("is_paused_upon_creation", .takenOver, "`environments.ENVIRONMENT.triggers_enabled: false`") {
            value, state in
            guard let isPaused = value.boolean else { return .wrong(value, expected: "true or false") }
            state.draft.isPaused = isPaused
            return isPaused
                ? .takenOver("environments.\(state.environment).triggers_enabled", "until the line is removed")
                : .takenOver(nil, "as dorc does")
        },
        Rule("max_active_runs", .takenOver, "`max_active_runs`; 1 where nothing is written") { value, state in
            guard let count = value.integer, count > 0 else { return .wrong(value, expected: "a whole number") }
            state.draft.maxActiveRuns = count > 100 ? nil : .literal("\(count)")
            return count > 100
                ? .differs(nil, "no limit in dorc, which has at most 100") : .takenOver("max_active_runs")
        },
        Rule("retries", .takenOver, "`defaults.retry.attempts`") { value, state in
            guard let count = value.integer, count >= 0, count <= 99_999_999 else {
                return .wrong(value, expected: "a whole number")
            }
            state.retries = count
            return count == 0 ? .takenOver(nil, "as dorc does") : .takenOver("defaults.retry.attempts")
        },
        Rule("retry_delay", .takenOver, "`defaults.retry.interval`; 300 s where nothing is written") { value, state in
            guard let seconds = AirflowDuration.seconds(value), seconds <= 99_999_999 else {
                return .wrong(value, expected: "a number of seconds")
            }
            state.retryDelay = max(1, seconds)
            let otherwise = "has no effect without `retries`, in Airflow either"
            return seconds == 0
                ? .differs("defaults.retry.interval", "at least one second", else: otherwise)
                : .takenOver("defaults.retry.interval", else: otherwise)
        },
        Rule(
            "schedule", .takenOver,
            "`schedule`: cron, `@daily` and its kin, `every 1h` of `{hours: 1}`; `after_pipeline` of datasets"
        ) {
            value, state in
            let read = AirflowSchedule(value)
            if read.isEmpty { return .takenOver(nil, "started by hand") }
            state.schedule = (value, read)
            return nil
        },
        Rule(
            "python_dag", .noEquivalent, "the tasks are in dag.py: one step that runs the image, and a TODO",
            take: pythonDAG),
        Rule("python_config", .noEquivalent, "as `python_dag`", take: pythonDAG),
        Rule("tasks", .takenOver, "`steps`, below") { value, state in
            guard let entries = value.entries else {
                return value.isNull ? .takenOver(nil, "one task, `main`") : .wrong(value, expected: "a mapping")
            }
            for entry in entries {
                var task = WorkflowTaskState(task: WorkflowTask(name: entry.name, place: entry.value), workflow: state)
                if entry.value.isNull {
                    task.settle(entry.value, .takenOver("steps[*]"))
                } else {
                    task.take(entry.value, by: WorkflowTaskKeys.task)
                    if entry.value.entries?.isEmpty == true { task.settle(entry.value, .takenOver("steps[*]")) }
                }
                state = task.workflow
                if entry.value.isNull || entry.value.entries != nil { state.tasks.append(task.task) }
            }
            if entries.isEmpty { return .takenOver(nil, "one task, `main`") }
            return nil
        },
        Rule(
            "outlets", .differs, "what waits for them starts when the run has ended (`after_pipeline`)", take: outlets),
        Rule("outlet", .differs, "as `outlets`", take: outlets),
        Rule("inlets", none: "dorc does not record where data comes from"),
    ]

    private static let pythonDAG: @Sendable (WrittenValue, inout WorkflowState) -> Verdict? = { value, state in
        guard let isPython = value.boolean else { return .wrong(value, expected: "true or false") }
        guard isPython else { return .takenOver(nil, "as dorc does") }
        let words = "the tasks are in dag.py, which is not read: write them as steps"
        return .none(
            words, Todo("steps", value, "the tasks are in dag.py, beside workflow.yml: write one step for each"))
    }

    static let outlets: @Sendable (WrittenValue, inout WorkflowState) -> Verdict? = { value, state in
        guard let names = value.texts else { return .wrong(value, expected: "a list of datasets") }
        state.outlets += names
        return .differs(nil, "dorc has no datasets: what waits for it starts when this pipeline's run has ended")
    }

    /// What becomes of a size that a function has.
    static func profile(_ value: WrittenValue) -> Verdict {
        guard let text = value.text, let profile = ComputeProfile(text) else {
            return .none("not a compute profile that the importer knows: the task gets `\(ComputeProfile.usual)`")
        }
        if profile.wasTooLarge {
            return .differs(
                "functions.*.compute", "no instance is as large: \(profile.vcpu) vCPU, \(profile.memory) MB")
        }
        return .takenOver(
            "functions.*.compute",
            profile.name == text ? "" : "as `\(profile.name)`: a name has at most 30 characters")
    }

    static func networking(_ value: WrittenValue) -> Verdict {
        switch value.boolean {
        case false?: .takenOver(nil, "as dorc does")
        case true?:
            .none(
                "limits of bandwidth and host names of the cluster: jobs use the routes and the name servers of the VPC"
            )
        case nil: .wrong(value, expected: "true or false")
        }
    }

    /// `2025-04-16`, with a time perhaps.
    static func isDate(_ text: String) -> Bool {
        let parts = text.prefix(10).split(separator: "-", omittingEmptySubsequences: false)
        guard text.utf8.count == 10 || text.dropFirst(10).first == "T" || text.dropFirst(10).first == " ",
            parts.count == 3, parts[0].count == 4, parts[1].count == 2, parts[2].count == 2,
            let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2])
        else { return false }
        let lengths = [
            31, year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400)) ? 29 : 28, 31, 30, 31,
            30, 31, 31, 30, 31, 30, 31,
        ]
        return (1970...9999).contains(year) && (1...12).contains(month) && (1...lengths[month - 1]).contains(day)
    }

    private static func isImage(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.count <= 200 && !text.hasPrefix("/") && !text.hasSuffix("/")
            && text.unicodeScalars.allSatisfy {
                ("a"..."z").contains($0) || ("0"..."9").contains($0) || "._-/".unicodeScalars.contains($0)
            }
    }

    /// Docker's: letters, digits and `_.-`, at most 128; a digest after `@` too.
    static func isTag(_ text: String) -> Bool {
        (1...128).contains(text.utf8.count) && text.first != "." && text.first != "-"
            && text.unicodeScalars.allSatisfy {
                $0.isASCII
                    && ($0.properties.isAlphabetic || ("0"..."9").contains($0) || "_.-".unicodeScalars.contains($0))
            }
    }
}
