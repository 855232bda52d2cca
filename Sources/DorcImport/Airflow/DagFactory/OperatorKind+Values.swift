internal import DorcModel
internal import DorcYAML

extension OperatorKind {
    /// What it is by its class, as long as what it is told can be said in dorc; else a person has to write it.
    static func of(_ task: WrittenValue) -> OperatorKind {
        let isDecorator = task["operator"] == nil
        guard let path = (task["operator"] ?? task["decorator"])?.text else { return .unknown }
        let kind = OperatorKind(path, isDecorator: isDecorator)
        return kind.isPossible(for: task) ? kind : .unknown
    }

    private func isPossible(for task: WrittenValue) -> Bool {
        func isName(_ key: String) -> Bool { task[key]?.text.map(AWSName.isPlain) ?? false }
        switch self {
        case .bash, .bashSensor: return task["bash_command"]?.text != nil
        case .container, .docker: return task["image"]?.text.flatMap(ContainerImage.normal) != nil
        case .ecs: return isName("task_definition") && isName("cluster")
        case .batch:
            return isName("job_definition") && isName("job_queue")
                && (task["job_name"]?.text.map(AWSName.isJobName) ?? true)
        case .lambda: return isName("function_name") && !(task["payload"]?.hasJinja ?? false)
        case .glue: return isName("job_name") && !(task["script_args"]?.hasJinja ?? false)
        case .athena:
            return task["query"]?.text.map { !JinjaText.isTemplate($0) } ?? false
                && (task["workgroup"] == nil || isName("workgroup")) && !(task["output_location"]?.hasJinja ?? false)
                && !(task["database"]?.hasJinja ?? false)
        case .sns:
            return task["target_arn"]?.text.map { Identifiers.isARN($0, of: "sns") } ?? false
                && !(task["message"]?.hasJinja ?? true) && task["message"]?.text != nil
                && !(task["subject"]?.hasJinja ?? false)
        case .sqs:
            return AWSName.queue(task["sqs_queue"]?.text ?? "") != nil && task["message_content"]?.text != nil
                && !(task["message_content"]?.hasJinja ?? true)
        case .dag: return task["trigger_dag_id"]?.text.map { !JinjaText.isTemplate($0) } ?? false
        case .timeDelta:
            return (task["delta"] ?? task["time_to_wait"]).flatMap(AirflowDuration.seconds).map {
                (1...365 * 86400).contains($0)
            } ?? false
        case .dateTime: return task["target_time"]?.text.flatMap(AWSName.time) != nil
        case .s3Sensor: return Self.object(of: task) != nil
        case .python, .branch, .shortCircuit, .empty, .pythonSensor, .dagSensor, .unknown: return true
        }
    }

    /// What a sensor of S3 looks for.
    static func object(of task: WrittenValue) -> (path: S3Path, isPattern: Bool)? {
        guard let key = task["bucket_key"]?.texts, key.count == 1, !(task["bucket_key"]?.hasJinja ?? true),
            !(task["bucket_name"]?.hasJinja ?? false),
            let path = S3Path(task["bucket_name"]?.text.map { "\($0)/\(key[0])" } ?? key[0]), !path.key.isEmpty,
            !path.wasFolder
        else { return nil }
        return (path, task["wildcard_match"]?.boolean ?? false)
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
