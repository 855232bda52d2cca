package import DorcModel
internal import DorcText
internal import DorcYAML

/// The values that are dorc's own.
extension ValueType<String> {
    static var projectName: ValueType {
        .name(
            "a project's name",
            rule: "it has lower-case letters, digits and single `-`, starts with a letter, at most 30 characters"
        ) {
            Names.isProject($0) && $0.utf8.count <= Names.longestProject
        }
    }

    static var functionName: ValueType {
        .name(
            "a function's name", rule: Names.folderRule, suggestion: { _ in nil }, isFunction: true,
            where: Names.isFolder)
    }

    static var triggerName: ValueType { .name("a trigger's name", rule: Names.folderRule, where: Names.isFolder) }

    static var accountID: ValueType {
        let format = "an account id of 12 digits"
        return ValueType(.text(format: format, pattern: "^[0-9]{12}$")) { node, diagnostics in
            guard let text = Scalars.text(node, expected: format, &diagnostics) else { return nil }
            if Identifiers.isAccount(text) { return text }
            let digits = text.filter { $0.isASCII && $0.isNumber }
            diagnostics.report(
                Diagnostic(
                    .invalidValue, at: node.range.firstLine, "`\(text)` is not \(format)",
                    help: digits == text
                        ? "it has \(digits.count) digits; leading zeros count, so put it in quotes wherever it is copied from"
                        : "the id of an AWS account is written as 12 digits and nothing else",
                    replacement: digits != text && Identifiers.isAccount(digits) ? "\"\(digits)\"" : nil))
            return nil
        }
    }

    static var region: ValueType { .text("a region such as `eu-west-2`", where: Identifiers.isRegion) }

    /// The value of a tag, in ASCII and without a first character that a program could take for an option.
    static var repositoryID: ValueType {
        .text(
            "a repository's id of up to 255 letters, digits and `_ . : / = + - @` such as `github.com/example/pipelines`",
            where: Identifiers.isRepository)
    }

    static var emailAddress: ValueType { .text("an e-mail address", where: Identifiers.isEmailAddress) }

    /// A path below the repository's root; a slash at the end is dropped.
    static var relativePath: ValueType {
        ValueType(.text(format: "a path inside the config repository")) { node, diagnostics in
            guard let text = Scalars.text(node, expected: "a path", &diagnostics) else { return nil }
            let parts = text.split(separator: "/", omittingEmptySubsequences: false)
            let trimmed = parts.last?.isEmpty == true ? parts.dropLast() : parts[...]
            guard !trimmed.isEmpty, !trimmed.contains(where: { $0.isEmpty || $0 == ".." || $0 == "." }),
                !text.unicodeScalars.contains(where: { $0.value < 0x20 })
            else {
                diagnostics.report(
                    .invalidValue(
                        text, expected: "a path inside the config repository", at: node.range.firstLine,
                        help: [".", "./"].contains(text)
                            ? "it is the config repository itself: name the folders and files in it that are meant"
                            : "write it relative to the file that names it, without `./`, `..` or a leading `/`"))
                return nil
            }
            return trimmed.joined(separator: "/")
        }
    }

    private static func name(
        _ what: String, rule: String,
        suggestion: @escaping @Sendable (String) -> String? = { Names.folderName(from: $0) }, isFunction: Bool = false,
        where isValid: @escaping @Sendable (String) -> Bool
    ) -> ValueType {
        ValueType(.text(format: what)) { node, diagnostics in
            guard let text = Scalars.text(node, expected: what, &diagnostics) else { return nil }
            guard isValid(text) else {
                let better = suggestion(text).flatMap { isValid($0) ? $0 : nil }
                var finding = Diagnostic.invalidName(
                    text, of: what, rule: rule, at: node.range.firstLine, replacement: better)
                if isFunction { finding.writtenFunction = text }
                diagnostics.report(finding)
                return nil
            }
            return text
        }
    }
}

extension ValueType<CloudFormationValue> {
    static var policyARN: ValueType {
        .deployText(
            "the ARN of a managed policy",
            help: "as in `arn:aws:iam::111122223333:policy/data-access`: no region, and an account of 12 digits",
            where: Identifiers.isPolicyARN)
    }
}

extension ValueType<CloudFormationValue> {
    static var vpcID: ValueType {
        .deployText(
            "a VPC's id such as `vpc-0d0d0d0d0d0d0d0d0`", where: { Identifiers.isResource($0, prefix: "vpc-") })
    }

    static var topicARN: ValueType {
        .deployText(
            "the ARN of an SNS topic", help: "as in `arn:aws:sns:eu-west-2:111122223333:data-alerts`",
            where: { Identifiers.isARN($0, of: "sns") && !$0.hasSuffix(".fifo") })
    }

    /// A key takes no alias: log groups want its ARN.
    static var keyARN: ValueType {
        .deployText(
            "the ARN of a KMS key, or `aws`",
            help: "as in `arn:aws:kms:eu-west-2:111122223333:key/0d0d0d0d-0d0d-0d0d-0d0d-0d0d0d0d0d0d`, no alias",
            where: { $0 == Environment.Encryption.awsName || Identifiers.isARN($0, of: "kms") && $0.contains(":key/") })
    }
}

extension ValueType<LocatedMap<String>> {
    /// Key and value within what every service takes (`limits.md`, "Tags").
    static var tags: ValueType {
        .map(keys: "tags", oneKey: "the key of a tag", rule: TagRule.keyRule, of: .tagValue, where: TagRule.isKey)
    }
}

extension ValueType<String> {
    fileprivate static var tagValue: ValueType {
        ValueType(.text(format: "a tag's value")) { node, diagnostics in
            Scalars.text(node, expected: "a tag's value", &diagnostics).flatMap {
                TagRule.value($0, at: node.range.firstLine, into: &diagnostics)
            }
        }
    }
}

extension Names {
    package static let folderRule = "it has lower-case letters and digits, with single `-` or `_` between them"
}
