import ArgumentParser

/// What `main.swift` runs.
package enum Program {
    package static func run() { DorcSynthCommand.main() }
}

/// The program: one subcommand a file in Commands/. Without the name of one it synthesizes.
///
/// Every command gives its name: to make one of the type costs a millisecond at each start.
struct DorcSynthCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dorc-synth",
        abstract: "Turns a config repository of data pipelines into CloudFormation.",
        discussion: """
            EXAMPLES
              dorc-synth new project census-demo   make a config repository to start from
              dorc-synth check                     find all mistakes in the nearest config repository
              dorc-synth out/                      write the templates into out/
              dorc-synth out/ --check              fail where out/ is not up to date

            Exit status: 0 fine; 1 mistakes in the project, or differences under --check; 64 wrong usage.
            """,
        version: "0.1.0",
        subcommands: [Synth.self, Check.self, New.self],
        defaultSubcommand: Synth.self)

    static var names: [String] { configuration.subcommands.map { $0._commandName } }

    static func main() {
        StandardStreams.prepare()
        // Before it is parsed: what comes after `deploy` would be told as the mistake.
        if let word = CommandLine.arguments.dropFirst().first,
            let mistake = CommandWord.mistake(word, commands: names)
        {
            exit(withError: ValidationError(mistake))
        }
        main(nil)
    }
}
