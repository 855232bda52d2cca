internal import DorcModel
internal import DorcText
internal import OrderedCollections

/// Quotas of an account that many pipelines use up together. AWS raises them on request, so that none of them is an error.
struct AccountQuotaCheck {
    private struct Quota: Sendable {
        let most: Int
        let what: String
        /// IAM has no regions.
        var isOfRegion = true
        let counts: @Sendable (Resource) -> Bool
    }

    /// CloudFormation quotas: stacks of an account in a region.
    private static let mostStacks = 2000

    /// The defaults on each service's page of quotas. What no project can use up by far is left out: schedules (1,000,000), log
    /// groups (1,000,000), repositories, state machines, topics and keys (100,000 each); Lambda does not count functions.
    /// CloudWatch's 10 resource policies are not used: log groups of state machines are below `/aws/vendedlogs/`.
    private static let quotas = [
        // IAM quotas: roles in an account.
        Quota(most: 1000, what: "IAM roles", isOfRegion: false) { if case .role = $0 { true } else { false } },
        // EventBridge quotas: rules of an event bus; in some regions 100.
        Quota(most: 300, what: "rules of its event bus") { if case .rule = $0 { true } else { false } },
        // EventBridge Scheduler quotas.
        Quota(most: 500, what: "schedule groups") { if case .scheduleGroup = $0 { true } else { false } },
        // CloudWatch quotas.
        Quota(most: 5000, what: "CloudWatch alarms") { if case .alarm = $0 { true } else { false } },
        // VPC quotas: security groups of a region.
        Quota(most: 2500, what: "security groups") { if case .securityGroup = $0 { true } else { false } },
    ]

    private struct Place: Hashable {
        var account: String?
        var region: String?
    }

    let project: Project
    let graph: ResourceGraph

    func run(into diagnostics: inout Diagnostics) {
        var stacks: OrderedDictionary<Place, Int> = [:]
        for stack in graph.stacks {
            for destination in stack.destinations {
                stacks[Place(account: destination.account, region: destination.region), default: 0] += 1
            }
        }
        report(stacks, most: Self.mostStacks, "stacks", &diagnostics)
        for quota in Self.quotas {
            var counts: OrderedDictionary<Place, Int> = [:]
            for stack in graph.stacks {
                let own = stack.resources.values.count { quota.counts($0.resource) }
                guard own > 0 else { continue }
                for destination in stack.destinations {
                    let region = quota.isOfRegion ? destination.region : nil
                    counts[Place(account: destination.account, region: region), default: 0] += own
                }
            }
            report(counts, most: quota.most, quota.what, &diagnostics)
        }
    }

    private func report(
        _ counts: OrderedDictionary<Place, Int>, most: Int, _ what: String, _ diagnostics: inout Diagnostics
    ) {
        for (place, count) in counts where count > most - most / 10 {
            let environment = project.environments.first {
                $0.account == place.account && (place.region == nil || $0.region == place.region)
            }
            let account = place.account.map { "account \($0)" } ?? "an account"
            diagnostics.report(
                Diagnostic(
                    .accountQuota, at: environment?.range ?? project.file.wholeFile,
                    "the project needs \(count) \(what) in \(account)\(place.region.map { ", \($0)" } ?? "");"
                        + " AWS allows \(most) by default",
                    help: "let AWS raise the quota (Service Quotas), or give environments accounts of their own"))
        }
    }
}
