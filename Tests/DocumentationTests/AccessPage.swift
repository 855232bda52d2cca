import DorcModel
import DorcSynth
import DorcTemplates
import DorcTestSupport
import DorcText

/// docs/reference/access.md: each word of `access` with an example, and the statements that come of it, by the compiler itself.
enum AccessPage {
    struct Example {
        var title: String
        var about: String
        /// The words that it is about.
        var words: [AccessWord]
        /// Of `access`, as YAML.
        var access: String
    }

    static let examples = [
        Example(
            title: "`s3_read`: a prefix",
            about: """
                The objects whose keys begin with the prefix, their tags and versions. To list is a right on the bucket: the \
                condition narrows it to what begins with the prefix. A listing of exactly `census`, without its slash, would show \
                `census-old/` too: it is allowed with the delimiter `/`, so that it shows that name and nothing in it.
                """,
            words: [.s3Read], access: "{s3_read: landing/census/*}"),
        Example(
            title: "`s3_read`: a whole bucket",
            about: "`landing` and `landing/*` are the same.", words: [.s3Read], access: "{s3_read: landing}"),
        Example(
            title: "`s3_read`: one object", about: "The object alone: nothing is listed for it.", words: [.s3Read],
            access: "{s3_read: landing/lookup/areas.csv}"),
        Example(
            title: "`s3_write`",
            about: """
                New objects and over existing ones, with tags, in one piece or in parts (large files are uploaded in parts). Neither \
                to read them, nor to list or delete them.
                """,
            words: [.s3Write], access: "{s3_write: curated/census/*}"),
        Example(
            title: "`s3_delete`",
            about: """
                In a bucket that keeps versions, what is deleted can be restored: to remove a version takes another right. Who \
                deletes what a listing shows needs `s3_read` too.
                """,
            words: [.s3Delete], access: "{s3_delete: curated/census/*}"),
        Example(
            title: "`athena`",
            about: """
                Queries in a workgroup, by default `primary`; the databases and tables that `read` and `write` name, `*` at the end \
                of a name included; and where results go, unless the workgroup has [managed \
                results](https://docs.aws.amazon.com/athena/latest/ug/managed-results.html). The data itself is in S3: Athena reads \
                it with the function's rights, so it takes `s3_read` (and to write a table, `s3_write`) or `lake_formation`. Athena \
                looks up the database `default` whatever the query says.
                """,
            words: [.athenaRead, .athenaWrite, .athenaWorkgroup, .athenaResults],
            access: """
                {athena: {read: census, write: curated.tables_*, workgroup: reports, results: query-results/census/*}}
                """),
        Example(
            title: "`glue`",
            about: """
                Databases and tables of the Glue Data Catalog without Athena, as Spark, Iceberg and pandas look them up. `write` \
                has what `read` has. A database of another account is named by its ARN; its own policy has to allow it too.
                """,
            words: [.glueRead, .glueWrite],
            access: """
                {glue: {read: "arn:${partition}:glue:${region}:444455556666:database/shared", write: curated.areas}}
                """),
        Example(
            title: "`kms`",
            about: """
                The keys that the data is encrypted with: of buckets, queues, topics, tables and secrets. The condition lets services \
                use the key for the function's calls; to encrypt something with it directly, write `permissions`. Keys have a policy of \
                their own, which has to allow the account or the role.
                """,
            words: [.kms],
            access: """
                {kms: "arn:${partition}:kms:${region}:${account}:key/0d0d0d0d-0d0d-0d0d-0d0d-0d0d0d0d0d0d"}
                """),
        Example(
            title: "`secrets`",
            about: """
                To ask for a secret while the function runs, by name (Secrets Manager adds six characters to it) or ARN. A secret in an \
                environment variable takes [`secrets` of the function](../permissions.md#secrets) instead, and no right.
                """,
            words: [.secrets], access: "{secrets: census/api-key}"),
        Example(
            title: "`sqs`", about: "To receive includes to delete what is done.", words: [.sqsSend, .sqsReceive],
            access: """
                {sqs: {send: census-files, receive: "arn:${partition}:sqs:${region}:444455556666:orders"}}
                """),
        Example(
            title: "`sns`", about: "A topic by its name, or one of another account or region by its ARN.",
            words: [.sns],
            access: "{sns: data-ready}"),
        Example(
            title: "`dynamodb`",
            about:
                "To read includes the table's indexes. To write is to put, update and delete items, and not to read them.",
            words: [.dynamodbRead, .dynamodbWrite], access: "{dynamodb: {read: areas, write: [areas, runs]}}"),
        Example(
            title: "`bedrock`",
            about: """
                A model by its id, and an inference profile by its id, which begins with an area such as `eu.`. A profile leads to a \
                model in several regions: these are allowed through the profile alone. An application's inference profile, a \
                provisioned or an imported model is named by its ARN.
                """,
            words: [.bedrock],
            access: """
                {bedrock: ["anthropic.claude-3-haiku-20240307-v1:0", "eu.anthropic.claude-3-7-sonnet-20250219-v1:0"]}
                """),
        Example(
            title: "`lake_formation`",
            about: """
                For data that Lake Formation governs: the action takes no resource, and gives what Lake Formation's own grants to the \
                function's role allow.
                """,
            words: [.lakeFormation], access: "{lake_formation: true}"),
        Example(
            title: "`assume_role`",
            about: """
                A role, mostly of another account, whose trust policy has to name the function's role, \
                `<project>-<environment>-<layer>-<pipeline>-<function>-lambda`, of a job `...-job`.
                """,
            words: [.assumeRole], access: "{assume_role: \"arn:${partition}:iam::444455556666:role/census-reader\"}"),
    ]

    static var text: String {
        var text = """
            # access

            Each word of `access`, with the statements that the function's role gets for it. The page is written by the compiler. \
            What it is for, how it adds up, and recipes: [permissions.md](../permissions.md#data-access).

            Bucket, prefix and names may have variables, as in `"${landing_bucket}/census/*"`. `*` stands for any characters, as in \
            IAM: in keys `/` among them.


            """
        for example in examples {
            text += "## \(example.title)\n\n\(example.about)\n\n```yaml\naccess: \(example.access)\n```\n\n"
            text += "```yaml\n\(statements(of: example))```\n\n"
        }
        return text
    }

    static func repository(_ access: String) -> Repository {
        Repository("functions: {extract: {access: \(access)}}\nsteps: [extract]\n", functions: ["extract"])
    }

    /// As in the template, without what every function may do.
    private static func statements(of example: Example) -> String {
        var diagnostics = Diagnostics()
        let loaded = repository(example.access).graph()
        guard let graph = loaded.graph else { return "" }
        let renderer = TemplateRenderer(graph, format: .yaml)
        for index in graph.order where renderer.path(of: index).hasSuffix("raw/census.yaml") {
            let template = String(decoding: renderer.render(index, into: &diagnostics).bytes, as: UTF8.self)
            let lines = template.split(separator: "\n", omittingEmptySubsequences: false)
            guard let traces = lines.firstIndex(where: { $0.hasSuffix("- Sid: WriteTraces") }) else { return "" }
            let indent = lines[traces].prefix { $0 == " " }.count
            let rest = lines[(traces + 1)...]
            let own = rest.drop { !$0.dropFirst(indent).hasPrefix("- ") }
                .prefix { $0.prefix(indent).allSatisfy { $0 == " " } && $0.count > indent }
            return own.map { $0.dropFirst(indent) + "\n" }.joined()
        }
        return ""
    }
}
