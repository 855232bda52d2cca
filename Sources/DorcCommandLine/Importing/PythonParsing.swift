import ArgumentParser
import DorcImport

/// Python's own parser in a process of its own.
struct PythonParsing {
    /// What `--python` names.
    var python: String?

    /// Nil where Python ended with an error.
    func output(_ input: [UInt8]) throws -> [UInt8]? {
        let path = try PythonChoice.path(python)
        do throws(SystemError) {
            let file = try InheritedFile(input, temporaryFolder: RunnerCache.temporaryFolder)
            let outcome = try ChildProcess.run(
                [path] + PythonReader.options + ["-c", PythonReader.program, file.path])
            return outcome.status == 0 ? outcome.output : nil
        } catch {
            throw ValidationError("cannot start `\(path)`: \(error.message)")
        }
    }
}
