import DorcConfig
import DorcModel

/// Where the config repository is.
enum ConfigLocation {
    /// `CONFIG_REPO_PATH`, where it is set.
    static var fromEnvironment: String? {
        Surroundings.variable("CONFIG_REPO_PATH").flatMap { $0.isEmpty ? nil : $0 }
    }

    /// The folder with the nearest dorc.yaml, `folder` itself or one above it; nil where there is none.
    static func nearest(from folder: String, file: String = fileName) -> String? {
        nearest(from: folder) { FileSystem.isFile($0 + "/" + file) }
    }

    /// The nearest such folder, `folder` itself or one above it.
    static func nearest(from folder: String, where isWanted: (String) -> Bool) -> String? {
        var candidate = folder
        while !candidate.isEmpty {
            if isWanted(candidate) { return candidate }
            guard candidate != "/", let slash = candidate.lastIndex(of: "/") else { break }
            candidate = slash == candidate.startIndex ? "/" : String(candidate[..<slash])
        }
        return nil
    }

    /// The config repository that a command works on: `given` by `--config`, or the nearest one. A dorc.yaml itself
    /// stands for its folder.
    static func resolve(_ given: String?) throws(ScaffoldError) -> String {
        if let given { return try folder(given, "`\(given)`") }
        if let found = nearest(from: FileSystem.currentFolder) { return found }
        if let misnamed = nearest(from: FileSystem.currentFolder, file: otherName) {
            throw .noConfig(rename(misnamed))
        }
        guard let path = fromEnvironment else {
            throw .noConfig(
                """
                There is no config repository: no dorc.yaml in `\(FileSystem.currentFolder)` or a folder above it, and \
                CONFIG_REPO_PATH is not set.
                \(beginning)
                """)
        }
        return try folder(path, "CONFIG_REPO_PATH, `\(path)`")
    }

    private static func folder(_ path: String, _ name: String) throws(ScaffoldError) -> String {
        if FileSystem.isFile(path + "/" + fileName) { return path }
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        if parts.last == Substring(fileName), FileSystem.isFile(path) {
            let folder = parts.dropLast().joined(separator: "/")
            return parts.count == 1 ? "." : folder.isEmpty ? "/" : folder
        }
        if FileSystem.isFile(path + "/" + otherName) { throw .noConfig(rename(path)) }
        let what =
            FileSystem.isFile(path)
            ? "\(name) is a file, not the folder of a dorc.yaml." : "There is no dorc.yaml in \(name)."
        throw .noConfig("\(what)\n\(beginning)")
    }

    static let fileName = "dorc.yaml"
    /// What others call such files.
    private static let otherName = "dorc.yml"

    private static func rename(_ folder: String) -> String {
        "`\(folder)/\(otherName)` is not read: rename it to `\(fileName)`."
    }

    private static let beginning = """
        Name its folder with `--config`, or begin with a new one:
          dorc-synth new project census-demo --region eu-west-2
        """

    /// The folder with the layers, relative to the config repository at `config`: as its dorc.yaml says, as far as that
    /// can be read.
    static func source(of config: String) -> String {
        guard let tree = try? DiskTree(root: config) else { return Defaults.source }
        return ConfigRepository.sourceFolder(in: tree) ?? Defaults.source
    }

    /// The pipeline.yaml that a function belongs to, relative to the config repository at `config`.
    ///
    /// - Throws: `ScaffoldError.noPipeline` where there is none.
    static func definition(of function: FunctionAnswers, in config: String) throws(ScaffoldError) -> String {
        let path = (function.pipelineFolder + ["pipeline.yaml"]).joined(separator: "/")
        guard FileSystem.isFile(config + "/" + path) else { throw .noPipeline(function.function.pipeline, file: path) }
        return path
    }
}
