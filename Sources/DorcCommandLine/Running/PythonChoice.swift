import ArgumentParser

/// The Python that runs the handlers.
enum PythonChoice {
    /// What `--python` names, else that of the active virtual environment, else that of the one which the program is installed
    /// in, as pipx and uv do, else the first `python3` of PATH.
    static func path(_ given: String?) throws -> String {
        if let given {
            guard let path = program(given) else {
                throw WrongChoice("`--python \(given)`: this program does not exist")
            }
            try check(path, given)
            return path
        }
        if let environment = Surroundings.nonEmpty("VIRTUAL_ENV") {
            let path = "\(environment)/bin/python"
            guard FileSystem.isProgram(path) else {
                throw WrongChoice(
                    "the active virtual environment, `\(environment)`, has no Python: deactivate it, or name another one with `--python`"
                )
            }
            return path
        }
        if let path = FileSystem.programPath.flatMap(besideProgram) { return path }
        guard let path = program("python3") else {
            throw WrongChoice(
                "there is no `python3` on PATH: install Python 3.10 or later, or name one with `--python`")
        }
        return path
    }

    /// It will take the place of this process, and may say nothing at all, or something of its own.
    private static func check(_ path: String, _ given: String) throws {
        let word = "is Python"
        let outcome: ChildProcess.Outcome
        do throws(SystemError) {
            outcome = try ChildProcess.run([path, "-S", "-c", "import sys; sys.stdout.write('\(word)')"])
        } catch {
            throw WrongChoice("`--python \(given)`: it cannot be started: \(error.message)")
        }
        guard outcome.status != 0 || outcome.output != Array(word.utf8) else { return }
        let said = outcome.errors.split(whereSeparator: \.isNewline).last.map { ", and it said `\($0)`" } ?? ""
        throw WrongChoice(
            "`--python \(given)`: this is not a Python: a line of Python ended with status \(outcome.status)\(said)")
    }

    /// `pyvenv.cfg` is what makes a folder an environment (PEP 405).
    private static func besideProgram(_ program: String) -> String? {
        let bin = program.utf8.lastIndex(of: UInt8(ascii: "/")).map { program[..<$0] }
        guard let bin, let path = bin.utf8.lastIndex(of: UInt8(ascii: "/")).map({ "\(bin[..<$0])/pyvenv.cfg" }),
            FileSystem.isFile(path), FileSystem.isProgram("\(bin)/python")
        else { return nil }
        return "\(bin)/python"
    }

    /// A path as it is, a name as the shell finds it; nil where there is nothing to start.
    private static func program(_ name: String) -> String? {
        if name.utf8.contains(UInt8(ascii: "/")) { return FileSystem.isProgram(name) ? name : nil }
        let folders = Surroundings.nonEmpty("PATH") ?? "/usr/local/bin:/usr/bin:/bin"
        return folders.split(separator: ":", omittingEmptySubsequences: false)
            .map { "\($0.isEmpty ? "." : $0)/\(name)" }
            .first(where: FileSystem.isProgram)
    }
}
