internal import DorcModel
internal import DorcText

/// `database`, `database.table`, or the ARN of one of the two: what `access` names of the Glue Data Catalog.
enum CatalogName {
    /// Nil where it is none, which is reported.
    static func tables(
        of text: Text, _ name: Located<VariableText>, _ context: ResolutionContext, _ diagnostics: inout Diagnostics
    ) -> CatalogTables? {
        let sample = text.sample
        let found = sample.hasPrefix("arn:") ? ofARN(text) : ofName(text)
        guard let found, isName(found.database), found.table.map(isName) ?? true || isAll(found.table) else {
            let isTooDeep = !sample.hasPrefix("arn:") && sample.split(separator: ".").count > 2
            diagnostics.report(
                .noAccessResource(
                    sample, "a database or a table of the Glue Data Catalog", "census.areas",
                    help: isTooDeep
                        ? "write `database.table`; a table of another catalog is for `permissions`"
                        : "write `database`, `database.table`, or the ARN of a database or table",
                    at: name.range.firstLine))
            return nil
        }
        if sample.hasPrefix("arn:") { ARNRule.check(name, context, &diagnostics) }
        return found
    }

    private static func ofName(_ text: Text) -> CatalogTables? {
        guard let (database, table) = text.split(at: ".") else { return CatalogTables(database: text) }
        return CatalogTables(database: database, table: isAll(table) ? nil : table)
    }

    /// Glue guide, "Specifying AWS Glue resource ARNs": `database/name` and `table/database/name`.
    private static func ofARN(_ text: Text) -> CatalogTables? {
        let fields = ARNRule.split(text.sample)
        guard Identifiers.isARN(text.sample), fields.count == 6, fields[2] == "glue",
            let (catalog, resource) = text.split(at: ":", count: 5), let (kind, rest) = resource.split(at: "/")
        else { return nil }
        let place = (catalog + .literal(":")).inOwnPartition
        switch kind.sample {
        case "database": return CatalogTables(catalog: place, database: rest)
        case "table":
            guard let (database, table) = rest.split(at: "/") else { return nil }
            return CatalogTables(catalog: place, database: database, table: isAll(table) ? nil : table)
        default: return nil
        }
    }

    private static func isAll(_ table: Text?) -> Bool { table?.sample == "*" }

    private static func isName(_ text: Text) -> Bool { AccessResource.isName(text.sample, "_-", 1...255) }
}

/// A model of Bedrock's or an inference profile, by its id or ARN.
enum BedrockModel {
    /// Bedrock guide, "Supported Regions and models for inference profiles": what the ids of profiles begin with; ids of models
    /// begin with the provider, which has more than two letters.
    private static let areas = ["apac", "global", "us-gov"]

    private static let kinds = [
        "foundation-model/", "inference-profile/", "application-inference-profile/", "provisioned-model/",
        "imported-model/", "custom-model-deployment/",
    ]

    /// Nil where it is none, which is reported.
    static func target(
        of text: Text, _ name: Located<VariableText>, _ context: ResolutionContext, _ diagnostics: inout Diagnostics
    ) -> AccessGrant.Target? {
        let sample = text.sample
        var isSound = false
        var target: AccessGrant.Target?
        if sample.hasPrefix("arn:") {
            let fields = ARNRule.split(sample)
            if Identifiers.isARN(sample), fields.count == 6, fields[2] == "bedrock",
                let kind = kinds.first(where: fields[5].hasPrefix), let resource = text.split(at: "/")?.after
            {
                isSound = isID(String(fields[5].dropFirst(kind.count)))
                let arn = text.inOwnPartition
                target = kind.contains("inference-profile") ? profile(arn, resource) : .resource(arn)
                ARNRule.check(name, context, &diagnostics)
            }
        } else if sample.contains(".") {
            isSound = isID(sample)
            target =
                isProfile(sample)
                ? profile(.arn("bedrock", .literal("inference-profile/") + text), text)
                : .resource(.arn("bedrock", hasAccount: false, .literal("foundation-model/") + text))
        }
        guard isSound, let target else {
            diagnostics.report(
                .noAccessResource(
                    sample, "a model or an inference profile of Bedrock",
                    "eu.anthropic.claude-3-7-sonnet-20250219-v1:0",
                    at: name.range.firstLine))
            return nil
        }
        return target
    }

    /// Guide, "Prerequisites for inference profiles": the models have to be allowed too, in each region that the profile leads to;
    /// a global one also leads to models whose ARN has no region, which `*` takes in.
    private static func profile(_ arn: Text, _ id: Text) -> AccessGrant.Target {
        let model = isProfile(id.sample) ? id.split(at: ".")?.after : nil
        let models = Text.literal("arn:") + .hole(.partition) + .literal(":bedrock:*::foundation-model/")
        return .profile(arn, models: models + (model ?? .literal("*")))
    }

    private static func isProfile(_ id: String) -> Bool {
        guard let area = id.split(separator: ".", omittingEmptySubsequences: false).first else { return false }
        return areas.contains(String(area)) || area.utf8.count == 2
    }

    private static func isID(_ text: String) -> Bool { AccessResource.isName(text, ".:-_", 1...255) }
}
