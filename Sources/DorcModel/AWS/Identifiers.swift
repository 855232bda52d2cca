/// The patterns of identifiers that AWS gives.
package enum Identifiers {
    package static func isAccount(_ text: String) -> Bool { Names.isDigits(text, count: 12) }

    package static func isRegion(_ text: String) -> Bool { Partition.isRegion(text) }

    /// What the tag `repository` may say: `[A-Za-z0-9][A-Za-z0-9_.:/=+@-]*`, at most 255.
    package static func isRepository(_ text: String) -> Bool {
        func isLetterOrDigit(_ byte: UInt8) -> Bool {
            (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20)
        }
        guard let first = text.utf8.first, isLetterOrDigit(first), text.utf8.count <= 255 else { return false }
        return text.utf8.allSatisfy { isLetterOrDigit($0) || "_.:/=+@-".utf8.contains($0) }
    }

    /// One of the letters, then 6 to 254 capital letters and digits.
    package static func isSlackID(_ text: String, of kinds: [Character]) -> Bool {
        guard let first = text.first, kinds.contains(first), (7...255).contains(text.utf8.count) else { return false }
        return text.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) }
    }

    /// `vpc-`, `subnet-` and 8 or 17 hexadecimal digits (EC2 guide).
    package static func isResource(_ text: String, prefix: String) -> Bool {
        guard text.hasPrefix(prefix) else { return false }
        let digits = text.utf8.dropFirst(prefix.utf8.count)
        return [8, 17].contains(digits.count)
            && digits.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
    }

    /// The ARN of a managed policy: `arn:PARTITION:iam::ACCOUNT-or-aws:policy/NAME`.
    package static func isPolicyARN(_ text: String) -> Bool {
        let fields = text.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
        guard fields.count == 6, fields[0] == "arn", Partition.named(String(fields[1])) != nil, fields[2] == "iam",
            fields[3].isEmpty,
            fields[4] == "aws" || isAccount(String(fields[4])), fields[5].hasPrefix("policy/"), fields[5].utf8.count > 7
        else { return false }
        return fields[5].utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "*") }
    }

    /// `arn:partition:service:region:account:resource`, with `*` and `?` as wildcards (IAM guide, "Resource").
    package static func isARN(_ text: String) -> Bool {
        let fields = text.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
        guard fields.count == 6, fields[0] == "arn", fields[1].hasPrefix("aws") || fields[1] == "*", !fields[2].isEmpty,
            !fields[5].isEmpty,
            fields[4].isEmpty || fields[4] == "*" || fields[4] == "aws" || isAccount(String(fields[4]))
        else { return false }
        return text.utf8.allSatisfy { $0 > 0x20 && $0 != 0x7F }
    }

    /// Of a resource in a region and an account.
    package static func isARN(_ text: String, of service: String) -> Bool {
        let fields = text.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
        return isARN(text) && Partition.named(String(fields[1])) != nil && fields[2] == service
            && isRegion(String(fields[3])) && isAccount(String(fields[4]))
            && !fields[5].contains("*")
    }

    /// `*`, or an ARN with nothing else as its resource.
    package static func namesEverything(_ resource: String) -> Bool {
        guard resource != "*" else { return true }
        let fields = resource.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
        return fields.first == "arn"
            && fields.dropFirst(5).first.map { !$0.isEmpty && $0.allSatisfy { $0 == "*" } } == true
    }

    /// An action of IAM: `service:Action`, with `*` and `?` as wildcards in the action.
    package static func isAction(_ text: String) -> Bool {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, let service = parts.first, let action = parts.last else { return false }
        let isLetterOrDigit = { (byte: UInt8) in
            (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20)
        }
        return !service.isEmpty && !action.isEmpty
            && service.utf8.allSatisfy { isLetterOrDigit($0) || $0 == UInt8(ascii: "-") }
            && action.utf8.allSatisfy { isLetterOrDigit($0) || $0 == UInt8(ascii: "*") || $0 == UInt8(ascii: "?") }
    }

    package static func isEmailAddress(_ text: String) -> Bool {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        return parts.count == 2 && !parts[0].isEmpty && parts[1].contains(".") && !parts[1].hasPrefix(".")
            && !parts[1].hasSuffix(".") && text.utf8.count <= 254 && text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
    }

    /// What is wrong with an S3 bucket's name (S3 guide, "Bucket naming rules"); nil for a possible one.
    package static func bucketProblem(_ name: String) -> String? {
        let bytes = Array(name.utf8)
        if bytes.count < 3 || bytes.count > 63 {
            return "a bucket's name has 3 to 63 characters, this one \(bytes.count)"
        }
        if bytes.contains(where: { (0x41...0x5A).contains($0) }) { return "a bucket's name has no upper-case letters" }
        let isAlphanumeric = { (byte: UInt8) in (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte) }
        if let wrong = name.unicodeScalars.first(where: {
            !($0.isASCII && isAlphanumeric(UInt8($0.value)) || $0 == "." || $0 == "-")
        }) {
            return "a bucket's name has lower-case letters, digits, `-` and `.` only, no `\(wrong)`"
        }
        if let first = bytes.first, let last = bytes.last, !isAlphanumeric(first) || !isAlphanumeric(last) {
            return "a bucket's name starts and ends with a letter or digit"
        }
        if name.contains("..") { return "a bucket's name has no two dots in a row" }
        let parts = name.split(separator: ".", omittingEmptySubsequences: false)
        if parts.count == 4, parts.allSatisfy({ UInt8($0) != nil }) { return "a bucket's name is not an IP address" }
        for prefix in ["xn--", "sthree-", "amzn-s3-demo-"] where name.hasPrefix(prefix) {
            return "a bucket's name does not start with `\(prefix)`"
        }
        for suffix in ["-s3alias", "--ol-s3", ".mrap", "--x-s3", "--table-s3"] where name.hasSuffix(suffix) {
            return "a bucket's name does not end with `\(suffix)`"
        }
        return nil
    }
}
