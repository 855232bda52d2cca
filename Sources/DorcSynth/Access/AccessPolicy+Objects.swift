internal import CloudFormation
internal import DorcModel

/// `s3_read`, `s3_write`, `s3_delete`, and where Athena puts results.
extension AccessPolicy {
    /// Service authorization reference, Amazon S3; S3 guide, "Uploading and copying objects using multipart upload" for the rights
    /// that large files take.
    var objects: [PolicyStatement] {
        let read = access.objects(of: .s3Read, .athenaResults).withoutCovered
        let written = access.objects(of: .s3Write, .athenaResults).withoutCovered
        return Self.statement(
            "ReadObjects", ["s3:GetObject", "s3:GetObjectTagging", "s3:GetObjectVersion"], on: read.map(\.arn))
            + lists(read)
            + Self.statement("LocateBuckets", ["s3:GetBucketLocation"], on: read.map(\.bucketARN))
            + Self.statement(
                "WriteObjects",
                ["s3:AbortMultipartUpload", "s3:ListMultipartUploadParts", "s3:PutObject", "s3:PutObjectTagging"],
                on: written.map(\.arn))
            // Athena guide, "Control access to Amazon S3 from Athena".
            + Self.statement(
                "FollowUploadsOfResults", ["s3:ListBucketMultipartUploads"],
                on: access.objects(of: .athenaResults).map(\.bucketARN))
            + Self.statement(
                "DeleteObjects", ["s3:DeleteObject"], on: access.objects(of: .s3Delete).withoutCovered.map(\.arn))
    }

    /// To list is a right on the bucket, which a condition on the prefix that is asked for narrows.
    ///
    /// S3 guide, "Amazon S3 condition key examples". To ask for `census` without its slash shows `census-old/` too: with `/` as
    /// delimiter that is its name and nothing in it.
    private func lists(_ read: [S3Objects]) -> [PolicyStatement] {
        let whole = read.filter { $0.commonPrefix?.sample.isEmpty == true }.map(\.bucket)
        let parts = read.filter { !whole.contains($0.bucket) && $0.commonPrefix != nil }
        var buckets: [Text] = []
        for part in parts where !buckets.contains(part.bucket) { buckets.append(part.bucket) }
        return Self.statement("ListBuckets", ["s3:ListBucket"], on: whole.map(S3Objects.bucketARN))
            + buckets.flatMap { bucket -> [PolicyStatement] in
                var prefixes: [Text] = []
                for part in parts where part.bucket == bucket {
                    if let prefix = part.commonPrefix, !prefixes.contains(prefix) { prefixes.append(prefix) }
                }
                let folders = prefixes.compactMap(\.withoutLastSlash)
                let name = UserStatements.words(bucket.shown)
                let arn = [S3Objects.bucketARN(bucket)]
                return Self.statement(
                    "List" + name, ["s3:ListBucket"], on: arn,
                    where: [.init("StringLike", "s3:prefix", prefixes.map { .text($0 + .literal("*")) })])
                    + (folders.isEmpty
                        ? []
                        : Self.statement(
                            "Find" + name, ["s3:ListBucket"], on: arn,
                            where: [
                                .init("StringEquals", "s3:delimiter", [.literal("/")]),
                                .init("StringEquals", "s3:prefix", folders.map { .text($0) }),
                            ]))
            }
    }
}

extension S3Objects {
    fileprivate var arn: Text { Self.bucketARN(bucket) + .literal("/") + key }
    fileprivate var bucketARN: Text { Self.bucketARN(bucket) }

    fileprivate static func bucketARN(_ bucket: Text) -> Text {
        .arn("s3", hasRegion: false, hasAccount: false, bucket)
    }
}

extension Text {
    /// Nil where it does not end in a slash.
    fileprivate var withoutLastSlash: Text? {
        var parts = parts
        guard case .literal(let text)? = parts.last, text.hasSuffix("/") else { return nil }
        parts[parts.count - 1] = .literal(String(text.dropLast()))
        return Text(joining: parts)
    }
}
