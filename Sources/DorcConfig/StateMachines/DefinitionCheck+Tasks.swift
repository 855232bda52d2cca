internal import DorcModel
internal import DorcText
internal import DorcYAML

/// What a Task state calls.
extension DefinitionCheck {
    mutating func checkCall(_ fields: [String: YAMLNode], _ language: QueryLanguage) {
        guard let resource = fields["Resource"], resource.tag == nil, let text = resource.jsonText else { return }
        resources.insert(resource.range.start)
        if isInExpressMap, Self.isActivity(text) { reportExpress("an activity", at: resource.range) }
        // cdk-preflight, pf-sfn-asl-credentials
        if Self.isActivity(text), let place = fields["Credentials"]?.range {
            report("an activity has no `Credentials`", at: place, help: "its worker has a role of its own")
        }
        let arguments = fields[language == .jsonata ? "Arguments" : "Parameters"]
        guard let name = Self.integration(text) else {
            if !isOwnFunction(text), !resource.hasVariables, !Self.isOtherARN(text) {
                report(
                    "`\(text)` is not a resource of a task", at: resource.range,
                    help:
                        "as in `${function}`, `arn:aws:states:::sns:publish`, or for any action of AWS"
                        + " `arn:aws:states:::aws-sdk:s3:copyObject`")
            }
            return
        }
        // Which one it is may depend on the environment.
        guard !name.contains("${") else { return }
        guard let integration = IntegrationCheck.parse(name, at: resource.range, into: &diagnostics) else { return }
        if isInExpressMap, integration.pattern != .requestResponse {
            reportExpress("`\(integration.pattern.suffix)`", at: resource.range)
        }
        let isOfContext = fields["InputPath"]?.text?.hasPrefix("$$") == true
        if integration.pattern == .waitForTaskToken, !isOfContext, arguments.map(TaskToken.isIn) != true {
            diagnostics.report(.noTaskToken(at: resource.range, isJSONata: language == .jsonata))
        }
        if arguments == nil || arguments?.fields != nil {
            RequestFields.check(
                (arguments?.fields ?? [:]).keys.sorted(), isJSONPath: language == .jsonPath, of: integration,
                at: resource.range, &diagnostics)
        }
        let called = ["FunctionName", "FunctionName.$"].compactMap { arguments?.fields?[$0]?.text }
        calls.append(
            Call(
                integration: integration, range: resource.range,
                isOfOwnFunction: called.contains(where: isOwnFunction)))
    }

    /// The part after `arn:aws:states:::`; the partition may be a variable.
    private static func integration(_ text: String) -> String? {
        let marker = ":states:::"
        guard text.hasPrefix("arn:aws") || text.hasPrefix("arn:${"), let place = text.firstRange(of: marker) else {
            return nil
        }
        return String(text[place.upperBound...])
    }

    private func isOwnFunction(_ text: String) -> Bool {
        guard let source = try? VariableText(parsing: text, where: { Names.isVariable($0) || Names.isFolder($0) })
        else {
            return false
        }
        return source.text.holes.contains { functions.contains($0.name) }
    }

    private static func isActivity(_ text: String) -> Bool {
        isOtherARN(text) && text.contains(":activity:")
    }

    /// A Lambda function or an activity.
    private static func isOtherARN(_ text: String) -> Bool {
        let fields = text.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
        guard fields.count == 6, fields[0] == "arn" else { return false }
        return fields[2] == "lambda" && fields[5].hasPrefix("function:")
            || fields[2] == "states" && fields[5].hasPrefix("activity:")
    }
}
