internal import DorcModel
internal import DorcText
internal import DorcYAML

/// `iam` and `secrets` of workflow.yml. What each allows is in terraform/modules/airflow/iam-policy.tf of the same repository.
enum WorkflowAccessKeys {
    typealias Rule = KeyRule<WorkflowState>

    /// A database and models that nobody has: what a person has to name.
    static let unknownDatabase = "todo_database"

    static let iam: [Rule] = [
        Rule(
            "external_role", .differs,
            "`access.assume_role`: a job has a role of its own, and takes this one on by itself"
        ) {
            value, state in
            guard let role = value.text, Identifiers.isARN(role), role.contains(":iam::"), role.contains(":role/"),
                !role.contains("*"), !role.contains("${")
            else { return .wrong(value, expected: "the ARN of a role") }
            state.draft.access.add(role, to: "assume_role")
            return .decide(
                "access.assume_role", "the code has to take the role on, and the role has to trust that of the job",
                Todo(
                    "access.assume_role", value,
                    "in Airflow the task runs as this role; here the code calls sts:AssumeRole, and the role trusts the job's"
                ))
        },
        Rule("athena", .differs, "`access.athena`: databases by name instead of all") { value, state in
            guard let mode = value.text, ["read", "write"].contains(mode) else {
                return .wrong(value, expected: "`read` or `write`")
            }
            state.draft.access.addAthena(unknownDatabase, to: mode)
            return .decide(
                "access.athena.\(mode)", "in Airflow on all databases: name those that it needs",
                Todo(
                    "access.athena.\(mode)", value,
                    "which databases or tables? In Airflow all; add `workgroup` and `results` where they are not the usual ones"
                ))
        },
        Rule("bedrock", .differs, "`access.bedrock`: models by name instead of all") { value, state in
            guard let isAllowed = value.boolean else { return .wrong(value, expected: "true or false") }
            guard isAllowed else { return .takenOver(nil, "as dorc does") }
            state.draft.access.add("anthropic.*", to: "bedrock")
            return .decide(
                "access.bedrock", "in Airflow all models, and agents: name the models that it needs",
                Todo("access.bedrock", value, "which models or inference profiles? In Airflow all"))
        },
        Rule("glue", .differs, "`permissions` for jobs of Glue") { value, state in
            guard let isAllowed = value.boolean else { return .wrong(value, expected: "true or false") }
            guard isAllowed else { return .takenOver(nil, "as dorc does") }
            state.permissions.append(glue)
            return .decide(
                "functions.*.permissions", "jobs of Glue; their logs, metrics and iam:PassRole are left out",
                Todo("permissions", value, "which jobs of Glue? To create one also takes iam:PassRole"))
        },
        Rule("textract", .differs, "`permissions` for Textract") { value, state in
            guard let isAllowed = value.boolean else { return .wrong(value, expected: "true or false") }
            guard isAllowed else { return .takenOver(nil, "as dorc does") }
            state.permissions.append(textract)
            return .differs("functions.*.permissions", "to analyse documents, at once and as jobs")
        },
        Rule("lake_formation", .takenOver, "`access.lake_formation`") { value, state in
            guard let isAllowed = value.boolean else { return .wrong(value, expected: "true or false") }
            state.draft.access.hasLakeFormation = isAllowed
            return .takenOver(isAllowed ? "access.lake_formation" : nil)
        },
        Rule("kms", .takenOver, "`access.kms`") { value, state in
            guard let keys = value.texts else { return .wrong(value, expected: "a list of ARNs") }
            let sound = keys.filter(isKey)
            if keys.isEmpty { return .takenOver(nil, "nothing") }
            for key in sound { state.draft.access.add(key, to: "kms") }
            return sound.count == keys.count
                ? .takenOver("access.kms")
                : .differs(
                    sound.isEmpty ? nil : "access.kms", "only ARNs that end in `key/` and an id: IAM knows no alias")
        },
        Rule("s3_deny", none: "dorc only allows: name less in `access.s3_read` and its like"),
        objects("s3_read_only", ["s3_read"], "`access.s3_read`"),
        objects("s3_read_write", ["s3_read", "s3_write", "s3_delete"], "`access.s3_read`, `s3_write` and `s3_delete`"),
        objects("s3_write_only", ["s3_write", "s3_delete"], "`access.s3_write` and `s3_delete`"),
    ]

