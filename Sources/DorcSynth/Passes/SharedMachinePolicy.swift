internal import CloudFormation

/// The statements of the role that the state machines of an environment share. They are the same whatever the pipelines do, all of them
/// on what has the environment's prefix.
///
/// The infra stack is deployed before the pipelines, also with `--pipeline`, where most of them are not deployed at all: a role
/// that followed from the present definitions would lose what the deployed ones need. And a run that is going on or is redriven has
/// the definition that it began with, and this role as it is now (Step Functions API, UpdateStateMachine: "Running executions will
/// continue to use the previous definition and roleArn").
struct SharedMachinePolicy {
    let naming: Naming

    var statements: [PolicyStatement] {
        let machines = [Expression.arn(ARN("states", "stateMachine:", naming.prefix, "-*"))]
        // Those of items too: of `stateMachine:name/label`.
        let executions = [Expression.arn(ARN("states", "execution:", naming.prefix, "-*:*"))]
        return Runtime.allCases.flatMap { $0.statements(toCallAllIn: naming) } + [
            // Other pipelines, and items of Distributed Maps, which are executions of the machine itself ("IAM policies for using
            // Distributed Map states").
            PolicyStatement("StartPipelines", ["states:StartExecution"], on: machines),
            PolicyStatement(
                "FollowPipelines", ["states:DescribeExecution", "states:RedriveExecution", "states:StopExecution"],
                on: executions),
            MachinePolicy.followThroughEvents,
            PolicyStatement("CountRuns", ["states:ListExecutions"], on: machines),
        ] + MachinePolicy.observation
    }
}
