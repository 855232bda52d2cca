package import DorcModel
internal import DorcText

/// The program that calls a function's handler in a job: `job_runner.py`, the entry point of the function's image for jobs.
package enum JobRunner {
    package static var bytes: [UInt8] { PackageResources.job_runner_py }

    /// Of a function's image with the runner in it: a template changes where either does.
    fileprivate static func tag(of image: String) -> String {
        var hash = SHA256()
        hash.update("dorc job 1 ")
        hash.update(image)
        hash.update(bytes)
        return HexadecimalDigest.text(hash.finalize())
    }
}

extension FunctionImage {
    package var deployedTag: String { isJob ? JobRunner.tag(of: tag) : tag }
}
