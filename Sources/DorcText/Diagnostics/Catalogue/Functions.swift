extension DiagnosticEntry {
    static func ofFunctions(_ id: DiagnosticID) -> DiagnosticEntry? {
        switch id {
        case .asyncHandler:
            DiagnosticEntry(
                cause: "the handler is an `async def`, which Lambda does not await",
                cure: "write a `def` that calls `asyncio.run`",
                example: .code(
                    """
                    async def handler(event, context):
                        return event
                    """))
        case .emptyFunction:
            DiagnosticEntry(
                cause: "a `lambda.py` has no code",
                cure: "write its `handler`",
                example: .code("# to be written"))
        case .handlerSignature:
            DiagnosticEntry(
                cause: "the handler cannot be called with two arguments, as Lambda does",
                cure: "write `def handler(event, context):`",
                example: .code(
                    """
                    def handler(event):
                        return event
                    """))
        case .ignoredFunction:
            DiagnosticEntry(
                cause: "`.dockerignore` excludes a function's `lambda.py`",
                cure: "change the pattern",
                example: .files([".dockerignore": "**/*.py"]))
        case .mergeMarks:
            DiagnosticEntry(
                cause: """
                    a file has the marks of a merge: `lambda.py`, YAML, JSON, the Dockerfile, `.dockerignore` or \
                    `requirements.txt`
                    """,
                cure: "keep one version",
                example: .words("`src/raw/census/pipeline.yaml` has a line `<<<<<<< HEAD`"))
        case .misnamedFunction:
            DiagnosticEntry(
                cause: """
                    the code of a step is `main.py`, `handler.py`, a notebook or the like, or a file without a folder
                    """,
                warning: "no step names the folder with such a file",
                cure: "rename or move the file",
                example: .pipeline(
                    "steps: [clean]",
                    and: [
                        "src/raw/census/clean/main.py": """
                        def handler(event, context):
                            return event
                        """
                    ]))
        case .noFunction:
            DiagnosticEntry(
                cause: "a step names a function that has no folder",
                cure: "correct the name, make the folder, or name another one with `function`",
                example: .pipeline("steps: [extrct, load]"))
        case .noHandler:
            DiagnosticEntry(
                cause: """
                    a `lambda.py` does not define at its top level what the image runs, by default `handler`; or the \
                    Dockerfile names what no `lambda.py` defines
                    """,
                cure: "define it, or import it; or correct the `CMD`",
                example: .code(
                    """
                    def main(event, context):
                        return event
                    """))
        case .pythonSyntax:
            DiagnosticEntry(
                cause: """
                    Python cannot read a `lambda.py`: a bracket or a string is not closed, the handler's `def` has no `:`, \
                    or the file is not UTF-8. What only a parser would see is not found
                    """,
                cure: "correct it at the place shown",
                example: .code(
                    """
                    def handler(event, context)
                        return event
                    """))
        case .relativeImport:
            DiagnosticEntry(
                cause: """
                    a `lambda.py` imports with a `.` before the name: Lambda loads it as a module without a package, so that \
                    each run fails
                    """,
                cure: "remove the `.`; put code that functions share into a folder of `images.include`",
                page: "concepts.md#images-and-code-that-functions-share",
                example: .code(
                    """
                    from .helper import clean

                    def handler(event, context):
                        return clean(event)
                    """))
        case .uninstalledRequirements:
            DiagnosticEntry(
                .warning,
                cause: """
                    a function's folder has a `requirements.txt`, and the Dockerfile installs only those of the repository and \
                    of pipelines
                    """,
                cure: "move it next to pipeline.yaml",
                page: "compute.md#packages-for-gpus-or-for-one-function",
                example: .files(["src/raw/census/extract/requirements.txt": "pandas"]))
        case .unusedFunction:
            DiagnosticEntry(
                .warning,
                cause: "no step and no `definition` uses a function's folder, so it is not built",
                cure: "add a step, or remove the folder",
                example: .files([
                    "src/raw/census/clean/lambda.py": """
                    def handler(event, context):
                        return event
                    """
                ]))
        default: nil
        }
    }
}
