internal import DorcModel

/// A bucket and objects in it, as other tools write them -> as `access` and triggers of dorc do.
struct S3Path: Equatable {
    var bucket: String
    /// With wildcards; empty for the whole bucket.
    var key: String
    /// Whether it ended in `/`, which is what is under it.
    var wasFolder = false

    /// `bucket`, `bucket/key`, `s3://bucket/key`, `arn:aws:s3:::bucket/key`; nil for what cannot be one.
    init?(_ text: String) {
        var rest = Substring(text.trimmed)
        for start in ["s3://", "s3a://", "s3n://"] where rest.hasPrefix(start) { rest = rest.dropFirst(start.count) }
        if rest.hasPrefix("arn:") {
            guard let place = rest.firstRange(of: ":s3:::") else { return nil }
            rest = rest[place.upperBound...]
        }
        while rest.hasPrefix("/") { rest = rest.dropFirst() }
        let parts = rest.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard let bucket = parts.first.map(String.init), Identifiers.bucketProblem(bucket) == nil else { return nil }
        self.bucket = bucket
        key = parts.count > 1 ? String(parts[1]) : ""
        while key.hasPrefix("/") { key.removeFirst() }
        if key.hasSuffix("/") {
            wasFolder = true
            key += "*"
        }
        if key == "*" { key = "" }
        // A variable of IAM's or dorc's, a template, or a dynamic reference is no key.
        guard key.utf8.count <= 1024, !key.contains("${"), !key.contains("{{"), !key.contains("{%"),
            key.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value != 0x7F })
        else { return nil }
    }

    /// As `access` names it.
    var objects: String { key.isEmpty ? bucket : "\(bucket)/\(key)" }

    /// What keys begin with, for a trigger: up to the first wildcard.
    var prefix: String { String(key.prefix { $0 != "*" && $0 != "?" }) }
}
