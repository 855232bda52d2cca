extension DiagnosticEntry {
    static func ofTriggers(_ id: DiagnosticID) -> DiagnosticEntry? {
        switch id {
        case .duplicateTrigger:
            DiagnosticEntry(
                cause: "two triggers have one name; `schedule` at the top is a trigger named `schedule`",
                cure: "rename one",
                example: .pipeline(
                    """
                    triggers:
                      - {name: landed, s3: {bucket: census-landing}}
                      - {name: landed, s3: {bucket: areas-landing}}
                    """))
        case .eventPattern:
            DiagnosticEntry(
                cause: "EventBridge would refuse the pattern",
                warning: "no event has such a field",
                cure: "correct the part that the caret shows",
                page: "triggers.md#events",
                example: .pipeline(
                    """
                    triggers:
                      - {name: ready, event: {source: my.app}}
                    """))
        case .invalidBucket:
            DiagnosticEntry(
                cause: "a bucket of S3 cannot have such a name; an expression is not a name",
                cure: "correct it",
                example: .pipeline(
                    """
                    triggers:
                      - {name: landed, s3: {bucket: Census_Landing}}
                    """))
        case .literalStar:
            DiagnosticEntry(
                .warning,
                cause: "a `prefix` or `suffix` has a `*`, which means itself there",
                cure: "remove it: write `.csv`, not `*.csv`",
                page: "triggers.md#files-in-s3",
                example: .pipeline(
                    """
                    triggers:
                      - {name: landed, s3: {bucket: census-landing, suffix: "*.csv"}}
                    """))
        case .patternTooLong:
            DiagnosticEntry(
                cause: "the event pattern is above 2,048 characters",
                warning: "it is above nine tenths of that",
                cure: "shorten `prefix` and `suffix`, or make several triggers",
                page: "triggers.md#events",
                example: .words("an `event` with a list of 200 sources"))
        case .prefixSlash:
            DiagnosticEntry(
                .warning,
                cause: "a prefix starts with `/`, which keys do not",
                cure: "remove the `/`",
                page: "triggers.md#files-in-s3",
                example: .pipeline(
                    """
                    triggers:
                      - {name: landed, s3: {bucket: census-landing, prefix: /areas/}}
                    """))
        case .startsItself:
            DiagnosticEntry(
                .warning,
                cause: """
                    the `results` of a Distributed Map are objects that start the pipeline again, by its own `s3` or \
                    `event` trigger, or through other pipelines
                    """,
                cure: "write them to another prefix or bucket",
                page: "triggers.md#files-in-s3",
                example: .pipeline(
                    """
                    triggers:
                      - {name: landed, s3: {bucket: census-landing}}
                    steps:
                      - name: load
                        for_each:
                          json_lines: {bucket: reference-data, key: areas.jsonl}
                          results: {bucket: census-landing, prefix: results}
                    """))
        case .twoSources:
            DiagnosticEntry(
                cause: "a trigger has more than one of `schedule`, `s3`, `event` and `after_pipeline`",
                cure: "make several triggers",
                example: .pipeline(
                    """
                    triggers:
                      - {name: landed, s3: {bucket: census-landing}, schedule: every 1h}
                    """))
        default: nil
        }
    }
}
