import ArgumentParser

extension New {
    /// `dorc-synth new function LAYER/PIPELINE/FUNCTION`.
    struct Function: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "function",
            abstract: "Make a function in an existing pipeline.",
            discussion: """
                The pipeline's definition stays as it is: the line to add to its steps is shown.

                EXAMPLE
                  dorc-synth new function raw/census/validate
                """)

        @Argument(help: "The function, as layer/pipeline/function.")
        var name: String?

        @Option(
            help: ArgumentHelp(
                "The config repository. (default: the nearest dorc.yaml upwards, or CONFIG_REPO_PATH)",
                valueName: "dir"))
        var config: String?

        @OptionGroup var options: Options

        func run() throws {
            let root = try ConfigLocation.resolve(config)
            var interview = Interview()
            let function = interview.answer(.function, given: name)
            try New.finish(interview, of: "function")
            guard let place = FunctionPlace(function) else { return }

            let answers = FunctionAnswers(place: place, source: ConfigLocation.source(of: root))
            let definition = try ConfigLocation.definition(of: answers, in: root)
            try options.create(.function(answers), in: root) { _ in
                """
                add it to `steps` in \(New.shown(definition, in: root)), for example at the end:
                  - \(YAMLScalar.text(for: place.function))
                """
            }
        }
    }
}
