internal import CloudFormation
internal import DorcModel

/// `access` -> the statements of IAM that it means, word by word in the order of `AccessWord`.
///
/// Actions, and the resources and conditions that each takes, are those of the service authorization reference; a test holds them
/// against its data.
struct AccessPolicy {
    let access: Access

    init(_ access: Access) { self.access = access }

    var statements: [PolicyStatement] { objects + catalog + services }

    /// Nothing where there is nothing that they are on.
    static func statement(
        _ sid: String, _ actions: [String], on resources: [Text], where conditions: [PolicyStatement.Condition] = []
    ) -> [PolicyStatement] {
        var known: Set<Text> = []
        let own = resources.filter { known.insert($0).inserted }
        return own.isEmpty
            ? [] : [PolicyStatement(sid, actions, on: own.map { .text($0) }, where: conditions)]
    }

    // MARK: Services whose resources are named

    private var services: [PolicyStatement] {
        keys
            + Self.statement(
                "ReadSecrets", ["secretsmanager:DescribeSecret", "secretsmanager:GetSecretValue"],
                on: access.resources(of: .secrets).flatMap(Self.secrets))
            + Self.statement(
                "SendMessages", ["sqs:GetQueueAttributes", "sqs:GetQueueUrl", "sqs:SendMessage"],
                on: access.resources(of: .sqsSend))
            + Self.statement(
                "ReceiveMessages",
                [
                    "sqs:ChangeMessageVisibility", "sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:GetQueueUrl",
                    "sqs:ReceiveMessage",
                ], on: access.resources(of: .sqsReceive))
            + Self.statement("PublishToTopics", ["sns:Publish"], on: access.resources(of: .sns))
            // DynamoDB guide, "Using IAM policy conditions": an index is a resource of its own, and only to be read.
            + Self.statement(
                "ReadTables",
                [
                    "dynamodb:BatchGetItem", "dynamodb:ConditionCheckItem", "dynamodb:DescribeTable",
                    "dynamodb:GetItem",
                    "dynamodb:Query", "dynamodb:Scan",
                ], on: access.resources(of: .dynamodbRead).flatMap { [$0, $0 + .literal("/index/*")] })
            + Self.statement(
                "WriteTables",
                [
                    "dynamodb:BatchWriteItem", "dynamodb:DeleteItem", "dynamodb:DescribeTable", "dynamodb:PutItem",
                    "dynamodb:UpdateItem",
                ], on: access.resources(of: .dynamodbWrite)) + models
            // Service authorization reference, AWS Lake Formation: the action takes no resource. What it gives is what Lake Formation
            // has granted the role.
            + (access.grants.contains { $0.word == .lakeFormation }
                ? [PolicyStatement("GetGovernedData", ["lakeformation:GetDataAccess"], on: [.literal("*")])] : [])
            + Self.statement("AssumeRoles", ["sts:AssumeRole"], on: access.resources(of: .assumeRole))
    }

    /// The keys serve other services' calls alone, in the region of the key: the code cannot use them by itself.
    ///
    /// KMS guide, "kms:ViaService": a service is `s3.eu-west-2.amazonaws.com` there, in other partitions with their own ending. S3
    /// guide, "Using server-side encryption with AWS KMS keys": a multipart upload takes `kms:Decrypt` beside `kms:GenerateDataKey`.
    private var keys: [PolicyStatement] {
        var regions: [Text] = []
        var keysByRegion: [Text: [Text]] = [:]
        for key in access.resources(of: .kms) {
            let region = key.split(at: ":", count: 3)?.after.split(at: ":")?.before ?? .hole(.region)
            if keysByRegion[region] == nil { regions.append(region) }
            keysByRegion[region, default: []].append(key)
        }
        return regions.flatMap { region in
            Self.statement(
                "UseKeys", ["kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKey"], on: keysByRegion[region] ?? [],
                where: [.init("StringLike", "kms:ViaService", [.text(.literal("*.") + region + .literal(".*"))])])
        }
    }

    /// An ARN may have the six characters that come after a secret's name, or be one without them; a name may end just like that.
    private static func secrets(_ arn: Text) -> [Text] {
        let sample = arn.sample
        return sample.hasSuffix("*") || sample.hasSuffix("?") ? [arn] : [arn, arn + .literal("-??????")]
    }

    /// Bedrock guide, "Prerequisites for inference profiles": a call of a profile is one of a model as well, in whichever region; the
    /// condition keeps these models from being called directly.
    private var models: [PolicyStatement] {
        let calls = ["bedrock:InvokeModel", "bedrock:InvokeModelWithResponseStream"]
        let profiles = access.grants.compactMap { grant -> (arn: Text, models: Text)? in
            if case .profile(let arn, let models) = grant.target { (arn, models) } else { nil }
        }
        return Self.statement("CallModels", calls, on: access.resources(of: .bedrock))
            + Self.statement("CallInferenceProfiles", ["bedrock:GetInferenceProfile"] + calls, on: profiles.map(\.arn))
            + Self.statement(
                "CallModelsOfProfiles", calls, on: profiles.map(\.models),
                where: [.init("StringLike", "bedrock:InferenceProfileArn", profiles.map { .text($0.arn) })])
    }
}
