import DorcYAML
import ArgumentParser

extension New {
    /// `dorc-synth new function LAYER/PIPELINE/FUNCTION`.
    struct Function: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "function",
            abstract: "Create a function in an existing pipeline.",
            discussion: """
                Does not change the pipeline's definition, but prints the line to add to its steps.

                EXAMPLE
                  dorc-synth new function raw/census/validate
                """)

        @Argument(help: "The function, as layer/pipeline/function.")
        var name: String?

        @Option(help: ReadingOptions.configHelp, completion: .directory)
        var config: String?

        @OptionGroup var options: Options

        func run() throws {
            let root = try ConfigLocation.resolve(config)
            var interview = Interview()
            let function = interview.answer(.function, given: name)
            try New.finish(interview, of: "function")
            let id = try FunctionID.given(function)

            let answers = FunctionAnswers(function: id, source: ConfigLocation.source(of: root))
            let definition = try ConfigLocation.definition(of: answers, in: root)
            try options.create(.function(answers), in: root) { _ in
                """
                add it to `steps` in \(New.shown(definition, in: root)), for example at the end:
                  - \(YAMLText.scalar(id.name))
                """
            }
        }
    }
}
