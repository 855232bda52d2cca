import Testing
@testable import DorcConfig
@testable import DorcModel

@Suite struct PartitionTests {
    @Test(arguments: [
        ("eu-west-2", "aws"), ("us-east-1", "aws"), ("nz-west-1", "aws"), ("us-gov-east-1", "aws-us-gov"),
        ("cn-northwest-1", "aws-cn"), ("us-iso-east-1", "aws-iso"), ("us-isob-west-1", "aws-iso-b"),
        ("eu-isoe-west-1", "aws-iso-e"), ("us-isof-south-1", "aws-iso-f"), ("eusc-de-east-1", "aws-eusc"),
    ])
    func `a region is in its partition`(region: String, partition: String) {
        #expect(Identifiers.isRegion(region))
        #expect(Partition.of(region: region).id == partition)
    }

    @Test(
        arguments: [
            ("arn:aws:s3:eu-west-2::landing/*", .fields, "arn:aws:s3:::landing/*"),
            ("arn:aws:s3::111122223333:landing", .fields, "arn:aws:s3:::landing"),
            ("arn:aws:iam:eu-west-2:111122223333:role/x", .fields, "arn:aws:iam::111122223333:role/x"),
            ("arn:aws:iam:::role/x", .fields, nil),
            ("arn:aws:sqs:::queue", .fields, nil),
            ("arn:aws-cn:s3:::landing", .partition, "arn:${partition}:s3:::landing"),
            ("arn:aws:sqs:cn-north-1:111122223333:queue", .partition, nil),
            ("arn:aws:s3:::landing/*", nil, nil),
            ("arn:*:s3:::landing/*", nil, nil),
            ("arn:aws:s3:*:*:landing", nil, nil),
            ("arn:aws:s3:eu-west-2:111122223333:accesspoint/a/object/*", nil, nil),
            ("arn:aws:s3::111122223333:accesspoint/a.mrap", nil, nil),
            ("arn:aws:s3:::accesspoint/x", nil, nil),
            ("arn:aws:s3:eu-west-2::accesspoint/x", .fields, "arn:aws:s3:::accesspoint/x"),
            ("arn:aws:iam::aws:policy/ReadOnlyAccess", nil, nil),
            ("arn:aws:ssm:eu-west-2::parameter/aws/service/x", nil, nil),
            ("arn:aws:sqs:us-east-1:*:*", nil, nil),
            ("arn:aws:unheard-of:::x", nil, nil),
            ("arn:aws", nil, nil),
        ] as [(String, ARNRule.Problem.Kind?, String?)])
    func `the fields of an ARN are those of its service`(arn: String, kind: ARNRule.Problem.Kind?, replacement: String?)
        throws
    {
        let rule = ARNRule(partition: Partition.of(region: "eu-west-2"), environment: "dev")
        let problem = rule.problem(in: arn, variable: "${partition}")
        #expect(problem?.kind == kind)
        #expect(problem?.replacement(in: arn) == replacement)
    }
}

@Suite struct AddressRangeTests {
    @Test(arguments: [
        "0.0.0.0/0", "10.0.0.0/8", "192.168.1.7/32", "255.255.255.254/31", "::/0", "2001:db8::/32", "::1/128",
        "2001:0db8:0:0:0:0:0:0/32", "fe80::/10",
    ])
    func `a range of addresses is taken`(text: String) throws { _ = try AddressRange(text) }

    @Test(arguments: [
        "", "/", "10.0.0.0", "10.0.0.0/", "10.0.0.0/33", "10.0.0/8", "256.0.0.0/8", "10.0.0.0/08", "10.0.0.00/8",
        "+1.0.0.0/8",
        "1.2.3.4.5/8", ":/0", "2001:db8/32", "2001:db8::/129", "::1::/64", "12345::/16", "2001:db8:0:0:0:0:0:0:0/32",
        "1:2:3:4:5:6:7::8/128", "+1::/16", "g::/16", "10.0.0.0/8/8",
    ])
    func `what is not a range of addresses is refused`(text: String) {
        #expect(throws: AddressRange.Problem.malformed) { try AddressRange(text) }
    }

    @Test(arguments: [
        ("10.1.2.3/16", "10.1.0.0/16"), ("10.0.0.1/0", "0.0.0.0/0"), ("255.255.255.255/31", "255.255.255.254/31"),
        ("2001:db8:1::1/48", "2001:db8:1::/48"), ("::1/0", "::/0"), ("2001:db8:ffff::/33", "2001:db8:8000::/33"),
    ])
    func `bits after the prefix are told`(text: String, network: String) {
        #expect(throws: AddressRange.Problem.hasHostBits(network: network)) { try AddressRange(text) }
    }
}
