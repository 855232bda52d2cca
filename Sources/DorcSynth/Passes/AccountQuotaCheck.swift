internal import DorcModel
internal import DorcText
internal import OrderedCollections

/// Quotas of an account that many pipelines use up together. AWS raises them on request, so that none of them is an error.
///
/// They are the defaults on each service's page of quotas, which the kinds of resources name. What no project can use up by
/// far is left out: schedules (1,000,000), log groups (1,000,000), repositories, state machines, topics and keys (100,000
/// each); Lambda does not count functions. CloudWatch's 10 resource policies are not used: log groups of state machines are
/// below `/aws/vendedlogs/`.
struct AccountQuotaCheck {
    /// CloudFormation quotas: stacks of an account in a region.
    private static let stacks = AccountQuota(most: 2000, what: "stacks")

    /// What is counted together: things of one name in one account.
    private struct Count: Hashable {
        var what: String
        var account: String?
        var region: String?
    }

    let project: Project
    let graph: ResourceGraph

    func run(into diagnostics: inout Diagnostics) {
        var counts: OrderedDictionary<Count, (quota: AccountQuota, count: Int)> = [:]
        for stack in graph.stacks.indices {
            for (quota, own) in Self.counts(in: graph.stacks[stack]) {
                for destination in graph.stacks[stack].destinations {
                    let region = quota.isOfRegion ? destination.region : nil
                    let place = Count(what: quota.what, account: destination.account, region: region)
                    counts[place, default: (quota, 0)].count += own
                }
            }
        }
        for (place, (quota, count)) in counts { report(place, quota, count, &diagnostics) }
    }

    private static func counts(in stack: Stack) -> [(AccountQuota, Int)] {
        var counts: [(AccountQuota, Int)] = []
        counts.reserveCapacity(4)
        counts.append((stacks, 1))
        func add(_ quota: AccountQuota, _ count: Int) {
            if let known = counts.firstIndex(where: { $0.0.what == quota.what }) {
                let (sum, isTooLarge) = counts[known].1.addingReportingOverflow(count)
                counts[known].1 = isTooLarge ? .max : sum
            } else {
                counts.append((quota, count))
            }
        }
        for node in stack.resources.values {
            if let quota = type(of: node.resource).quota { add(quota, 1) }
            if let (quota, count) = node.resource.ownUse { add(quota, count) }
        }
        return counts
    }

    private func report(_ place: Count, _ quota: AccountQuota, _ count: Int, _ diagnostics: inout Diagnostics) {
        guard count > quota.most - quota.most / 10 else { return }
        let environment = project.environments.first {
            $0.account == place.account && (place.region == nil || $0.region == place.region)
        }
        let limit =
            count > quota.most
            ? "AWS allows \(quota.most) by default"
            : "that is more than nine tenths of the \(quota.most) that AWS allows by default"
        let account = place.account.map { "account \($0)" } ?? "an account"
        diagnostics.report(
            Diagnostic(
                .accountQuota, .warning, at: environment?.range ?? project.file.wholeFile,
                "the project needs \(count) \(quota.what) in \(account)\(place.region.map { ", \($0)" } ?? "");"
                    + " \(limit)",
                help: "ask AWS to raise the quota (Service Quotas), or give environments accounts of their own"))
    }
}
