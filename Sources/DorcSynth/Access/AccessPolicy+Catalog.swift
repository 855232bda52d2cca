internal import CloudFormation
internal import DorcModel

/// `athena` and `glue`.
extension AccessPolicy {
    /// Athena guide, "Use IAM policies to control workgroup access", and "Configure access to databases and tables in the AWS Glue
    /// Data Catalog": each action on a table needs the catalog and the database too, and queries the database `default`.
    var catalog: [PolicyStatement] {
        let queried = access.tables(of: .athenaRead, .athenaWrite)
        let looked = queried + access.tables(of: .glueRead, .glueWrite)
        let changed = access.tables(of: .athenaWrite, .glueWrite)
        let standard = Set(queried.map(\.catalog)).map { $0 + .literal("database/default") }
        return Self.statement(
            "RunQueries",
            [
                "athena:BatchGetQueryExecution", "athena:GetQueryExecution", "athena:GetQueryResults",
                "athena:GetQueryResultsStream", "athena:GetWorkGroup", "athena:StartQueryExecution",
                "athena:StopQueryExecution",
            ], on: access.resources(of: .athenaWorkgroup))
            + Self.statement(
                "LookUpTables",
                [
                    "glue:BatchGetPartition", "glue:GetDatabase", "glue:GetPartition", "glue:GetPartitions",
                    "glue:GetTable", "glue:GetTables",
                ], on: looked.flatMap(\.arns) + standard.sorted { $0.sample < $1.sample })
            + Self.statement(
                "ChangeTables",
                [
                    "glue:BatchCreatePartition", "glue:BatchDeletePartition", "glue:BatchUpdatePartition",
                    "glue:CreatePartition", "glue:CreateTable", "glue:DeletePartition", "glue:DeleteTable",
                    "glue:UpdatePartition", "glue:UpdateTable",
                ], on: changed.flatMap(\.arns))
    }
}

extension CatalogTables {
    /// Glue guide, "Specifying AWS Glue resource ARNs".
    fileprivate var arns: [Text] {
        [
            catalog + .literal("catalog"), catalog + .literal("database/") + database,
            catalog + .literal("table/") + database + .literal("/") + (table ?? .literal("*")),
        ]
    }
}
