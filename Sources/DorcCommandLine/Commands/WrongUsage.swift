import ArgumentParser

/// What is wrong with words whose form is right: a pipeline that the project does not have, a file that cannot be read. The
/// usage would say nothing about it.
struct WrongChoice: Error {
    var message: String

    init(_ message: String) { self.message = message }
}

/// How a command that was called wrongly ends. ArgumentParser knows which command it was only while it reads the words; of what
/// `run()` finds later it would show the usage of the whole program.
enum WrongUsage {
    static func end(_ error: any Error, of command: any ParsableCommand.Type) -> Never {
        if let error = error as? WrongChoice {
            Console().say("Error: \(error.message)\n")
            Surroundings.end(ExitCode.validationFailure.rawValue)
        }
        guard let error = error as? ValidationError, command != DorcSynthCommand.self,
            let name = name(of: command, in: DorcSynthCommand.self)
        else { DorcSynthCommand.exit(withError: error) }
        let usage = DorcSynthCommand.usageString(for: command).split(separator: "\n").joined(separator: "\n       ")
        Console().say("Error: \(error.message)\nUsage: \(usage)\n  See '\(name) --help' for more information.\n")
        Surroundings.end(ExitCode.validationFailure.rawValue)
    }

    /// As it is typed, with the commands that it belongs to.
    private static func name(of command: any ParsableCommand.Type, in other: any ParsableCommand.Type) -> String? {
        let configuration = other.configuration
        guard let own = configuration.commandName else { return nil }
        if command == other { return own }
        for each in configuration.subcommands {
            if let name = name(of: command, in: each) { return "\(own) \(name)" }
        }
        return nil
    }
}
