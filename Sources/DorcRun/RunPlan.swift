package import DorcText

/// What `dorc-synth run` hands to the runner: a pipeline and all that it can start, as they are deployed to one environment.
///
///     Project, ResourceGraph -> RunPlan    what the templates say, with every function of CloudFormation's resolved  (RunPlanner)
///             -> JSON                      the format that `plan.py` of the runner documents                          (json)
package struct RunPlan: Sendable {
    package typealias JSON = JSONValue<String>

    package struct Pipeline: Sendable {
        /// `layer/name`
        package var name: String
        /// An ARN, as is `role`.
        package var stateMachine: String
        package var role: String
        /// In the Amazon States Language.
        package var definition: JSON
        package var triggers: [Trigger]
        /// What `dorc-synth test` runs, in the form that `plan.py` documents.
        package var cases: [JSON] = []
    }

    /// What an event can be made for.
    package struct Trigger: Sendable {
        package enum Source: Sendable {
            /// With the input that it sends; nil for the usual one.
            case schedule(input: JSON?)
            case objectCreated(bucket: String, prefix: String, suffix: String)
            case afterPipelines
            case event
        }

        package var name: String
        package var source: Source
    }

    package struct Function: Sendable {
        /// `layer/pipeline/function`
        package var name: String
        package var arn: String
        /// Relative to the config repository; nil where the image is built elsewhere.
        package var folder: String?
        /// As in `lambda.handler`.
        package var handler: String
        package var paths: [String]
        package var variables: [(name: String, value: String)]
        /// The secret of each variable that has one, as pipeline.yaml names it.
        package var secrets: [(name: String, value: String)]
        /// Seconds.
        package var timeout: Int
        /// MB.
        package var memory: Int
        /// MB.
        package var ephemeralStorage: Int
    }

    package var project: String
    package var environment: String
    package var region: String
    package var account: String
    package var partition: String
    /// The absolute path of the config repository.
    package var root: String
    /// The one to run.
    package var pipeline: String
    package var pipelines: [Pipeline]
    package var functions: [Function]
    /// What stands for steps, by their names; an object, in the form that `mocks.py` of the runner documents.
    package var mocks: JSON?

    /// What only AWS knows, and the plan has by a name: one sentence for each.
    package var unknown: [String]
}
