internal import DorcModel
internal import DorcText

/// A kind of resource that `access` names, by a name in the environment's own account and region, or by an ARN.
struct AccessResource {
    /// As in "a queue".
    let what: String
    /// As IAM names it.
    let service: String
    /// What is before the name in the resource's ARN.
    let prefix: String
    /// What is after it.
    var suffix = ""
    /// Whether its ARNs have a region.
    var hasRegion = true
    let example: String
    /// Characters beside letters and digits.
    let characters: String
    let length: ClosedRange<Int>
    /// Whether `*` may stand for some characters of a name.
    var takesWildcards = true
    /// What to do with a text that is none.
    var help: String?

    /// SQS API, CreateQueue: 80 characters; `.fifo` at the end.
    static let queue = AccessResource(
        what: "a queue", service: "sqs", prefix: "", example: "census-files", characters: "-_.", length: 1...80)
    /// SNS API, CreateTopic: 256 characters; `.fifo` at the end.
    static let topic = AccessResource(
        what: "a topic", service: "sns", prefix: "", example: "data-ready", characters: "-_.", length: 1...256)
    /// DynamoDB guide, "Supported data types and naming rules".
    static let table = AccessResource(
        what: "a table of DynamoDB", service: "dynamodb", prefix: "table/", example: "areas", characters: "-_.",
        length: 3...255)
    /// Secrets Manager API, CreateSecret; guide, "Secrets Manager ARNs": six characters after the name that nobody knows before.
    static let secret = AccessResource(
        what: "a secret", service: "secretsmanager", prefix: "secret:", suffix: "-??????", example: "census/api-key",
        characters: "/_+=.@-", length: 1...512,
        help:
            "write its name, as in `census/api-key`, without a key: the right to read a secret is one to read all of it"
    )
    /// KMS guide, "Key identifiers": an alias is not what a key policy or IAM's resources name.
    static let key = AccessResource(
        what: "a KMS key", service: "kms", prefix: "key/",
        example: "arn:${partition}:kms:${region}:${account}:key/0d0d0d0d-0d0d-0d0d-0d0d-0d0d0d0d0d0d", characters: "-",
        length: 32...36, takesWildcards: false,
        help: "write its ARN, which ends in `key/` and the key's id: IAM knows no key by its alias")
    /// Athena API, CreateWorkGroup.
    static let workgroup = AccessResource(
        what: "a workgroup", service: "athena", prefix: "workgroup/", example: "reports", characters: "._-",
        length: 1...128)
    /// IAM API, CreateRole: 64 characters after a path of 512.
    static let role = AccessResource(
        what: "a role", service: "iam", prefix: "role/", hasRegion: false,
        example: "arn:${partition}:iam::444455556666:role/census-reader", characters: "/_+=,.@-", length: 1...576)

    /// Nil where it is none, which is reported.
    func arn(
        of text: Text, _ name: Located<VariableText>, _ context: ResolutionContext, _ diagnostics: inout Diagnostics
    ) -> Text? {
        let sample = text.sample
        if sample.hasPrefix("arn:") {
            let fields = ARNRule.split(sample)
            guard Identifiers.isARN(sample), fields.count == 6, fields[2] == service, fields[5].hasPrefix(prefix),
                isName(String(fields[5].dropFirst(prefix.count)))
            else {
                reportOther(sample, at: name, &diagnostics)
                return nil
            }
            ARNRule.check(name, context, &diagnostics)
            return text.inOwnPartition
        }
        guard isName(sample) else {
            reportOther(sample, at: name, &diagnostics)
            return nil
        }
        let end = sample.hasSuffix("*") ? "" : suffix
        return .arn(service, hasRegion: hasRegion, .literal(prefix) + text + .literal(end))
    }

    private func isName(_ text: String) -> Bool { Self.isName(text, characters, length, takesWildcards) }

    /// A bare `*` is refused.
    static func isName(
        _ text: String, _ characters: String, _ length: ClosedRange<Int>, _ takesWildcards: Bool = true
    ) -> Bool {
        let star = UInt8(ascii: "*")
        let hasWildcard = takesWildcards && text.utf8.contains(star)
        guard text.utf8.count <= length.upperBound, hasWildcard || text.utf8.count >= length.lowerBound,
            !text.utf8.allSatisfy({ $0 == star })
        else { return false }
        return text.utf8.allSatisfy { byte in
            (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20) || characters.utf8.contains(byte)
                || hasWildcard && byte == star
        }
    }

    private func reportOther(_ text: String, at name: Located<VariableText>, _ diagnostics: inout Diagnostics) {
        diagnostics.report(.noAccessResource(text, what, example, help: help, at: name.range.firstLine))
    }
}

extension Diagnostic {
    static func noAccessResource(
        _ text: String, _ what: String, _ example: String, help: String? = nil, at range: SourceRange
    ) -> Diagnostic {
        if !text.isEmpty, text.allSatisfy({ $0 == "*" }) {
            return Diagnostic(
                .wildcardResource, at: range, "`\(text)` allows it on everything that the account has",
                help:
                    "name what is meant, as in `\(example)`; if nothing can be named, write `permissions` with a `reason`"
            )
        }
        if text.isEmpty {
            return Diagnostic(
                .invalidValue, at: range, "the name is empty, and has to be \(what)",
                help: help ?? "write its name or its ARN, as in `\(example)`")
        }
        return .invalidValue(
            text, expected: what, at: range, help: help ?? "write its name or its ARN, as in `\(example)`")
    }
}
