internal import DorcText

/// `lambda.py` of a task.
enum HandlerText {
    /// Calls a function of a module beside it.
    static func call(_ callable: PythonFiles.Callable, hasArguments: Bool, raisesUnlessTrue: Bool, from place: String)
        -> String
    {
        let call =
            hasArguments
            ? "\(callable.name)(*event.get(\"args\", []), **event.get(\"kwargs\", {}))" : "\(callable.name)()"
        return """
            \(docstring("Calls `\(callable.name)` of \(callable.module).py, a copy of \(callable.path), as \(place) did."))

            from \(callable.module) import \(callable.name)

            \(raisesUnlessTrue ? notReady : "")
            def handler(event, context):
            \(body(call, raisesUnlessTrue))

            """
    }

    private static let notReady = """
        class NotReady(Exception):
            \"\"\"Tried again: see `retry` of the step.\"\"\"



        """

    private static func body(_ call: String, _ raisesUnlessTrue: Bool) -> String {
        guard raisesUnlessTrue else { return "    return \(call)" }
        return """
                result = \(call)
                if not result:
                    raise NotReady
                return result if isinstance(result, (bool, dict, list, str, int, float)) else True
            """
    }

    /// Runs a command of bash.
    ///
    /// - Parameter command: nil where the step's `arguments` have it.
    static func bash(_ command: String?, folder: String?, isSensor: Bool, from place: String) -> String {
        """
        \(docstring("Runs a command of bash, as \(place) did."))

        import subprocess
        \(command.map { "\nCOMMAND = \(literal($0))\n" } ?? "")

        class \(isSensor ? "NotReady" : "CommandFailed")(Exception):
            \"\"\"The command ended with an exit status other than 0.\"\"\"


        def handler(event, context):
            done = subprocess.run(
                ["bash", "-c", \(command == nil ? "event[\"command\"]" : "COMMAND")],
                cwd=\(folder.map(literal) ?? "\"/tmp\""),
                stdout=subprocess.PIPE,
                text=True,
            )
            print(done.stdout)
            if done.returncode != 0:
                raise \(isSensor ? "NotReady" : "CommandFailed")(f"exit status {done.returncode}")
            lines = done.stdout.splitlines()
            return lines[-1] if lines else None

        """
    }

    /// Looks for an object of S3.
    ///
    /// - Parameter key: nil where the step's `arguments` have it.
    static func object(_ bucket: String, _ key: String?, isPattern: Bool, from place: String) -> String {
        let look =
            isPattern
            ? """
                prefix = re.split(r"[*?\\[]", key)[0]
                found = S3.get_paginator("list_objects_v2").paginate(Bucket=BUCKET, Prefix=prefix)
                keys = [item["Key"] for page in found for item in page.get("Contents", [])]
                matching = [name for name in keys if fnmatch.fnmatchcase(name, key)]
            """
            : """
                found = S3.list_objects_v2(Bucket=BUCKET, Prefix=key, MaxKeys=1)
                matching = [item["Key"] for item in found.get("Contents", []) if item["Key"] == key]
            """
        return """
            \(docstring("Looks for an object of S3, as \(place) did."))

            \(isPattern ? "import fnmatch\nimport re\n\n" : "")import boto3

            BUCKET = \(literal(bucket))
            \(key.map { "KEY = \(literal($0))\n" } ?? "")S3 = boto3.client("s3")


            class NotReady(Exception):
                \"\"\"Tried again: see `retry` of the step.\"\"\"


            def handler(event, context):
                key = \(key == nil ? "event[\"key\"]" : "KEY")
            \(look)
                if not matching:
                    raise NotReady(key)
                return matching

            """
    }

    /// What a person has to write.
    static func unwritten(_ words: String, settings: [String], from place: String) -> String {
        let lines = settings.map { "#   \(clean($0))\n" }.joined()
        return """
            \(docstring("Not written yet: it has to \(words), as \(place) did."))

            \(lines.isEmpty ? "" : "# What it was told there:\n\(lines)")

            def handler(event, context):
                raise NotImplementedError(\(literal("write this handler: it has to \(words)")))

            """
    }

    /// A string of Python's, on lines of its own where it has several.
    static func literal(_ text: String) -> String {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        guard lines.count > 1 else { return quoted(text) }
        let parts = lines.enumerated().map { index, line in
            quoted(index < lines.count - 1 ? line + "\n" : String(line))
        }.filter { $0 != "\"\"" }
        return "(\n" + parts.map { "    \($0)\n" }.joined() + ")"
    }

    private static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            case "\t": result += "\\t"
            default:
                if scalar.value < 0x20 || scalar.value == 0x7F || (0x80...0x9F).contains(scalar.value)
                    || scalar.properties.generalCategory == .format || scalar.value == 0x2028 || scalar.value == 0x2029
                {
                    let digits = String(scalar.value, radix: 16)
                    result += "\\U" + String(repeating: "0", count: 8 - digits.count) + digits
                } else {
                    result.unicodeScalars.append(scalar)
                }
            }
        }
        return result + "\""
    }

    private static func docstring(_ text: String) -> String {
        "\"\"\"" + clean(text).map { $0 == "\\" || $0 == "\"" ? "'" : String($0) }.joined() + "\"\"\""
    }

    /// On one line.
    private static func clean(_ text: String) -> String {
        String(
            String.UnicodeScalarView(
                text.unicodeScalars.map { scalar in
                    switch scalar.properties.generalCategory {
                    case .control, .format, .lineSeparator, .paragraphSeparator: " "
                    default: scalar
                    }
                })
        ).shortened(to: 200)
    }
}
