internal import DorcModel
internal import DorcText
internal import DorcYAML

/// The values of several sections that are dorc's own.
extension ValueType<String> {
    static var projectName: ValueType {
        .name(
            "a project's name", .project,
            "it has lower-case letters, digits and single `-`, starts with a letter, at most 30 characters")
    }

    static var functionName: ValueType {
        .name("a function's name", .folder, Names.folderRule, suggestion: { _ in nil }, isFunction: true)
    }

    static var stepName: ValueType { .text("a step's name", .step, help: StepName.rule) }

    static var region: ValueType { .text("a region such as `eu-west-2`", .region) }

    static var accountID: ValueType {
        let format = "an account id of 12 digits"
        return ValueType(
            StringRule.account.shape(format),
            decode: { node, diagnostics in
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
            }, encode: { .string($0) })
    }

    /// A path below the folder of the file that names it; a slash at the end is dropped.
    static var relativePath: ValueType {
        let format = "a path inside the config repository"
        return ValueType(
            StringRule.relativePath.shape(format),
            decode: { node, diagnostics in
                guard let text = Scalars.text(node, expected: "a path", &diagnostics) else { return nil }
                guard StringRule.relativePath.isValid(text) else {
                    diagnostics.report(
                        .invalidValue(
                            text, expected: format, at: node.range.firstLine,
                            help: [".", "./"].contains(text)
                                ? "it is the config repository itself: name the folders and files in it that are meant"
                                : "write it relative to the file that names it, without `./`, `..` or a leading `/`"))
                    return nil
                }
                return text.hasSuffix("/") ? String(text.dropLast()) : text
            }, encode: { .string($0) })
    }
}

extension ValueType<Duration> {
    /// Step Functions guide, "Quotas": a run may take a year.
    static var runTimeout: ValueType { .duration(1...365 * 86400) }
}

extension ValueType<LocatedMap<String>> {
    /// Key and value within what every service takes (`limits.md`, "Tags").
    static var tags: ValueType {
        .map(keys: "tags", oneKey: "the key of a tag", .tagKey, TagRule.keyRule, of: .tagValue)
    }
}

extension ValueType<String> {
    /// `&` is taken too: it becomes `+`.
    fileprivate static var tagValue: ValueType {
        let format = "a tag's value"
        return ValueType(
            .string(
                StringShape(
                    format: format, pattern: #"^[&\p{L}\p{N}\p{Zs}_.:/=+@\-]{1,255}$"#, examples: ["data"])),
            decode: { node, diagnostics in
                Scalars.text(node, expected: format, &diagnostics).flatMap {
                    TagRule.value($0, at: node.range.firstLine, into: &diagnostics)
                }
            }, encode: { .string($0) })
    }
}

extension Names {
    package static let folderRule = "it has lower-case letters and digits, with single `-` or `_` between them"
}

extension ValueType<PipelineID> {
    static var pipeline: ValueType {
        let path = ValueType<String>.text("a pipeline, `layer/name`", .pipeline, help: "as in `curated/model`")
        return ValueType(
            path.shape, decode: { node, diagnostics in path.decode(node, &diagnostics).flatMap { PipelineID($0) } },
            encode: { .string($0.description) })
    }
}
