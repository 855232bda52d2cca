internal import DorcModel
internal import DorcText

/// `bucket`, `bucket/prefix/*` or `bucket/key`: whether there can be such objects.
struct S3ObjectsCheck {
    let name: Located<VariableText>
    let text: Text

    /// False where nothing can be made of it.
    func run(into diagnostics: inout Diagnostics) -> Bool {
        if let finding = otherForm {
            diagnostics.report(finding)
            return false
        }
        let objects = S3Objects(text)
        if let problem = Identifiers.bucketProblem(objects.bucket.sample) {
            diagnostics.report(
                Diagnostic(
                    .invalidBucket, at: bucketPlace, "`\(objects.bucket.sample)` cannot be a bucket: \(problem)",
                    help: text.sample.utf8.first == UInt8(ascii: "/")
                        ? "write the bucket first, as in `landing/census/*`" : nil))
            return false
        }
        return checkKey(objects.key.sample, &diagnostics)
    }

    /// Addresses of the same objects that other tools have.
    private var otherForm: Diagnostic? {
        let sample = text.sample
        for start in ["s3://", "s3a://", "arn:\(Self.partition(of: sample)):s3:::"] where sample.hasPrefix(start) {
            let source = name.value.source
            return Diagnostic(
                .invalidValue, at: name.range.firstLine,
                "`\(sample)` is an \(start.hasPrefix("arn") ? "ARN" : "address"), and `access` names the bucket and the objects alone",
                help: "write `bucket/prefix/*`", replacement: Self.rest(of: source).map { $0.isEmpty ? source : $0 })
        }
        guard sample.hasPrefix("arn:") else { return nil }
        return .invalidValue(
            sample, expected: "a bucket with a prefix or key", at: name.range.firstLine,
            help: "write `bucket/prefix/*`; access points and what else S3 has are for `permissions`")
    }

    private static func partition(of arn: String) -> String {
        arn.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false).dropFirst().first.map(String.init)
            ?? ""
    }

    /// What comes after `s3://` or `arn:aws:s3:::` as it is written.
    private static func rest(of source: String) -> String? {
        for end in ["://", ":s3:::"] {
            if let place = source.firstRange(of: end) { return String(source[place.upperBound...]) }
        }
        return nil
    }

    private func checkKey(_ key: String, _ diagnostics: inout Diagnostics) -> Bool {
        if key.isEmpty || key.hasSuffix("/") {
            diagnostics.report(
                Diagnostic(
                    .invalidValue, at: name.range.firstLine,
                    key.isEmpty
                        ? "`\(text.sample)` names no object" : "`\(text.sample)` is one object, whose key ends in `/`",
                    help: "write `\(name.value.source)*` for everything under it",
                    replacement: name.value.source + "*"))
            return false
        }
        // S3 guide, "Naming Amazon S3 objects": at most 1,024 bytes of UTF-8.
        if key.utf8.count > 1024 {
            diagnostics.report(
                .tooLarge(
                    "a string of \(key.utf8.count) bytes", allowed: "an object's key has at most 1024", at: keyPlace))
            return false
        }
        // IAM guide, "IAM policy elements: Variables and tags".
        if key.contains("${") {
            diagnostics.report(
                .invalidValue(
                    key, expected: "a key that a policy can name", at: keyPlace,
                    help: "IAM would take `${` for a variable of its own: write `*` in its place"))
            return false
        }
        if DynamicReference.isIn(key) {
            TemplateHazard.check(key, at: name.range, &diagnostics)
            return false
        }
        if key.hasPrefix("/") {
            diagnostics.report(
                Diagnostic(
                    .prefixSlash, at: keyPlace, "keys do not start with `/`: this matches next to nothing",
                    help: "write one `/` after the bucket"))
        }
        if !key.contains("*"), !key.contains("?"), let last = key.split(separator: "/").last, !last.contains("."),
            last.contains(where: \.isLowercase)
        {
            diagnostics.report(
                Diagnostic(
                    .oneObject, at: name.range.firstLine,
                    "`\(text.sample)` is one object, the one with the key `\(key)`",
                    help: "write `\(name.value.source)/*` for everything under it",
                    replacement: name.value.source + "/*"))
        }
        return true
    }

    // MARK: Places

    /// Of the bucket in what is written; a variable may have more than the bucket in it.
    private var bucketPlace: SourceRange { place(slash.map { 0..<$0 }) }
    private var keyPlace: SourceRange { place(slash.map { ($0 + 1)..<name.value.source.unicodeScalars.count }) }

    private var slash: Int? {
        let scalars = Array(name.value.source.unicodeScalars)
        return scalars.firstIndex(of: "/").flatMap { $0 > 0 ? $0 : nil }
    }

    private func place(_ offsets: Range<Int>?) -> SourceRange {
        guard let offsets, !offsets.isEmpty else { return name.range.firstLine }
        return name.range.place(of: offsets, inScalar: name.value.source)
    }
}
