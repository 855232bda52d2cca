internal import DorcModel
internal import DorcText
internal import DorcYAML

extension ProjectFile.EgressSection {
    static let type = ObjectType(
        "an item of `egress`",
        keys: [
            Key("port", \.port, .integer(1...65535), "The port, or `ports`."),
            Key("ports", \.ports, .ports, "Several ports, as in `5432-5439`."),
            Key(
                "to", \.to, .egressDestination, required: true,
                "A range of addresses, a security group's or prefix list's id, or a CloudFormation function that gives a"
                    + " security group's id."),
            Key("protocol", \.transport, .choice, default: "`tcp`", "Of the transport."),
        ],
        make: { _, keys in ProjectFile.EgressSection(writtenKeys: keys) })
}

extension ValueType<ClosedRange<Int>> {
    fileprivate static var ports: ValueType {
        let format = "a range of ports such as `5432-5439`"
        return ValueType(.text(format: format, pattern: "^[0-9]{1,5}-[0-9]{1,5}$")) { node, diagnostics in
            guard let text = Scalars.text(node, expected: format, &diagnostics) else { return nil }
            let ends = text.split(separator: "-", omittingEmptySubsequences: false).map { end in
                Scalars.isDigits(String(end)) ? Int(end) : nil
            }
            guard ends.count == 2, let first = ends[0], let last = ends[1], (1...65535).contains(first),
                (first...65535).contains(last)
            else {
                diagnostics.report(
                    .invalidValue(
                        text, expected: format, at: node.range.firstLine,
                        help: "the smaller one first, from 1 to 65535; one port alone is `port: …`"))
                return nil
            }
            return first...last
        }
    }
}

extension ValueType<CloudFormationValue> {
    fileprivate static var egressDestination: ValueType {
        .deployText(
            "a range of addresses such as `10.0.0.0/16`, or the id of a security group or a prefix list",
            help: "one address alone is `10.0.0.1/32`; names of hosts are not possible",
            where: { EgressRule.Destination.isWritable($0) })
    }
}

extension EgressRule.Destination {
    /// What comes from a CloudFormation function is taken for a security group: other stacks export those.
    init?(_ value: CloudFormationValue) {
        guard let text = value.literal, !DynamicReference.isIn(text) else {
            self = .securityGroup(value)
            return
        }
        if Identifiers.isResource(text, prefix: "sg-") {
            self = .securityGroup(value)
        } else if Identifiers.isResource(text, prefix: "pl-") {
            self = .prefixList(text)
        } else if let range = try? AddressRange(text) {
            self = range.family == .ipv4 ? .ipv4(text) : .ipv6(text)
        } else {
            return nil
        }
    }

    /// Bits after the prefix are told with what to write instead.
    fileprivate static func isWritable(_ text: String) -> Bool {
        do throws(AddressRange.Problem) {
            _ = try AddressRange(text)
            return true
        } catch {
            if case .hasHostBits = error { return true }
            return Self(.text(text)) != nil
        }
    }
}
