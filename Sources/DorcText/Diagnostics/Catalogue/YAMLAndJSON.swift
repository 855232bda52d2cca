extension DiagnosticEntry {
    static func ofYAMLAndJSON(_ id: DiagnosticID) -> DiagnosticEntry? {
        switch id {
        case .jsonSyntax:
            DiagnosticEntry(
                cause: """
                    a `definition` whose name ends in `.json` is not JSON, or writes a name twice in one object
                    """,
                cure: "correct it at the place shown, or rename a file with YAML to `.yaml`",
                example: .pipeline(
                    "definition: workflow.asl.json",
                    and: [
                        "src/raw/census/workflow.asl.json": """
                        {
                          "StartAt": "Done",
                          "States": {"Done": {"Type": "Succeed"}},
                        }
                        """
                    ]))
        case .yamlAlias:
            DiagnosticEntry(
                cause: "an alias has no anchor before it",
                cure: "define the anchor first",
                example: .pipeline("defaults: *small"))
        case .yamlBudget:
            DiagnosticEntry(
                cause: "aliases make more than 200,000 values",
                cure: "write fewer aliases of aliases",
                example: .pipeline(
                    """
                    x-1: &a [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]
                    x-2: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a, *a]
                    x-3: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b, *b]
                    x-4: &d [*c, *c, *c, *c, *c, *c, *c, *c, *c, *c]
                    x-5: &e [*d, *d, *d, *d, *d, *d, *d, *d, *d, *d]
                    x-6: &f [*e, *e, *e, *e, *e, *e, *e, *e, *e, *e]
                    """))
        case .yamlDocuments:
            DiagnosticEntry(
                cause: "a second document starts in the file",
                cure: "write one document into a file",
                example: .pipeline(
                    """
                    steps: [extract]
                    ---
                    steps: [load]
                    """))
        case .yamlDuplicateKey:
            DiagnosticEntry(
                cause: "a key is written twice in one mapping",
                cure: "remove one",
                example: .pipeline(
                    """
                    timeout: 1h
                    steps: [extract]
                    timeout: 2h
                    """))
        case .yamlEncoding:
            DiagnosticEntry(
                cause: """
                    the file is not UTF-8, or has a control character or a line break that only YAML 1.1 knows (U+0085, \
                    U+2028, U+2029)
                    """,
                cure: "save it as UTF-8; remove the character, or write its escape in double quotes",
                example: .words("`pipeline.yaml` is saved as Latin-1, and has an `é`"))
        case .yamlEscape:
            DiagnosticEntry(
                cause: "a backslash between double quotes is not an escape of YAML",
                warning: #"it is one that is unlikely to be meant, as in `"C:\temp"`"#,
                cure: "write the string in single quotes",
                example: .pipeline(#"description: "Lines that match \d+""#))
        case .yamlKey:
            DiagnosticEntry(
                cause: "a key is a list or a mapping",
                cure: "write a string",
                example: .pipeline(
                    """
                    tags:
                      [team, owner]: data
                    """))
        case .yamlMerge:
            DiagnosticEntry(
                cause: "`<<` has something other than a mapping",
                cure: "write `<<: *anchor` of a mapping, or `<<: [*first, *second]`",
                example: .pipeline(
                    """
                    x-memory: &memory 512
                    defaults: {<<: *memory}
                    """))
        case .yamlSyntax:
            DiagnosticEntry(
                cause: "the file is not YAML",
                cure: "correct it at the place shown",
                example: .pipeline("schedule: */15 * * * *"))
        case .yamlTooDeep:
            DiagnosticEntry(
                cause: "more than 64 lists and mappings are nested",
                cure: "write it flatter",
                example: .words("65 lists inside each other in the `arguments` of a step"))
        default: nil
        }
    }
}
