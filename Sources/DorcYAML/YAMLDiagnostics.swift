internal import DorcText

extension Diagnostic {
    static func yamlSyntax(
        _ problem: String, at range: SourceRange, help: String? = nil, replacement: String? = nil
    ) -> Diagnostic {
        Diagnostic(.yamlSyntax, at: range, problem, help: help, replacement: replacement)
    }

    static func yamlEncoding(
        _ problem: String, at range: SourceRange, help: String, replacement: String? = nil
    ) -> Diagnostic {
        Diagnostic(.yamlEncoding, at: range, problem, help: help, replacement: replacement)
    }

    static func yamlTooLarge(_ bytes: Int, limit: Int, at range: SourceRange) -> Diagnostic {
        Diagnostic(
            .unreadable, at: range, "`\(range.path)` has \(bytes) bytes; at most \(limit) are possible")
    }

    static func yamlTooDeep(limit: Int, at range: SourceRange) -> Diagnostic {
        Diagnostic(.yamlTooDeep, at: range, "more than \(limit) lists and mappings are nested")
    }

    static func yamlTooManyNodes(limit: Int, at range: SourceRange) -> Diagnostic {
        Diagnostic(
            .yamlBudget, at: range, "aliases and merge keys make more than \(limit) values of this file",
            help: "an alias repeats everything below its anchor: write fewer aliases of aliases")
    }

    static func yamlSeveralDocuments(at range: SourceRange) -> Diagnostic {
        Diagnostic(
            .yamlDocuments, at: range, "a second document starts here",
            help: "a file contains one document: remove the `---` and what follows, or make it a file of its own")
    }

    static func yamlDuplicateKey(
        _ key: String, isMerge: Bool, at range: SourceRange, first: SourceRange
    ) -> Diagnostic {
        Diagnostic(
            .yamlDuplicateKey, at: range, "`\(key)` is written twice in one mapping",
            help: isMerge ? "list what it merges: `<<: [*first, *second]`" : "remove one of the two",
            notes: [Note(first, "it is first written here")])
    }

    static func yamlUnknownAlias(_ name: String, at range: SourceRange) -> Diagnostic {
        Diagnostic(
            .yamlAlias, at: range, "there is no anchor `&\(name)` before this alias",
            help: "write `&\(name)` earlier in this file, at the value that the alias repeats")
    }

    static func yamlKey(at range: SourceRange) -> Diagnostic {
        Diagnostic(.yamlKey, at: range, "a key must be a string, not a list or a mapping")
    }

    static func yamlMerge(at range: SourceRange) -> Diagnostic {
        Diagnostic(
            .yamlMerge, at: range, "`<<` takes a mapping, or a list of mappings", help: "as in `<<: *defaults`")
    }
}
