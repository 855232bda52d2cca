/// Objects of a bucket, by a pattern of their keys: `*` stands for any characters, `/` among them, and `?` for one (IAM guide, "IAM
/// JSON policy elements: Resource").
package struct S3Objects: Hashable, Sendable {
    package var bucket: Text
    /// `*` for the whole bucket.
    package var key: Text

    package init(bucket: Text, key: Text) {
        self.bucket = bucket
        self.key = key
    }

    /// `bucket`, `bucket/key`.
    package init(_ text: Text) {
        if let (bucket, key) = text.split(at: "/") {
            self.init(bucket: bucket, key: key)
        } else {
            self.init(bucket: text, key: .literal("*"))
        }
    }

    package var isWholeBucket: Bool { key == .literal("*") }

    /// What all their keys begin with, as far as it is written; nil where the pattern is the key of one object.
    package var commonPrefix: Text? {
        let cuts = ["*", "?"].compactMap { key.split(at: Character($0))?.before }
        return cuts.min { $0.sample.utf8.count < $1.sample.utf8.count }
    }

    /// Whether the other ones are among them, as far as `prefix*` tells.
    package func covers(_ other: S3Objects) -> Bool {
        guard bucket == other.bucket, let prefix = commonPrefix, key == prefix + .literal("*") else { return false }
        return other.key.sample.hasPrefix(prefix.sample)
    }

    /// Whether some key that begins with `start` can be one of theirs.
    package func reaches(keysBeginningWith start: String) -> Bool {
        guard let prefix = commonPrefix?.sample else { return key.sample.hasPrefix(start) }
        return prefix.hasPrefix(start) || start.hasPrefix(prefix)
    }
}

extension [S3Objects] {
    /// Without those that are among others.
    package var withoutCovered: [S3Objects] {
        indices.filter { index in
            !indices.contains { other in
                other != index && self[other].covers(self[index])
                    && !(other > index && self[index].covers(self[other]))
            }
        }.map { self[$0] }
    }
}

/// A database of the Glue Data Catalog, or tables of one.
package struct CatalogTables: Hashable, Sendable {
    /// What its ARNs begin with, as in `arn:aws:glue:eu-west-2:111122223333:`.
    package var catalog: Text
    package var database: Text
    /// Nil for all of them.
    package var table: Text?

    package init(catalog: Text = CatalogTables.ownCatalog, database: Text, table: Text? = nil) {
        self.catalog = catalog
        self.database = database
        self.table = table
    }

    package static let ownCatalog = Text.arn("glue", .literal(""))

    package var isOwnCatalog: Bool { catalog == Self.ownCatalog }
}

extension Text {
    /// An ARN in the stack's own partition, with its region and account where resources of the service have them.
    package static func arn(
        _ service: String, hasRegion: Bool = true, hasAccount: Bool = true, _ resource: Text
    ) -> Text {
        let region = hasRegion ? Text.hole(.region) : .literal("")
        let account = hasAccount ? Text.hole(.accountID) : .literal("")
        return .literal("arn:") + .hole(.partition) + .literal(":\(service):") + region + .literal(":") + account
            + .literal(":") + resource
    }

    /// An ARN that names its partition, with whichever the stack is in for it.
    package var inOwnPartition: Text {
        guard let (_, rest) = split(at: ":", count: 2), sample.hasPrefix("arn:") else { return self }
        return .literal("arn:") + .hole(.partition) + .literal(":") + rest
    }
}
