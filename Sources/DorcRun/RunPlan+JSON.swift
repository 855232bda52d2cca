internal import DorcText

/// The format that `plan.py` of the runner documents: a plan and its runner are of one version.
extension RunPlan {
    private static let version = 1

    package var json: JSON {
        .members([
            "version": .integer(Self.version), "project": .text(project), "environment": .text(environment),
            "region": .text(region), "account": .text(account), "partition": .text(partition), "root": .text(root),
            "pipeline": .text(pipeline), "pipelines": .list(pipelines.map(\.json)),
            "functions": .list(functions.map(\.json)), "mocks": mocks,
        ])
    }
}

extension RunPlan.Pipeline {
    fileprivate var json: RunPlan.JSON {
        .members([
            "name": .text(name), "state_machine": .text(stateMachine), "role": .text(role), "definition": definition,
            "triggers": .list(triggers.map(\.json)), "cases": cases.isEmpty ? nil : .list(cases),
        ])
    }
}

extension RunPlan.Trigger {
    fileprivate var json: RunPlan.JSON {
        switch source {
        case .schedule(let input):
            .members(["name": .text(name), "kind": .text("schedule"), "input": input])
        case .objectCreated(let bucket, let prefix, let suffix):
            .members([
                "name": .text(name), "kind": .text("s3"), "bucket": .text(bucket), "prefix": .text(prefix),
                "suffix": .text(suffix),
            ])
        case .afterPipelines: .members(["name": .text(name), "kind": .text("pipeline")])
        case .event: .members(["name": .text(name), "kind": .text("event")])
        }
    }
}

extension RunPlan.Function {
    fileprivate var json: RunPlan.JSON {
        .members([
            "name": .text(name), "arn": .text(arn), "folder": folder.map { .text($0) } ?? .null,
            "handler": .text(handler), "paths": .texts(paths), "variables": Self.object(variables),
            "secrets": Self.object(secrets), "timeout": .integer(timeout), "memory": .integer(memory),
            "ephemeral_storage": .integer(ephemeralStorage),
        ])
    }

    private static func object(_ entries: [(name: String, value: String)]) -> RunPlan.JSON {
        .object(entries.map { RunPlan.JSON.Member(name: $0.name, value: .text($0.value)) })
    }
}
