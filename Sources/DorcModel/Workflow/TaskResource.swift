/// What a `task` step calls.
package enum TaskResource: Sendable {
    /// An integration, as in `sns:publish` or `aws-sdk:s3:getObject.waitForTaskToken`, without `arn:aws:states:::`.
    case integration(String)
    /// The ARN of an activity or a Lambda function.
    case arn(Text)

    /// Services with an optimised integration (Step Functions guide, "Integrating services").
    private static let optimized = [
        "apigateway", "athena", "batch", "bedrock", "codebuild", "databrew", "dynamodb", "ecs", "eks",
        "elasticmapreduce", "emr-containers", "emr-serverless", "events", "glue", "http", "lambda", "mediaconvert",
        "sagemaker", "sns", "sqs", "states",
    ]
    private static let patterns = ["sync", "sync:2", "waitForTaskToken"]

    static func parse(_ text: Text, at range: SourceRange, into diagnostics: inout Diagnostics) -> TaskResource? {
        let fields = text.sample.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false).map(String.init)
        guard fields.count == 6, fields[0] == "arn", fields[1].hasPrefix("aws"),
            ["states", "lambda"].contains(fields[2])
        else {
            let service = fields.first ?? ""
            let isShort = fields.count > 1 && (optimized.contains(service) || service == "aws-sdk")
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
        guard check(fields[5], at: range, &diagnostics) else { return nil }
        return .integration(fields[5])
    }

    private static func check(_ integration: String, at range: SourceRange, _ diagnostics: inout Diagnostics) -> Bool {
        let parts = integration.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        if parts.count == 2, !patterns.contains(parts[1]) {
            diagnostics.report(.unknownPattern(parts[1], at: range))
            return false
        }
        var names = (parts.first ?? "").split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        let isSDK = names.first == "aws-sdk"
        if isSDK { names.removeFirst() }
        guard names.count == 2, names.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy(isNameByte) }),
            let service = names.first, let action = names.last
        else {
            diagnostics.report(.noTask("arn:aws:states:::" + integration, at: range))
            return false
        }
        guard !isSDK else {
            if let first = action.utf8.first, !(0x61...0x7A).contains(first) {
                diagnostics.report(.upperCaseAction(service, action, at: range))
                return false
            }
            return true
        }
        guard optimized.contains(service) else {
            diagnostics.report(.noOptimizedService(service, known: optimized, at: range))
            return false
        }
        return true
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        (0x61...0x7A).contains(byte | 0x20) || (0x30...0x39).contains(byte) || byte == UInt8(ascii: "-")
    }
}

extension Diagnostic {
    fileprivate static func noTask(_ text: String, at range: SourceRange, replacement: String? = nil) -> Diagnostic {
        Diagnostic(
            "invalid-task", at: range.firstLine, "`\(text)` is no resource of a task",
            help:
                "as in `arn:aws:states:::sns:publish`, `arn:aws:states:::glue:startJobRun.sync`, or for any action of AWS"
                + " `arn:aws:states:::aws-sdk:s3:copyObject`",
            replacement: replacement)
    }

    fileprivate static func unknownPattern(_ pattern: String, at range: SourceRange) -> Diagnostic {
        Diagnostic(
            "invalid-task", at: range.firstLine, "`.\(pattern)` is no way to wait for a task",
            help: "possible are `.sync`, `.sync:2` and `.waitForTaskToken`, as the integration has them")
    }

    fileprivate static func upperCaseAction(_ service: String, _ action: String, at range: SourceRange) -> Diagnostic {
        Diagnostic(
            "invalid-task", at: range.firstLine, "an action of `aws-sdk` starts with a lower-case letter",
            help: "write `\(service):\(action.prefix(1).lowercased())\(action.dropFirst())`")
    }

    fileprivate static func noOptimizedService(_ service: String, known: [String], at range: SourceRange) -> Diagnostic
    {
        let meant = Suggestion.closest(to: service, among: known).map { "did you mean `\($0)`? " } ?? ""
        return Diagnostic(
            "invalid-task", at: range.firstLine, "Step Functions has no optimised integration of `\(service)`",
            help: meant + "every action of AWS can be called as `arn:aws:states:::aws-sdk:\(service):...`")
    }
}
