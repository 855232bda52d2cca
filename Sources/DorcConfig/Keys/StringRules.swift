internal import DorcModel

/// The names that users choose.
extension StringRule {
    static let project = StringRule(
        "^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$", maximum: Names.longestProject, "census-demo",
        where: { Names.isProject($0) && $0.utf8.count <= Names.longestProject })

    /// Of a function or trigger.
    static let folder = StringRule("^\(folderPattern)$", "extract", where: Names.isFolder)

    static let pipeline = StringRule(
        "^\(folderPattern)/\(folderPattern)$", "curated/model",
        where: { text in
            let parts = text.split(separator: "/", omittingEmptySubsequences: false)
            return parts.count == 2 && parts.allSatisfy { Names.isFolder(String($0)) }
        })

    private static let folderPattern = "[a-z0-9]+(?:[-_][a-z0-9]+)*"

    static let environment = StringRule("^[a-z][a-z0-9]*$", "dev", where: Names.isEnvironment)

    /// In dorc.yaml: `universal` is the name of the stack that all environments share.
    static let newEnvironment = StringRule(
        "^(?!universal$)[a-z][a-z0-9]{0,\(Names.longestEnvironment - 1)}$", "dev",
        where: { Names.isEnvironment($0) && $0.utf8.count <= Names.longestEnvironment && $0 != "universal" })

    /// A state's name (Step Functions guide: 1 to 80 characters) that CloudFormation and dorc take too.
    static let step = StringRule(
        #"^(?! )(?!(?:Ref|Condition)$)(?!Fn::)(?!.*, )[^$\p{C}\p{Zl}\p{Zp}]{0,79}[^$ )\p{C}\p{Zl}\p{Zp}]$"#, "england",
        where: StepName.isValid)

    static let variable = StringRule(
        "^(?!(?:\(BuiltInVariable.allCases.map(\.rawValue).joined(separator: "|")))$)\(variablePattern)$",
        "landing_bucket", where: { Names.isVariable($0) && !BuiltInVariable.names.contains($0) })

    /// A key of a run's input.
    static let parameter = StringRule(
        "^[A-Za-z][A-Za-z0-9_-]{0,63}$", "full",
        where: { text in
            guard let first = text.utf8.first, text.utf8.count <= 64, first | 0x20 >= 0x61, first | 0x20 <= 0x7A else {
                return false
            }
            return text.utf8.allSatisfy { byte in
                (0x61...0x7A).contains(byte | 0x20) || (0x30...0x39).contains(byte)
                    || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-")
            }
        })

    static let buildArgument = StringRule(
        "^(?!CODE_PATH$)\(variablePattern)$", "PYTHON_VERSION",
        where: { Names.isVariable($0) && $0 != "CODE_PATH" })

    private static let variablePattern = "[A-Za-z_][A-Za-z0-9_]*"

    /// What Lambda or a job's runner refuses passes here, and has a message of its own where the function's settings are put together.
    static let environmentVariable = StringRule("^\(variablePattern)$", "TABLE", where: Names.isVariable)

