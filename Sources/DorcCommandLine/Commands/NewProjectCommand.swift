import ArgumentParser

extension New {
    /// `dorc-synth new project NAME`.
    struct Project: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "project",
            abstract: "Make a config repository: dorc.yaml, a Dockerfile, and a first pipeline.",
            discussion: """
                EXAMPLE
                  dorc-synth new project census-demo --region eu-west-2 --account 111122223333
                """)

        @Argument(help: "The project's name, which starts the name of everything it deploys.")
        var name: String?

        @Option(help: "The AWS region, as in eu-west-2.")
        var region: String?

        @Option(help: "The AWS account of the first environment, 12 digits; none if left out.")
        var account: String?

        @Option(help: "The first environment. (default: dev)")
        var environment: String?

        @Option(help: ArgumentHelp("The first pipeline. (default: raw/example)", valueName: "layer/pipeline"))
        var pipeline: String?

        @Option(help: "The first pipeline's first function. (default: extract)")
        var function: String?

        @Option(help: "What the first pipeline does, in any words.")
        var description: String?

        @Option(help: ArgumentHelp("The folder to make it in. (default: NAME)", valueName: "dir"))
        var directory: String?

        @OptionGroup var options: Options

        func run() throws {
            var interview = Interview()
            let project = interview.answer(.project, given: name)
            let region = interview.answer(.region, given: region)
            let account = interview.answer(.account, given: account)
            let environment = interview.answer(.environment, given: environment)
            let pipeline = interview.answer(.firstPipeline, given: pipeline)
            let function = interview.answer(.firstFunction, given: function)
            let description = interview.answer(.description, given: description)
            try New.finish(interview, of: "project")
            guard let place = PipelinePlace(pipeline) else { return }

            let first = FunctionAnswers(place: FunctionPlace(pipeline: place, function: function))
            let answers = ProjectAnswers(
                project: project, region: region, account: account, environment: environment,
                first: PipelineAnswers(first: first, description: description))
            let root = directory.flatMap { $0.isEmpty ? nil : $0 } ?? project
            try options.create(.project(answers), in: root) { paths in
                New.next(paths, check: "dorc-synth check --config \(root)")
            }
        }
    }
}
