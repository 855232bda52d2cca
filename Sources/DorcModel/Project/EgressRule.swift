/// What the environment's security group lets out.
package struct EgressRule: Hashable, Sendable {
    package enum Transport: String, Sendable, CaseIterable {
        case tcp, udp
    }

    package enum Destination: Hashable, Sendable {
        case ipv4(String)
        case ipv6(String)
        case securityGroup(CloudFormationValue)
        case prefixList(String)
    }

    package var transport: Transport
    package var ports: ClosedRange<Int>
    package var destination: Destination

    package init(
        transport: Transport, ports: ClosedRange<Int>, destination: Destination
    ) {
        self.transport = transport
        self.ports = ports
        self.destination = destination
    }

    /// What every environment's security group has: AWS's own services are reached by it.
    package static let https = EgressRule(transport: .tcp, ports: 443...443, destination: .ipv4("0.0.0.0/0"))
}
