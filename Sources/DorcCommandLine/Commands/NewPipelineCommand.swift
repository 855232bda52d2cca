import ArgumentParser
import DorcConfig

extension New {
    /// `dorc-synth new pipeline LAYER/PIPELINE`.
    struct Pipeline: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "pipeline",
            abstract: "Create a pipeline with its first function.",
            discussion: """
                EXAMPLES
                  dorc-synth new pipeline raw/census --function extract
                  dorc-synth new pipeline raw/census --description "Pulls the census"
                """)

        @Argument(help: "The pipeline, as layer/pipeline.")
        var name: String?

        @Option(help: "The first function's name. (default: extract)")
        var function: String?

        @Option(help: "What the pipeline does, in your own words.")
        var description: String?

        @Option(help: ReadingOptions.configHelp, completion: .directory)
        var config: String?

        @OptionGroup var options: Options

        func run() throws {
            let root = try ConfigLocation.resolve(config)
            var interview = Interview()
            let pipeline = interview.answer(.pipeline, given: name)
            let function = interview.answer(.firstFunction, given: function)
            let description = interview.answer(.description, given: description)
            try New.finish(interview, of: "pipeline")

            let first = FunctionAnswers(
                function: try FunctionID.given("\(pipeline)/\(function)"), source: ConfigLocation.source(of: root))
            let answers = PipelineAnswers(
                first: first, description: description,
                schemas: Set(EditorSchema.allCases.filter { FileSystem.isFile(root + "/" + $0.path) }))
            try options.create(.pipeline(answers), in: root) { New.next($0, check: "dorc-synth check") }
        }
    }
}
