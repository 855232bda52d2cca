internal import CloudFormation

/// Of items with an `id`, paid by request.
///
/// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-dynamodb-table.html
struct Table: Resource {
    var name: String
    /// Nil for a key of AWS's own.
    var key: Expression?
}

extension Table {
    static let type: StaticString = "AWS::DynamoDB::Table"
    /// What is in it comes again with the next runs, and a table that stayed would be in the way of a new one of its name.
    static let deletion: Deletion? = .delete

    static func returnValue(for attribute: Reference.Attribute) -> ReturnValue? {
        switch attribute {
        case .arn: .attribute("Arn")
        case .name: .ref
        case .groupID, .url: nil
        }
    }

    var physicalName: String? { name }
    var arn: ARN? { ARN("dynamodb", "table/", name) }
    var export: Export? { nil }
    var references: [Reference] { key?.references ?? [] }

    func write(to properties: inout TemplateWriter, in stack: TemplateContext) {
        properties["TableName"] = name
        properties["BillingMode"] = "PAY_PER_REQUEST"
        properties.list("AttributeDefinitions") {
            $0.object {
                $0["AttributeName"] = "id"
                $0["AttributeType"] = "S"
            }
        }
        properties.list("KeySchema") {
            $0.object {
                $0["AttributeName"] = "id"
                $0["KeyType"] = "HASH"
            }
        }
        properties.object("PointInTimeRecoverySpecification") { $0["PointInTimeRecoveryEnabled"] = true }
        if let key {
            properties.object("SSESpecification") {
                $0["SSEEnabled"] = true
                $0["SSEType"] = "KMS"
                $0["KMSMasterKeyId"] = stack.value(key)
            }
        }
        stack.writeTags(to: &properties)
    }
}
