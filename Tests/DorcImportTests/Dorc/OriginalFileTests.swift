import DorcImport
import DorcText
import Testing

/// What of a repository is read, and what is copied.
@Suite struct OriginalFileTests {
    @Test func `folders with the names of tools are read, and those of tools are told`() throws {
        var original = Original(functions: ["build"])
        original.files["src/raw/census/build/dist/model.py"] = "x\n"
        original.files["src/raw/census/build/.config/x.json"] = "{}"
        original.files["src/raw/census/build/__pycache__/lambda.pyc"] = ""
        original.files["env/pyvenv.cfg"] = ""
        original.files["env/lib/__main__.py"] = "x\n"
        original.files[".github/workflows/a.yml"] = ""
        original.pipeline(.list([original.call("Function", [("name", .text("build"))])]))
        let imported = try original.imported()
        #expect(imported.mistakes == [])
        #expect(imported.text() == "steps: [build]\n")
        let paths = imported.result.files.map(\.path)
        #expect(paths.contains("src/raw/census/build/dist/model.py"))
        #expect(paths.contains("src/raw/census/build/.config/x.json"))
        let skipped = imported.result.report.entries.filter { $0.key.hasPrefix("(the folder)") }
        #expect(
            skipped.map { "\($0.file): \($0.words)" }.sorted() == [
                ".github: a file of it is not taken along", "env: it is of a tool, and is not read",
                "src/raw/census/build/__pycache__: it is of a tool, and is not read",
            ])
    }

    @Test func `folders may have letters that are more than a byte`() throws {
        let folder = "src/\u{E9}nqu\u{EA}te/p"
        var original = Original(functions: ["\u{DC}n\u{EF}"], in: folder)
        original.files["\(folder)/\u{DC}n\u{EF}/ab.py"] = "x\n"
        let path = "\(folder)/__main__.py"
        original.pipeline(
            .list([original.call("Function", [("name", .text("\u{DC}n\u{EF}"))], at: path)]), at: path)
        let imported = try original.imported()
        #expect(imported.mistakes == [])
        let names = imported.result.files.map(\.path).filter { $0.hasPrefix("src/") }
        #expect(names.count == 3)
        #expect(names.contains { $0.hasSuffix("/ab.py") })
        #expect(names.contains { $0.hasSuffix("/lambda.py") })
    }

    @Test func `everything that the images need is taken, however the Dockerfile says it`() throws {
        var original = Original()
        original.files["Dockerfile"] = """
            FROM x
            COPY ${CODE_PATH}/* ${LAMBDA_TASK_ROOT}/
            COPY requirements.tx[t] requirements/base.txt ./
            COPY lib/*.py lib/
            COPY ["certs", "/certs"]
            COPY \\
              # the data
              data/x.csv \\
              ${LAMBDA_TASK_ROOT}/
            COPY --from=other /a /b
            RUN --mount=type=bind,source=wheels,target=/wheels pip install /wheels/*.whl
            COPY *.toml ./
            """
        for path in [
            "requirements.txt", "requirements/base.txt", "lib/u.py", "certs/ca.pem", "data/x.csv", "wheels/w.whl",
            "pyproject.toml",
        ] { original.files[path] = "x\n" }
        original.pipeline()
        let imported = try original.imported()
        #expect(imported.mistakes == [])
        let paths = Set(imported.result.files.map(\.path))
        #expect(
            paths.isSuperset(of: [
                "requirements/base.txt", "lib/u.py", "certs/ca.pem", "data/x.csv", "wheels/w.whl", "pyproject.toml",
            ]))
        #expect(
            imported.project.contains(
                "include: [requirements/base.txt, lib, certs, data/x.csv, wheels, pyproject.toml]"))
        #expect(imported.entry("COPY data/x.csv")?.line == 6)
    }

    @Test func `what the images need and dorc does not take is a TODO`() throws {
        var original = Original()
        original.files["Dockerfile"] = "FROM x\nCOPY . /all\n"
        original.pipeline()
        let imported = try original.imported()
        #expect(imported.mistakes == [])
        #expect(imported.project.contains("# TODO include: Dockerfile:2: COPY ."))
    }

    @Test func `of two Dockerfiles the one that the original reads stays where it is`() throws {
        var original = Original()
        original.files["src/Dockerfile"] = "FROM y\n"
        original.pipeline()
        let imported = try original.imported()
        #expect(imported.mistakes == [])
        #expect(imported.project.contains("images:\n  dockerfile: src/Dockerfile"))
        #expect(imported.result.files.contains { $0.path == "src/Dockerfile" })
    }
}
