package import DorcText

/// `layer/name`.
package struct PipelineID: Hashable, Sendable, Comparable, CustomStringConvertible {
    package var layer: String
    package var name: String

    package init(layer: String, name: String) {
        self.layer = layer
        self.name = name
    }

    /// Nil if `text` is not two names with a slash between them.
    package init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2 else { return nil }
        self.init(layer: String(parts[0]), name: String(parts[1]))
    }

    package var description: String { "\(layer)/\(name)" }

    package static func < (left: PipelineID, right: PipelineID) -> Bool {
        (left.layer, left.name) < (right.layer, right.name)
    }
}

package struct Pipeline: Sendable {
    package var id: PipelineID
    /// The pipeline.yaml.
    package var file: SourceFile
    /// Of `steps` or `definition` in it.
    package var workflowRange: SourceRange
    /// The functions that steps use and that have a folder, by name.
    package var images: [FunctionImage]
    /// One for each of the project's environments, in their order.
    package var environments: [PipelineInEnvironment]

    package init(
        id: PipelineID, file: SourceFile, workflowRange: SourceRange, images: [FunctionImage],
        environments: [PipelineInEnvironment]
    ) {
        self.id = id
        self.file = file
        self.workflowRange = workflowRange
        self.images = images
        self.environments = environments
    }

    /// Whether each function that is built from a folder has its image: one whose folder has a mistake has none.
    package var hasAllImages: Bool {
        environments.allSatisfy { environment in
            environment.functions.allSatisfy { function in
                if case .built = function.image { images.contains { $0.function == function.name } } else { true }
            }
        }
    }
}

/// The image that is built from one function's folder.
package struct FunctionImage: Sendable {
    package var function: String
    /// Whether it is the one for jobs of AWS Batch, which has dorc's runner as its entry point.
    package var isJob = false
    /// The function's folder, relative to the repository's root.
    package var folder: String
    /// What the image runs, as in `lambda.handler`; nil where only its Dockerfile's base image says so.
    package var handler: String?
    /// SHA-256 of all that goes into the image, as 64 hexadecimal digits.
    package var tag: String
    /// Where the function is first used.
    package var range: SourceRange
    /// Files and folders in it that not every user of a machine may read.
    package var closedFiles: [String] = []

    package init(
        function: String, folder: String, handler: String? = nil, tag: String, range: SourceRange,
        closedFiles: [String] = []
    ) {
        self.function = function
        self.folder = folder
        self.handler = handler
        self.tag = tag
        self.range = range
        self.closedFiles = closedFiles
    }
}

/// A pipeline as it is in one environment.
package struct PipelineInEnvironment: Sendable {
    package var description: String?
    /// The environment's, the pipeline's own and `owner`; without those that dorc sets.
    package var tags: [String: String]
    /// Of a whole run.
    package var timeout: Duration
    /// Where it is written; nil for the default.
    package var timeoutRange: SourceRange?
    /// How many runs there may be at once.
    package var maxActiveRuns: Int?
    package var whenBusy = WhenBusy.wait
    /// What the run's input gets for the keys that it lacks, where it is an object.
    package var parameters: [JSONValue<Text>.Member]
    /// What the state machine may do beside running functions and pipelines: the pipeline's own and its steps'.
    package var permissions: [Permission]
    /// Of the state machine's logs: that of the function that keeps them longest, since a run is read together with
    /// its functions' logs; where there is none, that of `defaults`.
    package var logRetentionDays: Int
    /// By name.
    package var functions: [Function]
    package var workflow: Workflow
    /// What the user wrote in the Amazon States Language instead of steps; then the workflow has none.
    package var machine: UserStateMachine?
    package var triggers: [Trigger]
    package var triggersEnabled: Bool
    /// Whom it tells of its runs; nil for nobody.
    package var notices: PipelineNotices?
    /// An alarm goes off if no run has succeeded for that long.
    package var alertWithoutSuccess: Located<Duration>?

    package init(
        description: String? = nil, tags: [String: String], timeout: Duration, timeoutRange: SourceRange? = nil,
        maxActiveRuns: Int? = nil, parameters: [JSONValue<Text>.Member] = [], permissions: [Permission],
        logRetentionDays: Int, functions: [Function],
        workflow: Workflow, machine: UserStateMachine? = nil, triggers: [Trigger], triggersEnabled: Bool,
        notices: PipelineNotices? = nil, alertWithoutSuccess: Located<Duration>? = nil
    ) {
        self.description = description
        self.tags = tags
        self.timeout = timeout
        self.timeoutRange = timeoutRange
        self.maxActiveRuns = maxActiveRuns
        self.parameters = parameters
        self.permissions = permissions
        self.logRetentionDays = logRetentionDays
        self.functions = functions
        self.workflow = workflow
        self.machine = machine
        self.triggers = triggers
        self.triggersEnabled = triggersEnabled
        self.notices = notices
        self.alertWithoutSuccess = alertWithoutSuccess
    }
}

