import DorcModel
import Glibc

/// Where the config repository is.
enum ConfigLocation {
    /// `source` of a dorc.yaml that says nothing else.
    static let defaultSource = Defaults.source

    /// `CONFIG_REPO_PATH`, where it is set.
    static var fromEnvironment: String? {
        guard let value = getenv("CONFIG_REPO_PATH") else { return nil }
        let path = String(cString: value)
        return path.isEmpty ? nil : path
    }

    /// The folder with the nearest dorc.yaml, `folder` itself or one above it; where there is none, `fallback`.
    static func nearest(from folder: String, fallback: String? = fromEnvironment) -> String? {
        var candidate = folder
        while !candidate.isEmpty {
            if hasConfig(candidate) { return candidate }
            guard candidate != "/", let slash = candidate.lastIndex(of: "/") else { break }
            candidate = slash == candidate.startIndex ? "/" : String(candidate[..<slash])
        }
        return fallback
    }

    /// The config repository that a command works on: `given` by `--config`, or the nearest one.
    static func resolve(_ given: String?) throws(ScaffoldError) -> String {
        if let given {
            guard hasConfig(given) else { throw .noConfig("There is no dorc.yaml in '\(given)'.\n\(beginning)") }
            return given
        }
        guard let found = nearest(from: currentFolder) else {
            throw .noConfig(
                """
                There is no config repository: no dorc.yaml in '\(currentFolder)' or a folder above it, and \
                CONFIG_REPO_PATH is not set.
                \(beginning)
                """)
        }
        guard hasConfig(found) else {
            throw .noConfig("There is no dorc.yaml in CONFIG_REPO_PATH, '\(found)'.\n\(beginning)")
        }
        return found
    }

    private static let beginning = """
        Name its folder with --config, or begin with a new one:
          dorc-synth new project census-demo --region eu-west-2
        """

    /// The folder with the layers, relative to the config repository at `config`: as its dorc.yaml says, as far as that
    /// can be read.
    static func source(of config: String) -> String {
        guard let tree = try? DiskTree(root: config) else { return defaultSource }
        return ProjectLoader(tree).sourceFolder ?? defaultSource
    }

    static var currentFolder: String {
        guard let buffer = getcwd(nil, 0) else { return "." }
        defer { free(buffer) }
        return String(cString: buffer)
    }

    /// The pipeline.yaml that a function belongs to, relative to the config repository at `config`.
    ///
    /// - Throws: `ScaffoldError.noPipeline` where there is none.
    static func definition(of function: FunctionAnswers, in config: String) throws(ScaffoldError) -> String {
        let path = (function.pipelineFolder + ["pipeline.yaml"]).joined(separator: "/")
        guard isFile(config + "/" + path) else { throw .noPipeline(function.place.pipeline, file: path) }
        return path
    }

    private static func hasConfig(_ folder: String) -> Bool { isFile(folder + "/dorc.yaml") }

    private static func isFile(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
    }
}
