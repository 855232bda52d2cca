internal import DorcModel
internal import DorcText

/// What is wrong with an ARN that has the form of one: IAM refuses a policy with it, or no resource ever has it.
///
/// IAM guide, "IAM Access Analyzer policy check reference": ARN Region not allowed, ARN account not allowed, Missing ARN
/// account, Missing ARN Region, Partition and Region mismatch, Invalid ARN partition.
struct ARNRule {
    private enum Field {
        case none, required, any
    }

    /// Which of the two fields the resources of a service have. IAM guide, "Amazon Resource Names", and the services' pages
    /// of the service authorization reference.
    private static let fields: [String: (region: Field, account: Field)] = [
        "cloudfront": (.none, .any), "globalaccelerator": (.none, .required), "iam": (.none, .required),
        "organizations": (.none, .required), "route53": (.none, .any), "s3": (.none, .none), "sts": (.none, .required),
        "athena": (.required, .required), "batch": (.required, .required), "dynamodb": (.required, .required),
        "ecs": (.required, .required), "events": (.required, .any), "firehose": (.required, .required),
        "glue": (.required, .required), "kinesis": (.required, .required), "kms": (.required, .required),
        "lambda": (.required, .required), "logs": (.required, .required), "scheduler": (.required, .required),
        "secretsmanager": (.required, .required), "sns": (.required, .required), "sqs": (.required, .required),
        "ssm": (.required, .any), "states": (.required, .required),
    ]

    /// S3's resources that are in an account and most of them in a region, unlike buckets and objects (service authorization
    /// reference, Amazon S3); after an empty account, such a name is a bucket's.
    private static let otherS3 = [
        "access-grants/", "accesspoint/", "async-request/", "job/", "storage-lens/", "storage-lens-group/",
    ]

    /// Of the environment.
    let partition: Partition
    /// The environment's name, for messages: asked for where there is one.
    private let environment: () -> String

    init(partition: Partition, environment: @escaping @autoclosure () -> String) {
        self.partition = partition
        self.environment = environment
    }

    struct Problem {
        enum Kind {
            case partition, fields
        }

        var kind: Kind
        var summary: String
        var help: String
        /// The fields to change, counted from 0 at `arn`, and what to write. Empty where dorc does not know it.
        var corrections: [(field: Int, text: String)]
    }

    /// `variable` is what can be written for the partition in any environment, where there is such a thing. What is wrong beside
    /// the first problem is corrected with it.
    func problem(in arn: String, variable: String?) -> Problem? {
        guard var problem = firstProblem(in: arn, variable: variable) else { return nil }
        var fields = Self.split(arn)
        // Each correction leaves a field that is right: the partition, the region, the account.
        for _ in 0..<3 {
            guard let (field, text) = problem.corrections.last else { break }
            fields[field] = field == 1 ? partition.id : text
            guard let next = firstProblem(in: fields.joined(separator: ":"), variable: variable) else { break }
            guard let correction = next.corrections.first,
                problem.corrections.allSatisfy({ $0.field != correction.field })
            else { break }
            problem.corrections.append(correction)
        }
        return problem
    }

    private func firstProblem(in arn: String, variable: String?) -> Problem? {
        let fields = Self.split(arn)
        guard fields.count == 6 else { return nil }
        let (written, service, region, account) = (fields[1], fields[2], fields[3], fields[4])
        if !Self.isWildcard(written), written != partition.id {
            return Problem(
                kind: .partition,
                summary: Partition.all.contains { $0.id == written }
                    ? "`\(arn)` is in the partition `\(written)` of AWS, the environment `\(environment())` in"
                        + " `\(partition.id)`"
                    : "AWS has no partition `\(written)`, and the environment `\(environment())` is in `\(partition.id)`",
                help: variable.map { "write `\($0)`, which is right in every region" } ?? "write `\(partition.id)`",
                corrections: [(1, variable ?? partition.id)])
        }
        if !Self.isWildcard(region), !region.isEmpty, Identifiers.isRegion(region), !Self.isWildcard(written),
            Partition.of(region: region).id != written
        {
            return Problem(
                kind: .partition, summary: "`\(region)` is not a region of the partition `\(written)`",
                help: "correct the region of `\(arn)`", corrections: [])
        }
        let resource = fields[5]
        guard let form = Self.fields[service],
            service != "s3" || account.isEmpty || !Self.otherS3.contains(where: resource.hasPrefix)
        else { return nil }
        let name = service == "s3" ? "buckets and objects of `s3`" : "resources of `\(service)`"
        if form.region == .none, !region.isEmpty, !Self.isWildcard(region) {
            return fieldProblem("the ARNs of \(name) have no region", in: arn, "leave it empty", (3, ""))
        }
        if form.account == .none, !account.isEmpty, !Self.isWildcard(account) {
            return fieldProblem("the ARNs of \(name) have no account", in: arn, "leave it empty", (4, ""))
        }
        if form.region == .required, region.isEmpty {
            return fieldProblem("the ARNs of \(name) have a region", in: arn, "write it, or `*` for any", nil)
        }
        if form.account == .required, account.isEmpty {
            return fieldProblem("the ARNs of \(name) have an account", in: arn, "write it, or `*` for any", nil)
        }
        return nil
    }

    private func fieldProblem(
        _ summary: String, in arn: String, _ help: String, _ correction: (field: Int, text: String)?
    ) -> Problem {
        Problem(
            kind: .fields, summary: summary,
            help: "the fields of `\(arn)` are `arn:partition:service:region:account:resource`: \(help)",
            corrections: correction.map { [$0] } ?? [])
    }

    private static func isWildcard(_ field: String) -> Bool { field.contains("*") || field.contains("?") }

    static func split(_ arn: String) -> [String] {
        arn.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false).map(String.init)
    }
}

extension ARNRule {
    /// Of a text of pipeline.yaml, whose variables are known.
    static func check(
        _ text: Located<VariableText>, _ context: ResolutionContext, _ diagnostics: inout Diagnostics
    ) {
        guard context.hasRegion else { return }
        var findings = Diagnostics()
        let sample = context.expand(text, &findings).sample
        let rule = ARNRule(partition: context.partition, environment: context.environment.name)
        guard let problem = rule.problem(in: sample, variable: "${partition}") else { return }
        diagnostics.report(.unusableARN(problem, writtenAs: text.value.source, at: text.range.firstLine))
    }
}

extension ARNRule.Problem {
    /// The ARN as it is written, with what is wrong changed; nil where a variable has several fields in it.
    func replacement(in source: String) -> String? {
        guard !corrections.isEmpty else { return nil }
        var fields = ARNRule.split(source)
        guard fields.count == 6, fields[0] == "arn" else { return nil }
        for (field, text) in corrections { fields[field] = text }
        return fields.joined(separator: ":")
    }
}

extension Diagnostic {
    /// `source` is nil where a CloudFormation function makes the ARN.
    static func unusableARN(_ problem: ARNRule.Problem, writtenAs source: String?, at range: SourceRange) -> Diagnostic
    {
        let replacement = source.flatMap { problem.replacement(in: $0) }
        return switch problem.kind {
        case .partition:
            Diagnostic(.arnPartition, at: range, problem.summary, help: problem.help, replacement: replacement)
        case .fields: Diagnostic(.arnFields, at: range, problem.summary, help: problem.help, replacement: replacement)
        }
    }
}
