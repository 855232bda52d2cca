import DorcModel

extension Question {
    static var project: Question {
        Question("Name of the project", option: "NAME", rule: .project)
    }

    static var region: Question {
        Question("AWS region, as in eu-west-2", option: "--region", rule: .region)
    }

    static var account: Question {
        Question("AWS account, 12 digits", option: "--account", rule: .account, fallback: "")
    }

    static var environment: Question {
        Question("First environment", option: "--environment", rule: .environment, fallback: "dev")
    }

    static var firstPipeline: Question {
        Question(
            "First pipeline, as layer/pipeline", option: "--pipeline", rule: PipelineID.explanation,
            fallback: "raw/example"
        ) { PipelineID(new: $0) != nil }
    }

    static var firstFunction: Question {
        Question("First function", option: "--function", rule: .function, fallback: "extract")
    }

    static var pipeline: Question {
        Question("Name of the pipeline, as layer/pipeline", option: "NAME", rule: PipelineID.explanation) {
            PipelineID(new: $0) != nil
        }
    }

    static var function: Question {
        Question("Name of the function, as layer/pipeline/function", option: "NAME", rule: FunctionID.explanation) {
            FunctionID(new: $0) != nil
        }
    }

    static var description: Question {
        Question("What the pipeline does", option: "--description", rule: "any text", fallback: "") { _ in true }
    }
}
