internal import DorcModel
internal import DorcYAML

extension OperatorKind {
    /// Why an operator cannot be a step as it is.
    struct Problem: Sendable, Equatable {
        /// Of the task, as in `bucket_key`.
        var key: String
        /// As in "it is a template ...".
        var words: String
    }

    /// What it is by its class, and why a person has to write it all the same.
    static func of(_ task: WrittenValue, _ context: JinjaText.Context) -> (kind: OperatorKind, problem: Problem?) {
        let isDecorator = task["operator"] == nil
        guard let path = (task["operator"] ?? task["decorator"])?.text else { return (.unknown, nil) }
        let kind = OperatorKind(path, isDecorator: isDecorator)
        return (kind, kind.problem(of: task, context))
    }

    /// What is required and plain, and what has to be plain where it is written.
    private func problem(of task: WrittenValue, _ context: JinjaText.Context) -> Problem? {
        func isMissing(_ key: String) -> Bool { task[key]?.isNull ?? true }
        func named(_ keys: String...) -> Problem? {
            keys.lazy.compactMap { key in
                isMissing(key)
                    ? Problem(key: key, words: "it is missing")
                    : Self.problem(key, task[key], AWSName.isPlain, "a name or an ARN of AWS")
            }.first
        }
        func required(_ key: String) -> Problem? {
            isMissing(key) || task[key]?.text == nil ? Problem(key: key, words: "it is missing") : nil
        }
        switch self {
        case .bash, .bashSensor: return required("bash_command")
        case .container, .docker:
            return required("image")
                ?? Self.problem("image", task["image"], { ContainerImage.normal($0) != nil }, "a reference to an image")
        case .ecs: return named("task_definition", "cluster")
        case .batch:
            return named("job_definition", "job_queue")
                ?? Self.problem("job_name", task["job_name"], AWSName.isJobName, "a name of a job of Batch")
        case .lambda: return named("function_name")
        case .glue: return named("job_name")
        case .athena:
            return required("query")
                ?? Self.problem("workgroup", task["workgroup"], AWSName.isPlain, "a workgroup")
        case .sns:
            return Self.problem(
                "target_arn", task["target_arn"], { Identifiers.isARN($0, of: "sns") }, "the ARN of a topic",
                isRequired: true) ?? required("message")
        case .sqs:
            return Self.problem(
                "sqs_queue", task["sqs_queue"], { AWSName.queue($0) != nil }, "the address of a queue", isRequired: true
            )
                ?? required("message_content")
        case .dag:
            return Self.problem("trigger_dag_id", task["trigger_dag_id"], { _ in true }, "a name", isRequired: true)
        case .timeDelta:
            let key = task["delta"] == nil ? "time_to_wait" : "delta"
            guard let value = task[key] else { return Problem(key: "delta", words: "it is missing") }
            let seconds = AirflowDuration.seconds(value) ?? 0
            return (1...365 * 86400).contains(seconds)
                ? nil : Problem(key: key, words: value.hasJinja ? Self.template : "it is not a time of a year at most")
        case .dateTime:
            return Self.problem(
                "target_time", task["target_time"], { AWSName.time($0) != nil },
                "a time in UTC, as in 2031-03-21T06:00:00",
                isRequired: true)
        case .s3Sensor: return Self.problemOfObject(task, context)
        case .python, .branch, .shortCircuit, .empty, .pythonSensor, .dagSensor, .unknown: return nil
        }
    }

    private static let template = "it is a template of Airflow's, which nothing fills in here"

    private static func problem(
        _ key: String, _ value: WrittenValue?, _ isRight: (String) -> Bool, _ expected: String, isRequired: Bool = false
    ) -> Problem? {
        guard let value, !value.isNull else {
            return isRequired ? Problem(key: key, words: "it is missing") : nil
        }
        if value.hasJinja { return Problem(key: key, words: template) }
        guard let text = value.text, isRight(text) else { return Problem(key: key, words: "it is not \(expected)") }
        return nil
    }

    private static func problemOfObject(_ task: WrittenValue, _ context: JinjaText.Context) -> Problem? {
        guard let keys = task["bucket_key"]?.texts, !keys.isEmpty else {
            return Problem(key: "bucket_key", words: "it is missing")
        }
        if task["bucket_name"]?.hasJinja ?? false { return Problem(key: "bucket_name", words: template) }
        if keys.count > 1 {
            return Problem(key: "bucket_key", words: "it names \(keys.count) objects: a function looks for one")
        }
        guard let object = ObjectToWaitFor(task) else {
            return Problem(key: "bucket_key", words: "it is not a bucket and the key of an object")
        }
        let isSaid = !JinjaText.isTemplate(object.key) || JinjaText(object.key, context) != nil
        return isSaid ? nil : Problem(key: "bucket_key", words: "it has \(JinjaText.problem(object.key))")
    }
}

