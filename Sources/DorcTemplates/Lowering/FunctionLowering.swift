internal import DorcModel
internal import DorcSynth

extension StackLowering {
    /// Goes with the stack: a retained group would stand in the way of the next creation.
    func lower(_ group: LogGroup) -> Value {
        resource(
            "AWS::Logs::LogGroup", deletion: .delete,
            [
                "LogGroupName": .string(group.name),
                "RetentionInDays": .integer(group.retentionDays),
                "KmsKeyId": group.key.map(value),
                "Tags": tags,
            ])
    }

    func lower(_ function: LambdaFunction) -> Value {
        let variables = function.environment.map { Value.Member($0.name, Value($0.value)) }
        return resource(
            "AWS::Lambda::Function",
            [
                "FunctionName": .string(function.name),
                "Description": .string(function.description),
                "PackageType": .string("Image"),
                "Code": .object(["ImageUri": value(function.image)]),
                "Architectures": .list([.string(function.architecture.rawValue)]),
                "Role": value(function.role),
                "Timeout": .integer(function.timeout),
                "MemorySize": .integer(function.memory),
                // 512 MB is what every function has.
                "EphemeralStorage": function.ephemeralStorage == 512
                    ? nil : .object(["Size": .integer(function.ephemeralStorage)]),
                "Environment": variables.isEmpty ? nil : .object(["Variables": .map(variables)]),
                "VpcConfig": function.network.map(value),
                "TracingConfig": .object(["Mode": .string("Active")]),
                "LoggingConfig": .object(["LogFormat": .string("JSON"), "LogGroup": value(function.logGroup)]),
                "Tags": tags,
            ])
    }

    private func value(_ network: LambdaFunction.Network) -> Value {
        .object([
            "Ipv6AllowedForDualStack": network.usesIPv6 ? .boolean(true) : nil,
            "SecurityGroupIds": securityGroups(network), "SubnetIds": Value(network.subnetIDs),
        ])
    }

    /// A list that only CloudFormation knows is joined with the environment's own group, and split again.
    private func securityGroups(_ network: LambdaFunction.Network) -> Value {
        let own = value(network.securityGroup)
        switch network.otherSecurityGroupIDs {
        case nil: return .list([own])
        case .list(let items): return .list([own] + items.map { Value($0) })
        case let others?: return .split(",", .join(",", .list([own, .join(",", Value(others))])))
        }
    }

    private func value(_ image: LambdaFunction.Image) -> Value {
        switch image {
        case .external(let uri): return Value(uri)
        case .repository(let repository, let account, let tag):
            guard let name = graph.resource(repository.target)?.resource.name else { return unresolved(repository) }
            let registry = "\(account ?? "${AWS::AccountId}").dkr.ecr.${AWS::Region}.${AWS::URLSuffix}"
            return .sub("\(registry)/\(name):\(tag)")
        }
    }
}