/// What becomes of a run while as many as there may be are active.
package enum WhenBusy: String, Sendable, CaseIterable {
    case wait, skip
}

/// A function's settings in one environment, defaults and overrides applied.
package struct Function: Sendable {
    package enum Image: Sendable {
        /// Built from the folder of the function's name.
        case built
        case external(Text)
    }

    package var name: String
    package var range: SourceRange
    /// MB.
    package var memory: Int
    package var timeout: Duration
    /// Whether a file says it; else it is a default.
    package var hasOwnTimeout = false
    /// MB.
    package var ephemeralStorage: Int
    package var logRetentionDays: Int
    /// Sorted by name; with the secrets, as references that CloudFormation replaces.
    package var environment: [(name: String, value: Text)]
    /// What it may do with data, in words; nil where nothing says anything of it.
    package var access: Access?
    /// What it may do beside that, as statements; nil where nothing is written.
    package var permissions: [Permission]?
    /// Calls at once; nil where it shares the account's with the other functions.
    package var reservedConcurrency: Int?
    package var image: Image
    /// What it gets as a job of AWS Batch; nil for a Lambda.
    package var compute: Compute?
    /// Of a job: sorted by name, each as Batch looks it up. A Lambda's are in `environment`.
    package var secrets: [JobSecret] = []
    /// Of a job with an image that was built elsewhere; nil for the image's own.
    package var command: [Text]?

    package init(
        name: String, range: SourceRange, memory: Int, timeout: Duration, ephemeralStorage: Int, logRetentionDays: Int,
        environment: [(name: String, value: Text)], access: Access? = nil, permissions: [Permission]? = nil,
        image: Image
    ) {
        self.name = name
        self.range = range
        self.memory = memory
        self.timeout = timeout
        self.ephemeralStorage = ephemeralStorage
        self.logRetentionDays = logRetentionDays
        self.environment = environment
        self.access = access
        self.permissions = permissions
        self.image = image
    }
}

extension Function {
    /// Whether it is code of this repository, which dorc's runner calls in a job.
    package var isBuilt: Bool { if case .built = image { true } else { false } }
    /// Whether, as a Lambda, it has a role of its own, instead of the one that the environment's functions share.
    package var hasOwnRole: Bool { access != nil || permissions != nil }
}

/// A secret as an environment variable of a job.
package struct JobSecret: Sendable {
    package var name: String
    /// The secret's name or ARN.
    package var secret: Text
    /// Of a secret that is JSON; nil for all of it.
    package var key: String?

    package init(name: String, secret: Text, key: String? = nil) {
        self.name = name
        self.secret = secret
        self.key = key
    }
}

/// When and how often something is tried again: the `retry` of a step, and an entry of a state's `Retry`.
package struct Retry: Sendable, Equatable {
    package var errors: [String]
    /// Before the first new try.
    package var interval: Duration
    package var attempts: Int
    package var backoffRate: Double
    package var maxDelay: Duration?
    /// Whether each delay is drawn at random; no key says so.
    package var hasJitter: Bool

    package init(
        errors: [String], interval: Duration, attempts: Int, backoffRate: Double, maxDelay: Duration? = nil,
        hasJitter: Bool = false
    ) {
        self.errors = errors
        self.interval = interval
        self.attempts = attempts
        self.backoffRate = backoffRate
        self.maxDelay = maxDelay
        self.hasJitter = hasJitter
    }
}
