internal import DorcText

/// Python's own parser, in a process of its own: what it is given to run, and what it is sent.
package enum PythonReader {
    /// The program, for `python -c`. It needs Python 3.9 or later and nothing else.
    package static let program = String(decoding: PackageResources.python_reader_py, as: UTF8.self)

    /// Neither the user's packages nor variables change what it does, and it leaves nothing behind.
    package static let options = ["-I", "-S", "-B"]

    /// Runs `program` with an input, and gives its output; nil where that did not end well.
    package typealias Run = (_ input: [UInt8]) throws -> [UInt8]?

    static func input(_ files: [SourceFile]) -> [UInt8] {
        let members = files.map { file in
            JSONValue<String>.Member(
                name: file.path, value: .text(String(decoding: file.bytes[file.contentStart...], as: UTF8.self)))
        }
        return Array(JSONPretty.file(.object([.init(name: "files", value: .object(members))])).utf8)
    }
}
