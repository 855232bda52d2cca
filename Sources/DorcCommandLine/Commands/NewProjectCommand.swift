import ArgumentParser

extension New {
    /// `dorc-synth new project NAME`.
    struct Project: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "project",
            abstract: "Create a config repository with a dorc.yaml, a Dockerfile and a first pipeline.",
            discussion: """
                EXAMPLE
                  dorc-synth new project census-demo --region eu-west-2 --account 111122223333
                """)

        @Argument(help: "The project's name; the name of every AWS resource starts with it.")
        var name: String?

        @Option(help: "The AWS region, for example eu-west-2.")
        var region: String?

        @Option(help: "The first environment's AWS account, 12 digits. (default: none)")
        var account: String?

        @Option(help: "The first environment's name. (default: dev)")
        var environment: String?

        @Option(help: ArgumentHelp("The first pipeline's name. (default: raw/example)", valueName: "layer/pipeline"))
        var pipeline: String?

        @Option(help: "The first function's name. (default: extract)")
        var function: String?

        @Option(help: "What the first pipeline does, in your own words.")
        var description: String?

        @Option(
            help: ArgumentHelp("Create the project in this folder. (default: NAME)", valueName: "dir"),
            completion: .directory)
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

            let first = FunctionAnswers(function: try FunctionID.given("\(pipeline)/\(function)"))
            let answers = ProjectAnswers(
                project: project, region: region, account: account, environment: environment,
                first: PipelineAnswers(first: first, description: description))
            let root = directory.flatMap { $0.isEmpty ? nil : $0 } ?? project
            try options.create(.project(answers), in: root) { paths in
                New.next(paths, check: "dorc-synth run \(pipeline) --config \(ShellWord.quoted(root))")
            }
        }
    }
}
