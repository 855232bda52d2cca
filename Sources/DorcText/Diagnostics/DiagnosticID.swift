/// Every finding that there is. The raw values are stable: documentation and suppressions name them.
/// The groups are those of `DiagnosticGroup`; within each they are sorted.
package enum DiagnosticID: String, CaseIterable, Sendable {
    // Files and folders
    case badLink = "bad-link"
    case emptyFile = "empty-file"
    case foldersTooDeep = "folders-too-deep"
    case misnamedDefinition = "misnamed-definition"
    case misplacedDefinition = "misplaced-definition"
    case noDefinition = "no-definition"
    case noPipelines = "no-pipelines"
    case noSource = "no-source"
    case unreadable

    // Functions' folders and code
    case asyncHandler = "async-handler"
    case emptyFunction = "empty-function"
    case handlerSignature = "handler-signature"
    case ignoredFunction = "ignored-function"
    case mergeMarks = "merge-marks"
    case misnamedFunction = "misnamed-function"
    case noFunction = "no-function"
    case noHandler = "no-handler"
    case unusedFunction = "unused-function"

    // Images
    case dockerignorePattern = "dockerignore-pattern"
    case fileModes = "file-modes"
    case ignoredCopy = "ignored-copy"
    case mutableImage = "mutable-image"
    case noDockerfile = "no-dockerfile"
    case notCopied = "not-copied"
    case notHashed = "not-hashed"
    case otherHandler = "other-handler"
    case outputInImage = "output-in-image"
    case outputInSource = "output-in-source"
    case specialFile = "special-file"
    case undeclaredCodePath = "undeclared-code-path"

    // YAML and JSON
    case jsonSyntax = "json-syntax"
    case yamlAlias = "yaml-alias"
    case yamlBudget = "yaml-budget"
    case yamlDocuments = "yaml-documents"
    case yamlDuplicateKey = "yaml-duplicate-key"
    case yamlEncoding = "yaml-encoding"
    case yamlEscape = "yaml-escape"
    case yamlKey = "yaml-key"
    case yamlMerge = "yaml-merge"
    case yamlSyntax = "yaml-syntax"
    case yamlTooDeep = "yaml-too-deep"

    // Keys and values
    case deadExpression = "dead-expression"
    case dynamicReference = "dynamic-reference"
    case emptyValue = "empty-value"
    case functionArguments = "function-arguments"
    case invalidDuration = "invalid-duration"
    case invalidName = "invalid-name"
    case invalidValue = "invalid-value"
    case misplacedKey = "misplaced-key"
    case missingKey = "missing-key"
    case outOfRange = "out-of-range"
    case tagNotAllowed = "tag-not-allowed"
    case unknownKey = "unknown-key"
    case unknownPseudoParameter = "unknown-pseudo-parameter"
    case wrongType = "wrong-type"

    // Variables and environments
    case arnFields = "arn-fields"
    case arnPartition = "arn-partition"
    case arnRegion = "arn-region"
    case policyAccount = "policy-account"
    case registryNeedsAccount = "registry-needs-account"
    case registryPartition = "registry-partition"
    case twoTopics = "two-topics"
    case unknownEnvironment = "unknown-environment"
    case unknownVariable = "unknown-variable"
    case variableNeedsAccount = "variable-needs-account"
    case variableSyntax = "variable-syntax"

    // Networks and tags
    case egressPorts = "egress-ports"
    case egressTwice = "egress-twice"
    case halfNetwork = "half-network"
    case reservedTag = "reserved-tag"
    case sameVpc = "same-vpc"
    case tagAmpersand = "tag-ampersand"
    case tagCase = "tag-case"
    case tagOption = "tag-option"

    // Notices and alarms
    case alertTooSoon = "alert-too-soon"
    case noSlackWorkspace = "no-slack-workspace"
    case nobodyTold = "nobody-told"
    case slackChannelTwice = "slack-channel-twice"
    case slackPartition = "slack-partition"
    case toldTwice = "told-twice"

    // Settings of functions
    case environmentTooLarge = "environment-too-large"
    case imageRegion = "image-region"
    case invalidSecret = "invalid-secret"
    case reservedVariable = "reserved-variable"
    case unusedSettings = "unused-settings"
    case variableTwice = "variable-twice"
    case wildcardResource = "wildcard-resource"

    // Steps and their order
    case crossingSteps = "crossing-steps"
    case duplicateAfter = "duplicate-after"
    case duplicateStep = "duplicate-step"
    case errorPath = "error-path"
    case pipelineCycle = "pipeline-cycle"
    case stepCycle = "step-cycle"
    case twoActions = "two-actions"
    case uncaughtHandler = "uncaught-handler"
    case unknownPipeline = "unknown-pipeline"
    case unknownStep = "unknown-step"

    // Expressions and data
    case forEachSource = "for-each-source"
    case functionInArguments = "function-in-arguments"
    case inputTooLong = "input-too-long"
    case jsonataMistake = "jsonata-mistake"
    case jsonataSyntax = "jsonata-syntax"
    case mayBeNoList = "may-be-no-list"
    case noCondition = "no-condition"
    case noList = "no-list"
    case resultsAreItems = "results-are-items"
    case resultsTooLarge = "results-too-large"
    case textTooLong = "text-too-long"
    case unknownContext = "unknown-context"

    // Errors and timeouts
    case defaultTimeout = "default-timeout"
    case retryErrors = "retry-errors"
    case runTimeout = "run-timeout"
    case stepTimeout = "step-timeout"
    case terminalError = "terminal-error"
    case unknownError = "unknown-error"
    case unmatchedError = "unmatched-error"

    // Tasks and definitions
    case invalidDefinition = "invalid-definition"
    case invalidTask = "invalid-task"
    case noTaskToken = "no-task-token"
    case taskWithoutPermissions = "task-without-permissions"
    case twoTimeouts = "two-timeouts"
    case twoWorkflows = "two-workflows"
    case unreachableState = "unreachable-state"

    // Triggers
    case duplicateTrigger = "duplicate-trigger"
    case eventPattern = "event-pattern"
    case invalidBucket = "invalid-bucket"
    case literalStar = "literal-star"
    case patternTooLong = "pattern-too-long"
    case prefixSlash = "prefix-slash"
    case startsItself = "starts-itself"
    case twoSources = "two-sources"

    // Schedules
    case eitherDay = "either-day"
    case invalidSchedule = "invalid-schedule"
    case pastSchedule = "past-schedule"
    case scheduleOverlap = "schedule-overlap"
    case skippedMonths = "skipped-months"
    case startsTwice = "starts-twice"
    case summerTime = "summer-time"
    case unknownTimezone = "unknown-timezone"

    // Cases of tests
    case duplicateCase = "duplicate-case"
    case misnamedCases = "misnamed-cases"
    case oneOutcome = "one-outcome"
    case twoInputs = "two-inputs"
    case unknownMock = "unknown-mock"
    case unknownTrigger = "unknown-trigger"

    // Limits of AWS
    case accountQuota = "account-quota"
    case definitionTooLarge = "definition-too-large"
    case historyTooLong = "history-too-long"
    case idCollision = "id-collision"
    case internalError = "internal-error"
    case nameCollision = "name-collision"
    case nameTooLong = "name-too-long"
    case policyTooLarge = "policy-too-large"
    case templateTooLarge = "template-too-large"
    case tooDeep = "too-deep"
    case tooManyResources = "too-many-resources"
    case tooManyRules = "too-many-rules"
}
