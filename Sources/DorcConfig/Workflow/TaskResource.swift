internal import DorcModel
internal import DorcText

extension TaskResource {
    static func parse(_ text: Text, at range: SourceRange, into diagnostics: inout Diagnostics) -> TaskResource? {
        let fields = text.sample.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false).map(String.init)
        guard fields.count == 6, fields[0] == "arn", fields[1].hasPrefix("aws"),
            ["states", "lambda"].contains(fields[2])
        else {
            let service = fields.first ?? ""
            let isShort = fields.count > 1 && (OptimizedIntegration.services[service] != nil || service == "aws-sdk")
            diagnostics.report(
                .noTask(text.sample, at: range, replacement: isShort ? "arn:aws:states:::\(text.sample)" : nil))
            return nil
        }
        guard fields[2] == "states", fields[3].isEmpty, fields[4].isEmpty else {
            let isKnown = fields[5].hasPrefix(fields[2] == "lambda" ? "function:" : "activity:")
            guard isKnown, !fields[3].isEmpty, Identifiers.isAccount(fields[4]) else {
                diagnostics.report(.noTask(text.sample, at: range))
                return nil
            }
            return .arn(text)
        }
        return IntegrationCheck.parse(fields[5], at: range, into: &diagnostics).map { _ in .integration(fields[5]) }
    }
}

extension Diagnostic {
    static func noTask(_ text: String, at range: SourceRange, replacement: String? = nil) -> Diagnostic {
        Diagnostic(
            .invalidTask, at: range.firstLine, "`\(text)` is not a resource of a task",
            help:
                "as in `arn:aws:states:::sns:publish`, `arn:aws:states:::glue:startJobRun.sync`, or for any action of AWS"
                + " `arn:aws:states:::aws-sdk:s3:copyObject`",
            replacement: replacement)
    }
}
