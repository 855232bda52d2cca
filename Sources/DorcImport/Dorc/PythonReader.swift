internal import DorcText

/// Python's own parser, in a process of its own: what it is given to run, and what it is sent.
package enum PythonReader {
    private static let package = "dorc_reader"

    /// The modules of the package beside this file, each after those that it imports. A test compares this list with the folder.
    package static let modules: [(name: String, text: [UInt8])] = [
        ("__init__", PackageResources.__init___py),
        ("limits", PackageResources.limits_py),
        ("original", PackageResources.original_py),
        ("sources", PackageResources.sources_py),
        ("names", PackageResources.names_py),
        ("texts", PackageResources.texts_py),
        ("pulumi_config", PackageResources.pulumi_config_py),
        ("changes", PackageResources.changes_py),
        ("values", PackageResources.values_py),
        ("facts", PackageResources.facts_py),
        ("main", PackageResources.main_py),
    ]

    /// The program, for `python -c`: it makes the modules from their text, so that no file has to be written. It needs Python 3.9 or
    /// later and nothing else.
    package static var program: String {
        let texts = modules.map { name, text in
            let full = name == "__init__" ? package : "\(package).\(name)"
            // A text of JSON in ASCII is one of Python.
            return "    (\"\(full)\", \(JSONText.literal(String(decoding: text, as: UTF8.self)))),\n"
        }
        return """
            import sys, types
            for name, text in (
            \(texts.joined())):
                module = sys.modules[name] = types.ModuleType(name)
                module.__path__ = []
                exec(compile(text, name, "exec"), module.__dict__)
            module.main()

            """
    }

    /// Neither the user's packages nor variables change what it does, and it leaves nothing behind.
    package static let options = ["-I", "-S", "-B"]

    /// Runs `program` with an input, and gives its output; nil where that did not end well.
    package typealias Run = (_ input: [UInt8]) throws -> [UInt8]?

    /// Each byte is a character of its own: which encoding a file has is for Python to say.
    static func input(_ files: [SourceFile]) -> [UInt8] {
        let members = files.map { file in
            JSONValue<String>.Member(
                name: file.path,
                value: .text(String(String.UnicodeScalarView(file.bytes.map { UnicodeScalar($0) }))))
        }
        return Array(JSONPretty.file(.object([.init(name: "files", value: .object(members))])).utf8)
    }
}