/// What a sensor of S3 looks for.
struct ObjectToWaitFor {
    let bucket: String
    /// With templates perhaps.
    let key: String
    let isPattern: Bool

    /// What keys begin with, up to the first template or wildcard.
    var prefix: String {
        let constant = key.firstRange(of: "{{").map { key[..<$0.lowerBound] } ?? key[...]
        return isPattern ? String(constant.prefix { !"*?[".contains($0) }) : String(constant)
    }

    init?(_ task: WrittenValue) {
        guard let keys = task["bucket_key"]?.texts, keys.count == 1, !(task["bucket_name"]?.hasJinja ?? false) else {
            return nil
        }
        let written = task["bucket_name"]?.text.map { "\($0)/\(keys[0])" } ?? keys[0]
        // `S3Path` takes what is before the template.
        let template = written.firstRange(of: "{{")
        let constant = template.map { String(written[..<$0.lowerBound]) } ?? written
        guard let path = S3Path(template == nil ? constant : constant + "x"), !path.key.isEmpty, !path.wasFolder,
            template == nil || !written.contains("{%")
        else { return nil }
        bucket = path.bucket
        key = template.map { String(path.key.dropLast()) + written[$0.lowerBound...] } ?? path.key
        isPattern = task["wildcard_match"]?.boolean ?? false
    }
}

/// Names of AWS's that ARNs can have.
enum AWSName {
    /// A name or an ARN without wildcards, templates and holes.
    static func isPlain(_ text: String) -> Bool {
        (1...256).contains(text.utf8.count)
            && text.unicodeScalars.allSatisfy {
                $0.isASCII
                    && ($0.properties.isAlphabetic || ("0"..."9").contains($0) || "-_./:".unicodeScalars.contains($0))
            } && (!text.hasPrefix("arn:") || Identifiers.isARN(text))
    }

    /// Batch API, SubmitJob.
    static func isJobName(_ text: String) -> Bool {
        (1...128).contains(text.utf8.count)
            && text.unicodeScalars.allSatisfy {
                $0.isASCII && ($0.properties.isAlphabetic || ("0"..."9").contains($0) || $0 == "-" || $0 == "_")
            }
    }

    /// The ARN of something in the environment's account and region, unless it is one.
    static func arn(_ text: String, _ service: String, _ kind: String) -> String {
        text.hasPrefix("arn:") ? text : "arn:${partition}:\(service):${region}:${account}:\(kind)\(text)"
    }

    /// The ARN of a queue of which the address is known.
    static func queue(_ address: String) -> String? {
        guard address.hasPrefix("https://sqs.") else { return nil }
        let parts = address.dropFirst("https://".count).split(separator: "/", omittingEmptySubsequences: false).map(
            String.init)
        let host = parts[0].split(separator: ".").map(String.init)
        guard parts.count == 3, host.count >= 4, Identifiers.isRegion(host[1]), Identifiers.isAccount(parts[1]),
            isPlain(parts[2]),
            !parts[2].contains(":")
        else { return nil }
        return "arn:${partition}:sqs:\(host[1]):\(parts[1]):\(parts[2])"
    }

    /// `2031-03-21T06:00:00Z`, of a time in UTC.
    static func time(_ text: String) -> String? {
        guard WorkflowKeys.isDate(text) else { return nil }
        let rest = text.dropFirst(10)
        guard !rest.isEmpty else { return "\(text.prefix(10))T00:00:00Z" }
        var clock = rest.dropFirst()
        for end in ["Z", "+00:00", " UTC"] where clock.hasSuffix(end) { clock = clock.dropLast(end.count) }
        let parts = clock.split(separator: ":", omittingEmptySubsequences: false)
        guard (2...3).contains(parts.count), parts.allSatisfy({ $0.count == 2 }), let hour = Int(parts[0]), hour < 24,
            hour >= 0,
            let minute = Int(parts[1]), (0..<60).contains(minute),
            let second = parts.count == 3 ? Int(parts[2]) : 0, (0..<60).contains(second)
        else { return nil }
        return "\(text.prefix(10))T\(parts[0]):\(parts[1]):\(parts.count == 3 ? String(parts[2]) : "00")Z"
    }
}

/// An image of a container, with its registry and a tag or digest.
enum ContainerImage {
    /// Docker's own registry and `latest` are what is meant where nothing is written; nil for what cannot be one.
    static func normal(_ text: String) -> String? {
        var image = text.trimmed
        guard !image.isEmpty, !JinjaText.isTemplate(image), !image.contains("${") else { return nil }
        let parts = image.split(separator: "/", omittingEmptySubsequences: false)
        let first = parts[0]
        if parts.count == 1 {
            image = "docker.io/library/\(image)"
        } else if !first.contains("."), !first.contains(":"), first != "localhost" {
            image = "docker.io/\(image)"
        }
        let last = image.split(separator: "/").last ?? ""
        if !last.contains(":"), !image.contains("@") { image += ":latest" }
        return ImageURI.isReference(image) ? image : nil
    }
}