    static let tagKey = StringRule(
        #"^(?![aA][wW][sS]:)[\p{L}\p{N}\p{Zs}_.:/=+@\-]{1,127}$"#, "department", where: TagRule.isKey)
}

/// The values of single keys.
extension StringRule {
    static let repository = StringRule(
        #"^[A-Za-z0-9][A-Za-z0-9_.:/=+@\-]{0,254}$"#, "github.com/example/pipelines", where: Identifiers.isRepository)

    /// One `@`, and a dot inside the domain; ASCII. RFC 5321: at most 254 characters.
    static let email = StringRule(
        #"^[!-?A-~]+@[!-,\-/-?A-~][!-?A-~]*\.[!-?A-~]*[!-,\-/-?A-~]$"#, maximum: 254, "data@example.gov.uk",
        where: Identifiers.isEmailAddress)

    /// A path below the folder of the file that names it.
    static let relativePath = StringRule(
        #"^(?!\.{1,2}(?:/|$))[^/\u0000-\u001F]+(?:/(?!\.{1,2}(?:/|$))[^/\u0000-\u001F]+)*/?$"#, "lib/",
        where: { text in
            let parts = text.split(separator: "/", omittingEmptySubsequences: false)
            let names = parts.last?.isEmpty == true ? parts.dropLast() : parts[...]
            return !names.isEmpty && !names.contains { $0.isEmpty || $0 == ".." || $0 == "." }
                && !text.unicodeScalars.contains { $0.value < 0x20 }
        })

    static let reason = StringRule(
        #"\S"#, "the tables have no names of their own", where: { $0.contains { !$0.isWhitespace } })
}

/// Slack's identifiers, as Amazon Q Developer in chat applications takes them: capital letters and digits, at most 255
/// (CloudFormation reference, `AWS::Chatbot::SlackChannelConfiguration`).
extension StringRule {
    static let slackWorkspace = StringRule(
        "^[TE][0-9A-Z]{6,254}$", "T0123ABCD", where: { Identifiers.isSlackID($0, of: ["T", "E"]) })

    /// `G` is what private channels of old begin with.
    static let slackChannel = StringRule(
        "^[CG][0-9A-Z]{6,254}$", "C0123ABCD", where: { Identifiers.isSlackID($0, of: ["C", "G"]) })
}

/// AWS's identifiers.
extension StringRule {
    static let account = StringRule(
        "^[0-9]{12}$", largest: 999_999_999_999, "111122223333", where: Identifiers.isAccount)

    static let region = StringRule("^\(regionPattern)$", "eu-west-2", where: Identifiers.isRegion)

    /// `service:Action`, with `*` and `?` as wildcards (IAM guide, "Action").
    static let action = StringRule(
        #"^[A-Za-z0-9\-]+:[A-Za-z0-9*?]+$"#, "s3:GetObject", "sns:*", where: Identifiers.isAction)

    static func resource(prefix: String) -> StringRule {
        StringRule(
            "^\(resourcePattern(prefix))$", "\(prefix)0d0d0d0d0d0d0d0d1", "\(prefix)0d0d0d0d",
            where: { Identifiers.isResource($0, prefix: prefix) })
    }

    /// A range of addresses, or a security group's or prefix list's id.
    static let egressDestination = StringRule(
        "^(?:\(resourcePattern("sg-"))|\(resourcePattern("pl-"))|\(ipv4)/(?:3[0-2]|[12]?[0-9])"
            + "|\(ipv6)/(?:12[0-8]|1[01][0-9]|[1-9]?[0-9]))$",
        "10.0.0.0/16", "2001:db8::/32", "0:0:0:0:0:0:0:0/0", "sg-0d0d0d0d", "pl-0d0d0d0d0d0d0d0d1",
        where: { EgressRule.Destination.isWritable($0) })

    static let policyARN = StringRule(
        #"^arn:\#(partitions):iam::(?:aws|[0-9]{12}):policy/[!-)+-~]+$"#,
        "arn:aws:iam::111122223333:policy/data-access", "arn:aws-us-gov:iam::aws:policy/ReadOnlyAccess",
        where: Identifiers.isPolicyARN)

    /// EventBridge and CloudWatch publish to no FIFO topic.
    static let topicARN = StringRule(
        #"^(?!.*\.fifo$)arn:\#(partitions):sns:\#(regionPattern):[0-9]{12}:[^*\u0000- \u007F]+$"#,
        "arn:aws:sns:eu-west-2:111122223333:data-alerts",
        where: { Identifiers.isARN($0, of: "sns") && !$0.hasSuffix(".fifo") })

    /// No alias: log groups want the key's ARN.
    static let keyARN = StringRule(
        #"^(?:\#(Environment.Encryption.awsName)|(?=.*:key/)arn:\#(partitions):kms:\#(regionPattern):[0-9]{12}:[^*\u0000- \u007F]+)$"#,
        "aws", "arn:aws:kms:eu-west-2:111122223333:key/0d0d0d0d-0d0d-0d0d-0d0d-0d0d0d0d0d0d",
        where: { $0 == Environment.Encryption.awsName || Identifiers.isARN($0, of: "kms") && $0.contains(":key/") })

    private static var partitions: String { "(?:\(Partition.all.map(\.id).joined(separator: "|")))" }

    /// A prefix of two letters, or one that some partition has.
    private static var regionPattern: String {
        let others = Partition.all.flatMap(\.regionPrefixes).filter { $0.utf8.count != 2 }
        return "(?:\((["[a-z]{2}"] + others).joined(separator: "|")))-[a-z]+-[1-9]"
    }

    private static func resourcePattern(_ prefix: String) -> String { prefix + "(?:[0-9a-f]{8}|[0-9a-f]{17})" }

    /// Without leading zeros: `010` is octal to some readers.
    private static let ipv4 = {
        let byte = "(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])"
        return #"\#(byte)(?:\.\#(byte)){3}"#
    }()

    /// Eight groups, or fewer with `::` once (RFC 4291, 2.2).
    private static let ipv6 = {
        let group = "[0-9A-Fa-f]{1,4}"
        let shortened = (1...6).map { "(?:\(group):){1,\(7 - $0)}(?::\(group)){1,\($0)}" }
        return "(?:(?:\(group):){7}\(group)|(?:\(group):){1,7}:|:(?:(?::\(group)){1,7}|:)|"
            + shortened.joined(separator: "|") + ")"
    }()
}
