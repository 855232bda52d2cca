internal import DorcModel
internal import DorcText

/// Tags from weak to strong: the project's, the environment's, the pipeline's, dorc's own.
enum TagMerge {
    /// The tags, none where they are too many: most services take 50, and dorc's own are six of them.
    static func counted(
        _ tags: [String: String], at range: SourceRange, _ diagnostics: inout Diagnostics
    ) -> [String: String] {
        let limit = 50 - TagRule.own.count
        guard tags.count > limit else { return tags }
        diagnostics.report(
            .tooLarge(
                "a set of \(tags.count) tags, with those of the project and the environment,",
                allowed: "at most \(limit) are possible besides dorc's own", at: range.firstLine))
        return [:]
    }

    static func add(
        _ key: Located<String>, _ value: String, to tags: inout [String: String], _ diagnostics: inout Diagnostics
    ) {
        if TagRule.own.contains(where: { $0 == key.value.lowercased() }) {
            diagnostics.report(
                Diagnostic(
                    .reservedTag, at: key.range, "dorc sets the tag `\(key.value)` itself",
                    help: key.value.lowercased() == TagRule.repository
                        ? "write `repository: \(value)` at the top of dorc.yaml" : "choose another key"))
            return
        }
        // The AWS CLI would take `--tags -x=1` for another option, and with it an address or a profile.
        if key.value.hasPrefix("-") {
            let better = String(key.value.drop { $0 == "-" })
            diagnostics.report(
                Diagnostic(
                    .tagOption, at: key.range, "a tag's key cannot begin with `-`: `\(key.value)`",
                    help: "the AWS CLI would read it as an option; begin it with a letter or a digit",
                    replacement: TagRule.isKey(better) ? better : nil))
            return
        }
        // IAM takes no two keys that differ in case alone.
        // Where there are too many, that is told.
        if tags.count < 200,
            let other = tags.keys.first(where: { $0 != key.value && $0.lowercased() == key.value.lowercased() })
        {
            diagnostics.report(
                Diagnostic(
                    .tagCase, at: key.range,
                    "the tags `\(other)` and `\(key.value)` differ in upper and lower case alone",
                    help: "IAM treats them as the same: write both the same way", replacement: other))
            return
        }
        tags[key.value] = value
    }
}

extension TagRule {
    /// A value as the services take it: `&`, which many organisations have in their names and IAM refuses, becomes `+`.
    /// Nil where more than that is wrong.
    static func value(_ text: String, at range: SourceRange, into diagnostics: inout Diagnostics) -> String? {
        let value = text.split(separator: "&", omittingEmptySubsequences: false).joined(separator: "+")
        guard isValue(value) else {
            diagnostics.report(.invalidValue(text, expected: "a tag's value", at: range, help: valueRule))
            return nil
        }
        if value != text {
            diagnostics.report(
                Diagnostic(
                    .tagAmpersand, at: range, "IAM does not accept `&` in a tag: it becomes `+`",
                    help: "write it without", replacement: value))
        }
        return value
    }
}
