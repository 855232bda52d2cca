internal import DorcModel
internal import OrderedCollections

/// Quotas of an account in a region that many pipelines use up together (`limits.md`). AWS raises them on request, so that
/// none of them is an error.
struct AccountQuotaCheck {
    /// CloudFormation: stacks.
    private static let stackQuota = 2000
    /// EventBridge: rules of the default event bus; in some regions 100.
    private static let ruleQuota = 300

    let project: Project
    let graph: ResourceGraph

    func run(into diagnostics: inout Diagnostics) {
        var stacks: OrderedDictionary<Stack.Destination, Int> = [:]
        var rules: OrderedDictionary<Stack.Destination, Int> = [:]
        for stack in graph.stacks {
            let own = stack.resources.values.count { if case .rule = $0.resource { true } else { false } }
            for destination in stack.destinations {
                stacks[destination, default: 0] += 1
                rules[destination, default: 0] += own
            }
        }
        for (counts, quota, what) in [
            (stacks, Self.stackQuota, "stacks"), (rules, Self.ruleQuota, "rules of its event bus"),
        ] {
            for (destination, count) in counts where count > quota - quota / 10 {
                diagnostics.report(finding(destination, count, quota, what))
            }
        }
    }

    private func finding(_ destination: Stack.Destination, _ count: Int, _ quota: Int, _ what: String) -> Diagnostic {
        let environment = project.environments.first {
            $0.account == destination.account && $0.region == destination.region
        }
        let account = destination.account.map { "account \($0)" } ?? "an account"
        return Diagnostic(
            "account-quota", .warning, at: environment?.range ?? project.file.wholeFile,
            "the project needs \(count) \(what) in \(account), \(destination.region); AWS allows \(quota) by default",
            help: "let AWS raise the quota (Service Quotas), or give environments accounts of their own")
    }
}
