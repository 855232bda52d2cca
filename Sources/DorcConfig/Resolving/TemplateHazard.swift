internal import DorcModel
internal import DorcText

/// What CloudFormation would act on inside a state machine's definition, which is to hold the user's data as it is.
enum TemplateHazard {
    static func check(_ value: JSONValue<Text>, at place: SourceRange, _ diagnostics: inout Diagnostics) {
        switch value {
        case .null, .boolean, .number: break
        case .text(let text): check(text.sample, at: place, &diagnostics)
        case .list(let items):
            for item in items { check(item, at: place, &diagnostics) }
        case .object(let members):
            for member in members {
                check(key: member.name, of: members.count, at: place, &diagnostics)
                check(member.value, at: place, &diagnostics)
            }
        }
    }

    /// A key of a mapping of `count` keys.
    static func check(key: String, of count: Int, at place: SourceRange, _ diagnostics: inout Diagnostics) {
        guard key.hasPrefix("Fn::") || key == "Ref" && count == 1 else { return }
        diagnostics.report(
            Diagnostic(
                .functionInArguments, at: place.firstLine,
                "CloudFormation would take the key `\(key)` for a function of its own",
                help: "rename the key, or write the mapping as JSONata: `\"{% {'\(key)': ...} %}\"`"))
    }

    /// Whoever may look at the state machine can read there what CloudFormation puts into it.
    static func check(_ text: String, at place: SourceRange, _ diagnostics: inout Diagnostics) {
        guard DynamicReference.isIn(text) else { return }
        if let problem = DynamicReference.problem(in: text) {
            diagnostics.report(.malformedReference(problem, at: place))
            return
        }
        diagnostics.report(
            Diagnostic(
                .dynamicReference, at: place.firstLine,
                "CloudFormation would put the value of `{{resolve:...}}` here in plain sight, for whoever may read the resource",
                help: "write it in a function's `environment` or `secrets`, or read the value in the code"))
    }

    /// In an environment variable a reference is resolved, but must be well formed, and `ssm-secure` is not for Lambda.
    static func checkReference(_ text: String, at place: SourceRange, _ diagnostics: inout Diagnostics) {
        guard DynamicReference.isIn(text) else { return }
        if let problem = DynamicReference.problem(in: text) {
            diagnostics.report(.malformedReference(problem, at: place))
        } else if text.contains("{{resolve:ssm-secure:") {
            diagnostics.report(
                Diagnostic(
                    .dynamicReference, at: place.firstLine, "Lambda's environment does not accept `ssm-secure`",
                    help: "use `{{resolve:secretsmanager:...}}`, or read the parameter in the code"))
        }
    }
}

extension Diagnostic {
    static func malformedReference(_ problem: DynamicReference.Problem, at place: SourceRange) -> Diagnostic {
        Diagnostic(.dynamicReference, at: place.firstLine, problem.summary, help: problem.help)
    }
}
