package import DorcText

/// What a function may do with data, in the data's words: `access` of all places that speak of the function, added up. IAM's
/// statements are made of it by `AccessPolicy`.
package struct Access: Sendable {
    /// Of the place that is closest to the function.
    package var range: SourceRange
    /// Each once, in the order in which they are written.
    package private(set) var grants: [AccessGrant] = []

    package init(range: SourceRange) { self.range = range }

    package mutating func add(_ word: AccessWord, _ target: AccessGrant.Target) {
        let grant = AccessGrant(word: word, target: target)
        if !grants.contains(grant) { grants.append(grant) }
    }

    package func objects(of words: AccessWord...) -> [S3Objects] {
        grants.compactMap { grant in
            if words.contains(grant.word), case .objects(let objects) = grant.target { objects } else { nil }
        }
    }

    package func tables(of words: AccessWord...) -> [CatalogTables] {
        grants.compactMap { grant in
            if words.contains(grant.word), case .tables(let tables) = grant.target { tables } else { nil }
        }
    }

    /// ARNs.
    package func resources(of word: AccessWord) -> [Text] {
        grants.compactMap { grant in
            if grant.word == word, case .resource(let arn) = grant.target { arn } else { nil }
        }
    }
}

/// The words of `access`, as they are written: the key, and where it is a mapping, the key in it.
package enum AccessWord: String, CaseIterable, Sendable {
    case s3Read = "s3_read"
    case s3Write = "s3_write"
    case s3Delete = "s3_delete"
    case athenaRead = "athena.read"
    case athenaWrite = "athena.write"
    case athenaWorkgroup = "athena.workgroup"
    case athenaResults = "athena.results"
    case glueRead = "glue.read"
    case glueWrite = "glue.write"
    case kms
    case secrets
    case sqsSend = "sqs.send"
    case sqsReceive = "sqs.receive"
    case sns
    case dynamodbRead = "dynamodb.read"
    case dynamodbWrite = "dynamodb.write"
    case bedrock
    case lakeFormation = "lake_formation"
    case assumeRole = "assume_role"
}

/// One word, on one thing.
package struct AccessGrant: Hashable, Sendable {
    package enum Target: Hashable, Sendable {
        case objects(S3Objects)
        case tables(CatalogTables)
        /// An ARN.
        case resource(Text)
        /// An inference profile of Bedrock's, and the models that it leads to: both are patterns of ARNs.
        case profile(Text, models: Text)
        case everything
    }

    package var word: AccessWord
    package var target: Target

    package init(word: AccessWord, target: Target) {
        self.word = word
        self.target = target
    }
}

extension AccessGrant {
    /// What it is on, for people: as it is written in `access`, with its variables replaced.
    package var shown: String {
        switch target {
        case .objects(let objects): "\(objects.bucket.shown)/\(objects.key.shown)"
        case .tables(let tables):
            (tables.isOwnCatalog ? "" : tables.catalog.shown)
                + tables.database.shown + (tables.table.map { ".\($0.shown)" } ?? "")
        case .resource(let arn), .profile(let arn, _): arn.shown
        case .everything: "*"
        }
    }
}
