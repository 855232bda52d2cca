package import DorcModel
package import DorcText

/// `access` as written: what functions may do with data, in the data's words.
package struct AccessSection: Section {
    package typealias Names = Located<[Located<VariableText>]>

    package var origin = Origin()
    package var s3Read: Names?
    package var s3Write: Names?
    package var s3Delete: Names?
    package var athena: Located<AthenaSection>?
    package var glue: Located<CatalogSection>?
    package var kms: Names?
    package var secrets: Names?
    package var sqs: Located<QueuesSection>?
    package var sns: Names?
    package var dynamodb: Located<TablesSection>?
    package var bedrock: Names?
    package var lakeFormation: Located<Bool>?
    package var assumeRole: Names?

    package init() {}

    package static let type = ObjectType<Self>(
        "`access`",
        elsewhere: Elsewhere([
            (
                "s3 bucket buckets s3readwrite",
                "write `s3_read`, `s3_write` or `s3_delete`, as in `s3_read: landing/census/*`"
            ),
            ("actions resources permissions", "write `permissions` at the function, next to `access`"),
            (
                "kinesis firehose ssm parameters events eventbridge lambda logs redshift rds sagemaker textract comprehend ecr",
                "`access` has no word for it: write `permissions` at the function, with its actions and resources"
            ),
        ]),
        keys: [
            Key(
                "s3_read", \.s3Read, .objects("landing/census/*"), otherNames: "read reads3 s3get",
                "Objects to read, `bucket/prefix/*`, `bucket/key` or `bucket`; and to list what begins with the prefix."
            ),
            Key(
                "s3_write", \.s3Write, .objects("curated/census/*"), otherNames: "write writes3 s3put",
                "Objects to write, new ones and over existing ones; not to read them, and not to delete them."),
            Key(
                "s3_delete", \.s3Delete, .objects("curated/census/*"), otherNames: "delete deletes3 s3remove",
                "Objects to delete; where the bucket keeps versions, they can be restored."),
            Key("athena", \.athena, .section, "Queries of Athena: in which workgroup, on which databases and tables."),
            Key(
                "glue", \.glue, .section, otherNames: "gluecatalog datacatalog catalog",
                "Databases and tables of the Glue Data Catalog: what they are, not the data in them."),
            Key(
                "kms", \.kms,
                .names(
                    "a KMS key's ARN",
                    "arn:${partition}:kms:${region}:${account}:key/0d0d0d0d-0d0d-0d0d-0d0d-0d0d0d0d0d0d"),
                otherNames: "kmskeys keys",
                "Keys that the data is encrypted with, which services then use for the function."),
            Key(
                "secrets", \.secrets, .names("a secret's name or ARN", "census/api-key"),
                otherNames: "secret secretsmanager", "Secrets of Secrets Manager to read at run time."),
            Key("sqs", \.sqs, .section, otherNames: "queues", "Queues to send to and to receive from."),
            Key(
                "sns", \.sns, .names("a topic's name or ARN", "data-ready"), otherNames: "topics snspublish",
                "Topics to publish to."),
            Key("dynamodb", \.dynamodb, .section, otherNames: "dynamo", "Tables of DynamoDB."),
            Key(
                "bedrock", \.bedrock,
                .names("a model's or inference profile's id or ARN", "eu.anthropic.claude-3-7-sonnet-20250219-v1:0"),
                otherNames: "models bedrockmodels", "Models and inference profiles of Bedrock to call."),
            Key(
                "lake_formation", \.lakeFormation, .boolean, default: .value(false), otherNames: "lf",
                "`true` for data that Lake Formation governs: to get what its own grants allow."),
            Key(
                "assume_role", \.assumeRole,
                .names("a role's name or ARN", "arn:${partition}:iam::444455556666:role/census-reader"),
                otherNames: "assumeroles sts role roles", "Roles to assume, for example one of another account."),
        ])

    /// The key `access` itself, of whatever has one. It adds up, so that no place overrides another.
    static func key<Object>(
        _ path: @escaping @autoclosure @Sendable () -> any WritableKeyPath<Object, Located<AccessSection>?> & Sendable,
        _ summary: String
    ) -> Key<Object> {
        Key("access", path(), .section, otherNames: "grants", example: "{s3_read: landing/census/*}", summary)
    }
}

extension AccessSection {
    package struct AthenaSection: Section {
        package var origin = Origin()
        package var read: Names?
        package var write: Names?
        package var workgroup: Located<VariableText>?
        package var results: Names?

        package init() {}

        package static let type = ObjectType<Self>(
            "`athena`",
            elsewhere: Elsewhere([("database databases table tables", "write `read` or `write`: `read: census`")]),
            keys: [
                Key("read", \.read, .tables, "Databases and tables to query, `database` or `database.table`."),
                Key(
                    "write", \.write, .tables,
                    "Databases and tables to make, change and remove too, as CREATE TABLE AS and INSERT INTO do."),
                Key(
                    "workgroup", \.workgroup, .name("a workgroup's name or ARN", "reports"),
                    default: .words("`primary`"),
                    "Where the queries run."),
                Key(
                    "results", \.results, .objects("query-results/census/*"), otherNames: "outputlocation output",
                    "Where Athena writes the results, unless the workgroup manages them itself."),
            ])
    }

    package struct CatalogSection: Section {
        package var origin = Origin()
        package var read: Names?
        package var write: Names?

        package init() {}

        package static let type = ObjectType<Self>(
            "`glue`",
            keys: [
                Key("read", \.read, .tables, "Databases and tables to look up, `database` or `database.table`."),
                Key(
                    "write", \.write, .tables,
                    "Databases and tables to look up, and whose tables and partitions to make, change and remove."),
            ])
    }

    package struct QueuesSection: Section {
        package var origin = Origin()
        package var send: Names?
        package var receive: Names?

        package init() {}

        package static let type = ObjectType<Self>(
            "`sqs`",
            keys: [
                Key("send", \.send, .queues, otherNames: "write sendmessage", "Queues to send messages to."),
                Key(
                    "receive", \.receive, .queues, otherNames: "read receivemessage consume",
                    "Queues to receive messages from, and to delete what is done."),
            ])
    }

    package struct TablesSection: Section {
        package var origin = Origin()
        package var read: Names?
        package var write: Names?

        package init() {}

        package static let type = ObjectType<Self>(
            "`dynamodb`",
            keys: [
                Key("read", \.read, .dynamoTables, "Tables whose items to get, query and scan, by their indexes too."),
                Key("write", \.write, .dynamoTables, "Tables whose items to put, update and delete."),
            ])
    }
}

extension ValueType<VariableText> {
    fileprivate static func name(_ format: String, _ example: String) -> ValueType {
        .variableText(format, expressions: .refused, example: example)
    }
}

extension ValueType<[Located<VariableText>]> {
    fileprivate static func names(_ format: String, _ example: String) -> ValueType {
        .listOrOne(of: .variableText(format, expressions: .refused, example: example))
    }

    fileprivate static func objects(_ example: String) -> ValueType {
        .names("objects of a bucket, `bucket/prefix/*`", example)
    }

    fileprivate static var tables: ValueType { .names("a database, or `database.table`", "census") }
    fileprivate static var queues: ValueType { .names("a queue's name or ARN", "census-files") }
    fileprivate static var dynamoTables: ValueType { .names("a table's name or ARN", "areas") }
}
