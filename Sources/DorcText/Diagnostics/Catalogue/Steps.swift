extension DiagnosticEntry {
    static func ofSteps(_ id: DiagnosticID) -> DiagnosticEntry? {
        switch id {
        case .crossingSteps:
            DiagnosticEntry(
                .note,
                cause: "steps cross, and run level by level: that is correct, and a little less parallel",
                cure: "leave it as it is, or let the branches meet in one step",
                page: "workflow.md#side-by-side",
                example: .pipeline(
                    """
                    steps:
                      - {name: north, function: extract, after: []}
                      - {name: south, function: extract, after: []}
                      - {name: both, function: load, after: [north, south]}
                      - {name: alone, function: load, after: south}
                    """))
        case .duplicateAfter:
            DiagnosticEntry(
                cause: "a name is in `after` twice",
                cure: "remove one",
                example: .pipeline(
                    """
                    steps:
                      - extract
                      - {name: load, after: [extract, extract]}
                    """))
        case .duplicateStep:
            DiagnosticEntry(
                cause: "two steps have one name",
                cure: "give one a `name` of its own, and its folder as `function`",
                page: "workflow.md#one-function-several-steps",
                example: .pipeline("steps: [extract, load, extract]"))
        case .errorPath:
            DiagnosticEntry(
                cause: """
                    a step is `after` a handler, or a handler `after` a step; `catch` names a step without \
                    `only_on_error`; `then` is not at the end
                    """,
                cure: "let `catch` lead to a step with `only_on_error: true`, and others follow the step that may fail",
                page: "workflow.md#when-a-step-fails-catch",
                example: .pipeline(
                    """
                    steps:
                      - {name: extract, catch: report}
                      - {name: report, function: load}
                    """))
        case .finallyStep:
            DiagnosticEntry(
                cause: "`after` or `catch` leads from a step of `finally` to one of `steps`, or the other way round",
                cure: "remove it: the steps of `finally` run after all others, whatever happens to those",
                page: "workflow.md#in-any-case-finally",
                example: .pipeline(
                    """
                    steps: [extract]
                    finally:
                      - {name: load, after: extract}
                    """))
        case .pipelineCycle:
            DiagnosticEntry(
                cause: """
                    pipelines start each other in a cycle, by `pipeline:` steps or `after_pipeline`; or one starts itself
                    """,
                cure: "remove one of these steps or triggers",
                page: "triggers.md#after-another-pipeline",
                example: .pipeline(
                    """
                    triggers:
                      - {name: again, after_pipeline: raw/census}
                    """))
        case .stepCycle:
            DiagnosticEntry(
                cause: "steps run after each other in a cycle, by `after` or `catch`",
                cure: "remove one of these",
                example: .pipeline(
                    """
                    steps:
                      - {name: extract, after: load}
                      - {name: load, after: extract}
                    """))
        case .twoActions:
            DiagnosticEntry(
                cause: "a step has more than one of `function`, `pipeline`, `task` and `wait`",
                cure: "make two steps",
                example: .pipeline(
                    """
                    steps:
                      - {name: settle, wait: 5m, function: extract}
                    """))
        case .uncaughtHandler:
            DiagnosticEntry(
                cause: "no `catch` leads to an `only_on_error` step",
                cure: "add the `catch`, or remove the step",
                page: "workflow.md#when-a-step-fails-catch",
                example: .pipeline(
                    """
                    steps:
                      - extract
                      - {name: load, only_on_error: true}
                    """))
        case .unknownPipeline:
            DiagnosticEntry(
                cause: "the pipeline does not exist",
                cure: "name it by its folders, `layer/name`",
                page: "workflow.md#run-another-pipeline",
                example: .pipeline(
                    """
                    steps:
                      - {name: train, pipeline: curated/model}
                    """))
        case .unknownStep:
            DiagnosticEntry(
                cause: "`after` or `catch` names a step that does not exist",
                cure: "correct the name",
                example: .pipeline(
                    """
                    steps:
                      - extract
                      - {name: load, after: extrct}
                    """))
        default: nil
        }
    }
}