    private static func objects(_ name: String, _ words: [String], _ becomes: String) -> Rule {
        Rule(name, .takenOver, becomes) { value, state in
            guard let paths = value.texts else { return .wrong(value, expected: "a list of paths") }
            let target = "access.\(words[0])"
            let also =
                words.count == 1
                ? [] : ["and \(words.dropFirst().map { "`\($0)`" }.joined(separator: ", ")) in the same way"]
            var differences: [String] = []
            var isAnyTaken = false
            for path in paths {
                guard let found = S3Path(path) else {
                    differences.append("`\(path.shortened(to: 80))` is not a bucket with a prefix or key")
                    continue
                }
                isAnyTaken = true
                for word in words { state.draft.access.add(found.objects, to: word) }
                if found.wasFolder { differences.append("`\(path)` became `\(found.objects)`: what is under it") }
                if found.key.isEmpty, !path.hasSuffix("*") { differences.append("`\(path)` is the whole bucket here") }
            }
            if paths.isEmpty { return .takenOver(nil, "nothing") }
            if differences.isEmpty { return .takenOver(target, also.joined()) }
            return isAnyTaken
                ? .differs(target, (differences + also).joined(separator: "; "))
                : .none(differences.joined(separator: "; "))
        }
    }

    static let secrets: @Sendable (WrittenValue, inout WorkflowState) -> Verdict? = { value, state in
        guard let names = value.texts else { return .wrong(value, expected: "a list of names") }
        var refused: [String] = []
        for name in names {
            let variable = "SECRET_" + name.uppercased().map { $0 == "-" ? "_" : String($0) }.joined()
            guard EnvironmentValue.problem(ofName: variable) == nil, state.secrets.value(of: variable) == nil else {
                refused.append(name)
                continue
            }
            // The environment's name in dorc is the folder's, unless it is no name for dorc.
            let environment = state.environment == state.place.environment ? "${environment}" : state.place.environment
            let path = "/airflow/\(environment)/\(state.place.project)/\(state.place.workflow)/\(name)"
            state.secrets.append((variable, .string(path)))
        }
        let words = "the same secrets of Secrets Manager, in variables of the same name"
        if names.isEmpty { return .takenOver(nil, "nothing") }
        let said = "\(refused.joined(separator: ", ")): not names of environment variables"
        return refused.isEmpty
            ? .takenOver("functions.*.secrets", words) : .differs("functions.*.secrets", said, else: said)
    }

    /// KMS guide, "Key identifiers".
    static func isKey(_ text: String) -> Bool {
        guard Identifiers.isARN(text, of: "kms"), let place = text.firstRange(of: ":key/") else { return false }
        let id = text[place.upperBound...]
        return (32...36).contains(id.utf8.count)
            && id.unicodeScalars.allSatisfy {
                $0.isASCII && ($0.properties.isAlphabetic || ("0"..."9").contains($0) || $0 == "-")
            }
    }

    private static let glue = YAMLNode.mapping([
        (
            "actions",
            .list(
                [
                    "BatchStopJobRun", "CreateJob", "DeleteJob", "GetJob", "GetJobRun", "GetJobRuns", "StartJobRun",
                    "UpdateJob",
                ]
                .map { .string("glue:\($0)") })
        ),
        ("resources", .string("arn:${partition}:glue:${region}:${account}:job/*")),
    ])

    /// Textract's actions take no resource (Service Authorization Reference, "Amazon Textract").
    private static let textract = YAMLNode.mapping([
        (
            "actions",
            .list(
                [
                    "AnalyzeDocument", "DetectDocumentText", "GetDocumentAnalysis", "GetDocumentTextDetection",
                    "StartDocumentAnalysis", "StartDocumentTextDetection",
                ].map { .string("textract:\($0)") })
        ),
        ("resources", .string("*")),
        ("reason", .string("these actions of Textract take no resource")),
    ])
}
