package import DorcText

/// What holds where no file says otherwise. The declarations of the keys show these values, and the resolvers apply them.
package enum Defaults {
    package static let source = "src"
    package static let dockerfile = "Dockerfile"
    package static let architecture = Architecture.x86_64
    package static let untaggedExpiry = Duration(14 * 86400)
    package static let keptImages = 100
    /// MB.
    package static let memory = 512
    package static let functionTimeout = Duration(600)
    /// MB.
    package static let ephemeralStorage = 512
    package static let logRetention = Duration(30 * 86400)
    package static let retryAttempts = 3
    package static let retryInterval = Duration(5)
    package static let retryBackoffRate = 2.0
    package static let retryErrors = ["States.ALL"]
    /// Of a whole run: without a limit, a run that is stuck would keep its place for a year.
    package static let runTimeout = Duration(86400)
    /// Of a Distributed Map: Lambda runs 1,000 functions at once in an account, if nobody asked for more (Lambda guide,
    /// "Lambda quotas"), and other pipelines need some of them.
    package static let distributedConcurrency = 100
    /// What can be counted with one request to Step Functions.
    package static let mostActiveRuns = 100
}
