extension DiagnosticEntry {
    static func ofImages(_ id: DiagnosticID) -> DiagnosticEntry? {
        switch id {
        case .dockerignorePattern:
            DiagnosticEntry(
                cause: "a line of `.dockerignore` is not a pattern",
                cure: "correct the line",
                example: .files([".dockerignore": "data/[0-9"]))
        case .fileModes:
            DiagnosticEntry(
                .warning,
                cause: """
                    Lambda may not read a file of an image: the Dockerfile keeps its mode, or sets one such as `600`, or \
                    `644` for folders
                    """,
                cure: "write `COPY --chmod=755`",
                page: "concepts.md#images-and-code-that-functions-share",
                example: .dockerfile(
                    """
                    FROM public.ecr.aws/lambda/python:3.12
                    ARG CODE_PATH
                    COPY --chmod=600 ${CODE_PATH}/ ${LAMBDA_TASK_ROOT}/
                    CMD ["lambda.handler"]
                    """))
        case .ignoredCopy:
            DiagnosticEntry(
                .warning,
                cause: "the Dockerfile copies or mounts what `.dockerignore` excludes",
                cure: "change the line of `.dockerignore` that is named, or remove the `COPY`",
                example: .dockerfile(
                    """
                    FROM public.ecr.aws/lambda/python:3.12
                    COPY certificates/ /etc/pki/
                    ARG CODE_PATH
                    COPY --chmod=755 ${CODE_PATH}/ ${LAMBDA_TASK_ROOT}/
                    CMD ["lambda.handler"]
                    """,
                    and: [".dockerignore": "certificates", "certificates/ca.pem": "-----BEGIN CERTIFICATE-----"]))
        case .mutableImage:
            DiagnosticEntry(
                .warning,
                cause: "an `image` ends with `:latest`: what is pushed there later is not deployed",
                cure: "name its digest, or a tag of its version",
                example: .pipeline(
                    """
                    functions:
                      legacy: {image: "111122223333.dkr.ecr.eu-west-2.amazonaws.com/team/tool:latest"}
                    steps: [legacy]
                    """))
        case .noDockerfile:
            DiagnosticEntry(
                cause: "the Dockerfile does not exist",
                cure: "write one, or name it in `images.dockerfile`",
                example: .project("images: {dockerfile: docker/Dockerfile}"))
        case .notCopied:
            DiagnosticEntry(
                .warning,
                cause: "nothing in the Dockerfile copies what `images.include` names",
                cure: "add the `COPY`, or remove the entry",
                page: "concepts.md#images-and-code-that-functions-share",
                example: .project("images: {include: [lib/]}", and: ["lib/dates.py": "DAY = 86400"]))
        case .notHashed:
            DiagnosticEntry(
                .warning,
                cause: """
                    the Dockerfile copies something that is not in the content hash: a change to it is not deployed
                    """,
                cure: "name it in `images.include`",
                page: "concepts.md#the-content-hash",
                example: .dockerfile(
                    """
                    FROM public.ecr.aws/lambda/python:3.12
                    COPY --chmod=755 lib/ ${LAMBDA_TASK_ROOT}/lib/
                    ARG CODE_PATH
                    COPY --chmod=755 ${CODE_PATH}/ ${LAMBDA_TASK_ROOT}/
                    CMD ["lambda.handler"]
                    """,
                    and: ["lib/dates.py": "DAY = 86400"]))
        case .otherHandler:
            DiagnosticEntry(
                .warning,
                cause: "the Dockerfile runs a module that no function has, or a shell",
                cure: #"write `CMD ["lambda.handler"]`"#,
                example: .dockerfile(
                    """
                    FROM public.ecr.aws/lambda/python:3.12
                    ARG CODE_PATH
                    COPY --chmod=755 ${CODE_PATH}/ ${LAMBDA_TASK_ROOT}/
                    CMD ["app.handler"]
                    """))
        case .outputInImage:
            DiagnosticEntry(
                cause: "the output folder is inside `images.include`",
                cure: "write to another folder, or exclude it in `.dockerignore`",
                example: .words("`dorc-synth lib/out/`, where dorc.yaml has `images: {include: [lib/]}`"))
        case .outputInSource:
            DiagnosticEntry(
                cause: """
                    the output folder is the repository's root, the source folder, or inside the source folder or a \
                    function
                    """,
                cure: "write to a folder of its own, such as `out/`",
                example: .words("`dorc-synth src/out/`"))
        case .specialFile:
            DiagnosticEntry(
                cause: "a named pipe, socket or device is among the files of an image",
                cure: "remove it, or exclude it in `.dockerignore`",
                example: .words("`mkfifo src/raw/census/extract/pipe`"))
        case .undeclaredCodePath:
            DiagnosticEntry(
                .warning,
                cause: "the Dockerfile uses `CODE_PATH` in a stage without `ARG CODE_PATH`",
                cure: "add it after the `FROM`",
                example: .dockerfile(
                    """
                    FROM public.ecr.aws/lambda/python:3.12
                    COPY --chmod=755 ${CODE_PATH}/ ${LAMBDA_TASK_ROOT}/
                    CMD ["lambda.handler"]
                    """))
        default: nil
        }
    }
}
