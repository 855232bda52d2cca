internal import CloudFormation
internal import DorcModel

/// What every function may do: write its logs and traces, and stand in the environment's network.
struct LambdaPolicy {
    /// A name, or a pattern of names.
    let function: String
    let isInNetwork: Bool

    static let trust = PolicyDocument([.trust("lambda.amazonaws.com", where: [.ownAccount])])

    var statements: [PolicyStatement] {
        var statements = [
            PolicyStatement(
                "WriteLogs", ["logs:CreateLogStream", "logs:PutLogEvents"],
                on: [.arn(ARN("logs", "log-group:/aws/lambda/", function, ":*"))])
        ]
        if isInNetwork {
            // Lambda checks the role for these on every resource when it attaches a function to the network; the code
            // itself needs none of them ("Giving Lambda functions access to resources in an Amazon VPC").
            let attach = [
                "ec2:AssignPrivateIpAddresses", "ec2:CreateNetworkInterface", "ec2:DeleteNetworkInterface",
                "ec2:DescribeNetworkInterfaces", "ec2:DescribeSubnets", "ec2:UnassignPrivateIpAddresses",
            ]
            statements.append(PolicyStatement("AttachToNetwork", attach, on: [.literal("*")]))
            statements.append(
                PolicyStatement(
                    "CodeMustNotTouchNetwork", effect: .deny, attach, on: [.literal("*")],
                    where: [
                        .init("ArnLike", "lambda:SourceFunctionArn", [.arn(ARN("lambda", "function:", function))])
                    ]))
        }
        statements.append(
            PolicyStatement("WriteTraces", ["xray:PutTelemetryRecords", "xray:PutTraceSegments"], on: [.literal("*")]))
        return statements
    }
}

extension Environment {
    /// Whether Lambda needs a role's rights to attach functions to a network, or to take them out of one: it takes up to 20
    /// minutes to remove its interfaces, by the rights of the function's role (Lambda guide, "Giving Lambda functions access
    /// to resources in an Amazon VPC").
    var usesNetwork: Bool { network != nil || previousVPCID != nil }
}
