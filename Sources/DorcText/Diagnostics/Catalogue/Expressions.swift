extension DiagnosticEntry {
    static func ofExpressions(_ id: DiagnosticID) -> DiagnosticEntry? {
        switch id {
        case .forEachSource:
            DiagnosticEntry(
                cause: "`for_each` names no source of items, or several",
                cure: "give it one of `items`, `s3`, `csv` and `json_lines`",
                page: "workflow.md#for-each-of-many-for_each",
                example: .pipeline(
                    """
                    steps:
                      - {name: load, for_each: {results: {bucket: census-results}}}
                    """))
        case .functionInArguments:
            DiagnosticEntry(
                cause: """
                    `arguments`, items or a pattern have a key that CloudFormation takes for a function: `Ref` alone, or \
                    `Fn::...`
                    """,
                cure: "rename the key, or write the mapping as JSONata",
                page: "workflow.md#arguments",
                example: .pipeline(
                    """
                    steps:
                      - {name: extract, arguments: {table: {Ref: areas}}}
                    """))
        case .inputTooLong:
            DiagnosticEntry(
                cause: """
                    a schedule's input, or `arguments` or items that are written in a step, have more than 262,144 bytes
                    """,
                warning: "they have more than nine tenths of that",
                cure: "put the data into S3 and its key into the input",
                example: .words("a list of 40,000 postcodes in the `arguments` of a step"))
        case .jsonataMistake:
            DiagnosticEntry(
                cause: """
                    an expression is well formed, but cannot work: an unknown function or variable, a field without \
                    `$states.input`, `+` with strings, a string in brackets such as `$states.input['day']`, which is a \
                    condition
                    """,
                cure: "write what the help suggests",
                page: "workflow.md#hints-for-jsonata",
                example: .pipeline(
                    """
                    steps:
                      - {name: load, arguments: {rows: "{% $cuont($states.input.rows) %}"}}
                    """))
        case .jsonataSyntax:
            DiagnosticEntry(
                cause: """
                    an expression is not JSONata; or a string has `{%` at its start or `%}` at its end, but not both
                    """,
                cure: "correct it at the place shown; write both marks, and nothing outside them",
                page: "workflow.md#hints-for-jsonata",
                example: .pipeline(
                    """
                    steps:
                      - {name: load, arguments: {rows: "{% ($states.input.rows + 1 %}"}}
                    """))
        case .mayBeNoList:
            DiagnosticEntry(
                .warning,
                cause: """
                    an expression in `for_each` filters, maps or sorts: for one item JSONata gives the item itself, whose \
                    members `for_each` would take as items
                    """,
                cure: "put `[...]` around it",
                page: "workflow.md#for-each-of-many-for_each",
                example: .pipeline(
                    """
                    steps:
                      - {name: load, for_each: "{% $states.input.files[size > 0] %}"}
                    """))
        case .noCondition:
            DiagnosticEntry(
                cause: "`when` gives something other than true or false",
                cure: "compare it with something",
                page: "workflow.md#skip-a-step-when",
                example: .pipeline(
                    """
                    steps:
                      - {name: load, when: "{% $count($states.input.rows) %}"}
                    """))
        case .noList:
            DiagnosticEntry(
                cause: "`for_each` is not a list",
                cure: "write a list, JSONata that gives one, or a mapping",
                page: "workflow.md#for-each-of-many-for_each",
                example: .pipeline(
                    """
                    steps:
                      - {name: load, for_each: 5}
                    """))
        case .rawInput:
            DiagnosticEntry(
                .warning,
                cause: """
                    an expression reads the run's input from the context object, which has it without the defaults of \
                    `parameters`: a key that the input lacks is missing there; or it does so in a Distributed Map, where \
                    it is the item
                    """,
                cure: "read `$run_input`, which has them; in a Distributed Map put what is needed into the items",
                page: "workflow.md#parameters-of-a-run-parameters",
                example: .pipeline(
                    """
                    parameters: {full: false}
                    steps:
                      - extract
                      - {name: load, when: "{% $states.context.Execution.Input.full %}"}
                    """))
        case .resultsAreItems:
            DiagnosticEntry(
                .warning,
                cause: """
                    the `results` of a `for_each` are written below the prefix of its `s3`: the next run takes them as \
                    items
                    """,
                cure: "write them to another prefix or bucket",
                page: "workflow.md#for-each-of-many-for_each",
                example: .pipeline(
                    """
                    steps:
                      - name: load
                        for_each:
                          s3: {bucket: census-landing, prefix: areas/}
                          results: {bucket: census-landing, prefix: areas/results}
                    """))
        case .resultsTooLarge:
            DiagnosticEntry(
                .warning,
                cause: """
                    a Distributed Map over `s3`, `csv` or `json_lines` has no `results`: the run fails when the outputs \
                    have more than 256 KiB together
                    """,
                cure: "add `results`",
                page: "workflow.md#for-each-of-many-for_each",
                example: .pipeline(
                    """
                    steps:
                      - {name: load, for_each: {s3: {bucket: census-landing, prefix: areas/}}}
                    """))
        case .textTooLong:
            DiagnosticEntry(
                cause: "with its variables replaced, a string has more bytes than a template may have",
                cure: "shorten it, or the variable",
                example: .words("a variable of 4,000 bytes that a string uses 300 times"))
        case .unknownContext:
            DiagnosticEntry(
                .warning,
                cause: """
                    `$states.context` has no such field: it is written differently, or is `Map` outside a step \
                    with `for_each`
                    """,
                cure: "write what the message suggests",
                page: "workflow.md#arguments",
                example: .pipeline(
                    """
                    steps:
                      - {name: extract, arguments: {run: "{% $states.context.execution.Name %}"}}
                    """))
        case .unlikelyParameter:
            DiagnosticEntry(
                .warning,
                cause: "an expression reads a field of `$run_input` that `parameters` declares under a similar name",
                cure: "correct the name, or declare it",
                page: "workflow.md#parameters-of-a-run-parameters",
                example: .pipeline(
                    """
                    parameters: {threshold: 5}
                    steps:
                      - {name: load, arguments: {limit: "{% $run_input.thresold %}"}}
                    """))
        default: nil
        }
    }
}
