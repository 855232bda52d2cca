/// A group of AWS regions that has accounts, ARNs and host names of its own: nothing reaches from one into another.
package struct Partition: Hashable, Sendable {
    /// The second field of an ARN.
    package let id: String
    /// What a region's name begins with, before a word and a number: `us` of `us-east-1`, `us-gov` of `us-gov-east-1`.
    package let regionPrefixes: [String]
    /// `AWS::URLSuffix`: the end of host names, as in `ACCOUNT.dkr.ecr.REGION.amazonaws.com`.
    package let dnsSuffix: String
    /// The console's host without the region, which comes before it.
    package let consoleHost: String

    private init(_ id: String, _ regionPrefixes: [String], _ dnsSuffix: String, console: String) {
        self.id = id
        self.regionPrefixes = regionPrefixes
        self.dnsSuffix = dnsSuffix
        consoleHost = console
    }

    private static let commercial = Partition(
        "aws", ["us", "eu", "ap", "sa", "ca", "me", "af", "il", "mx"], "amazonaws.com",
        console: "console.aws.amazon.com")

    /// Regions and suffixes are those of botocore's `partitions.json`, which a test compares with; the consoles' hosts go with
    /// the hosts of its sign-in service (`signin.amazonaws.cn`, `signin.c2shome.ic.gov`).
    package static let all = [
        commercial,
        Partition("aws-cn", ["cn"], "amazonaws.com.cn", console: "console.amazonaws.cn"),
        Partition("aws-us-gov", ["us-gov"], "amazonaws.com", console: "console.amazonaws-us-gov.com"),
        Partition("aws-eusc", ["eusc-de"], "amazonaws.eu", console: "console.amazonaws-eusc.eu"),
        Partition("aws-iso", ["us-iso"], "c2s.ic.gov", console: "console.c2shome.ic.gov"),
        Partition("aws-iso-b", ["us-isob"], "sc2s.sgov.gov", console: "console.sc2shome.sgov.gov"),
        Partition("aws-iso-e", ["eu-isoe"], "cloud.adc-e.uk", console: "console.csphome.adc-e.uk"),
        Partition("aws-iso-f", ["us-isof"], "csp.hci.ic.gov", console: "console.csphome.hci.ic.gov"),
    ]

    /// Of a region's name. A prefix that no partition has is one of the commercial partition's future regions, as for the
    /// AWS SDKs.
    package static func of(region: String) -> Partition {
        let words = region.split(separator: "-", omittingEmptySubsequences: false)
        let prefix = words.dropLast(2).joined(separator: "-")
        return all.first { $0.regionPrefixes.contains(prefix) } ?? commercial
    }

    package static func named(_ id: String) -> Partition? { all.first { $0.id == id } }

    /// `eu-west-2`, `us-gov-east-1`, `eusc-de-east-1`: a prefix that some partition has, or two letters, then a word and a
    /// number.
    static func isRegion(_ text: String) -> Bool {
        let words = text.split(separator: "-", omittingEmptySubsequences: false)
        guard words.count >= 3, let number = words.last, number.utf8.count == 1,
            number.utf8.allSatisfy({ (0x31...0x39).contains($0) }),
            words.dropLast().allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy { (0x61...0x7A).contains($0) } })
        else { return false }
        let prefix = words.dropLast(2).joined(separator: "-")
        return prefix.utf8.count == 2 || all.contains { $0.regionPrefixes.contains(prefix) }
    }
}
