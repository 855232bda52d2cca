internal import DorcModel
internal import DorcText

/// The keys of an environment that are about its VPC -> its network.
struct NetworkResolver {
    /// VPC quotas, "Outbound rules per security group": for IPv4 and for IPv6 each.
    private static let rules = Limit(60)

    let section: ProjectFile.EnvironmentSection

    func network(into diagnostics: inout Diagnostics) -> Environment.Network? {
        checkPrevious(&diagnostics)
        guard let vpc = section.vpcID, let subnets = section.privateSubnetIDs else { return nil }
        return Environment.Network(
            vpcID: vpc.value, subnetIDs: subnets.value, securityGroupIDs: section.securityGroupIDs?.value,
            egress: egress(&diagnostics))
    }

    private func checkPrevious(_ diagnostics: inout Diagnostics) {
        guard let previous = section.previousVPCID, previous.value == section.vpcID?.value else { return }
        diagnostics.report(
            Diagnostic(
                .sameVpc, at: previous.range.firstLine, "`previous_vpc_id` is the same as `vpc_id`",
                help: "write the VPC that the functions leave, as it was written; remove the key once they have moved"))
    }

    private func egress(_ diagnostics: inout Diagnostics) -> [EgressRule] {
        var rules: [EgressRule] = []
        var seen: [EgressRule: SourceRange] = [:]
        for item in section.egress?.value ?? [] {
            guard let rule = rule(item, &diagnostics) else { continue }
            if rule == .https {
                diagnostics.report(
                    Diagnostic(
                        .egressTwice, at: item.range.firstLine,
                        "every environment lets HTTPS out to everywhere already",
                        help: "remove the item"))
            } else if let first = seen.updateValue(item.range, forKey: rule) {
                // EC2: InvalidPermission.Duplicate.
                diagnostics.report(
                    Diagnostic(
                        .egressTwice, at: item.range.firstLine, "this rule is in the list already",
                        help: "remove one of the two", notes: [.init(first.firstLine, "here")]))
            } else {
                rules.append(rule)
            }
        }
        checkCount(of: rules, &diagnostics)
        return rules
    }

    private func rule(_ item: Located<ProjectFile.EgressSection>, _ diagnostics: inout Diagnostics) -> EgressRule? {
        let (port, ports) = (item.value.port, item.value.ports)
        guard ProjectFile.EgressSection.type.alternative(of: item.value) != nil,
            let written = item.value.to, item.value.transport != nil || !item.value.writtenKeys.contains("protocol"),
            let range = port.map({ $0.value...$0.value }) ?? ports?.value
        else { return nil }
        guard let destination = EgressRule.Destination(written.value) else {
            reportHostBits(written, &diagnostics)
            return nil
        }
        return EgressRule(
            transport: item.value.transport?.value ?? .tcp, ports: range, destination: destination)
    }

    private func reportHostBits(_ written: Located<CloudFormationValue>, _ diagnostics: inout Diagnostics) {
        guard let text = written.value.literal else { return }
        do throws(AddressRange.Problem) {
            _ = try AddressRange(text)
        } catch {
            guard case .hasHostBits(let network) = error else { return }
            diagnostics.report(
                Diagnostic(
                    .invalidValue, at: written.range.firstLine, "`\(text)` has bits set after its prefix",
                    help: "EC2 would store `\(network)`", replacement: network))
        }
    }

    /// A rule to a security group or a prefix list counts for both kinds of addresses; a prefix list counts as often as it
    /// has entries, which no file says.
    private func checkCount(of rules: [EgressRule], _ diagnostics: inout Diagnostics) {
        guard let place = section.egress?.range.firstLine else { return }
        var (ipv4, ipv6) = (1, 0)
        for rule in rules {
            switch rule.destination {
            case .ipv4: ipv4 += 1
            case .ipv6: ipv6 += 1
            case .securityGroup, .prefixList: (ipv4, ipv6) = (ipv4 + 1, ipv6 + 1)
            }
        }
        let count = max(ipv4, ipv6)
        Self.rules.check(count, &diagnostics) { severity in
            Diagnostic(
                .tooManyRules, severity, at: place,
                "the security group has \(count) rules; at most \(Self.rules.most) are possible",
                help: "merge ranges, name a prefix list, or add a group of your own to `security_group_ids`")
        }
    }
}

/// An environment with jobs that leaves a VPC: without the subnets, those that run there would lose what they run on.
enum LeavingJobsCheck {
    static func run(_ project: Project, into diagnostics: inout Diagnostics) {
        for (index, environment) in project.environments.enumerated()
        where environment.previousVPCID != nil && environment.network != nil && environment.previousSubnetIDs == nil {
            let hasJobs = project.pipelines.contains { pipeline in
                pipeline.environments[index].functions.contains { $0.compute != nil }
            }
            guard hasJobs else { continue }
            diagnostics.report(
                Diagnostic(
                    .halfNetwork, at: environment.range,
                    "the jobs of the environment `\(environment.name)` leave a VPC: `previous_private_subnet_ids` is missing",
                    help:
                        "write the `private_subnet_ids` of before, as they were: jobs that run there then end in peace")
            )
        }
    }
}
