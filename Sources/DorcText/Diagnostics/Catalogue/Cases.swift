extension DiagnosticEntry {
    static func ofCases(_ id: DiagnosticID) -> DiagnosticEntry? {
        switch id {
        case .duplicateCase:
            DiagnosticEntry(
                cause: "two cases of a pipeline have one name",
                cure: "give one another name",
                page: "testing.md#cases",
                example: .cases(
                    """
                    cases:
                      - {name: no rows, input: {rows: []}, expect: {output: {rows: []}}}
                      - {name: no rows, expect: {output: {}}}
                    """))
        case .misnamedCases:
            DiagnosticEntry(
                .warning,
                cause: "a file in a `tests` folder is called `.yml`, and is not read",
                cure: "rename it `.yaml`; move what is not a case into a folder inside `tests`",
                page: "testing.md#cases",
                example: .files(["src/raw/census/tests/first.yml": "cases: [{name: runs, expect: {output: {}}}]"]))
        case .noCaseFolder:
            DiagnosticEntry(
                cause: "`s3` of a case, or of a file with cases, names a folder that does not exist",
                cure: "make the folder beside the file: in it is a folder for each bucket",
                page: "testing.md#cases",
                example: .cases(
                    """
                    s3: buckets
                    cases:
                      - {name: lands, event: "s3:landing/a.csv", expect: {output: {}}}
                    """))
        case .oneOutcome:
            DiagnosticEntry(
                cause: "what a case expects, or what a mock answers, has both `output` and `error`, or neither",
                cure: "write one of them",
                page: "testing.md#cases",
                example: .cases(
                    """
                    cases:
                      - {name: no rows, expect: {output: {}, error: ValueError}}
                    """))
        case .twoInputs:
            DiagnosticEntry(
                cause: "a case has both `input` and `event`",
                cure: "remove one: the event is the run's input",
                page: "testing.md#cases",
                example: .cases(
                    """
                    cases:
                      - {name: lands, input: {}, event: "s3:landing/a.csv", expect: {output: {}}}
                    """))
        case .unknownMock:
            DiagnosticEntry(
                cause: """
                    a mock is for a step that the pipeline, or one that it starts, does not have, or for one that waits
                    """,
                cure: "write the name of a step, or `layer/pipeline/step` for one of a pipeline that is started",
                page: "testing.md#steps-that-cannot-run-here",
                example: .cases(
                    """
                    cases:
                      - name: is loaded
                        mocks: {laod: {output: 3}}
                        expect: {output: 3}
                    """))
        case .unknownTrigger:
            DiagnosticEntry(
                cause: "`event` of a case is a schedule that the pipeline does not have, or one of several",
                cure: "name one of its schedules: `schedule:NAME`",
                page: "testing.md#cases",
                example: .cases(
                    """
                    cases:
                      - {name: at night, event: "schedule:nightly", expect: {output: {}}}
                    """))
        default: nil
        }
    }
}
