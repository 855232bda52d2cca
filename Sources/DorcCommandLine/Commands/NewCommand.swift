import ArgumentParser

/// `dorc-synth new`: starting points. Each kind is one subcommand.
struct New: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "new",
        abstract: "Create a project, a pipeline or a function.",
        discussion: """
            On a terminal, asks for what you leave out. Never overwrites a file: if one is in the way, nothing is written.

            EXAMPLE
              dorc-synth new project census-demo --region eu-west-2
            """,
        subcommands: [Project.self, Pipeline.self, Function.self])
}

extension New {
    /// What every kind does with its answers.
    struct Options: ParsableArguments {
        @Option(
            help: ArgumentHelp(
                "Use your own starting points: a folder with project/, pipeline/ or function/ in it.", valueName: "dir"),
            completion: .directory)
        var templates: String?

        /// Renders, writes, and names the files on standard output; what to do next on standard error.
        func create(_ scaffold: Scaffold, in root: String, next: (_ paths: [String]) -> String) throws {
            let blueprints =
                try templates.map { path throws(ScaffoldError) in try BlueprintSet(folder: path) } ?? .builtIn
            let files = try scaffold.files(from: blueprints)
            try ScaffoldWriter(root: root).write(files)
            let paths = files.map { New.shown($0.path, in: root) }
            Console().result(paths.map { $0 + "\n" }.joined())
            New.hint("Next: " + next(paths))
        }
    }

    /// A missing or wrong answer is a usage error of the subcommand `name`.
    static func finish(_ interview: Interview, of name: String) throws {
        do {
            try interview.finish()
        } catch {
            hint("Error: \(error)\nSee `dorc-synth new \(name) --help`.")
            throw ExitCode.validationFailure
        }
    }

    /// Where a project or pipeline goes on: at the code of its first function, where the templates made one.
    static func next(_ paths: [String], check: String) -> String {
        let code = paths.first { $0.hasSuffix("/lambda.py") || $0 == "lambda.py" }
        return (code.map { "write \($0), then " } ?? "") + "run `\(check)`."
    }

    static func hint(_ text: String) {
        Console().say(text + "\n")
    }

    /// `path` in `root` as the user would type it from the current folder.
    static func shown(_ path: String, in root: String) -> String {
        let root = root.hasSuffix("/") ? String(root.dropLast()) : root
        let current = FileSystem.currentFolder
        if root == "." || root == current { return path }
        let whole = root + "/" + path
        return whole.hasPrefix(current + "/") ? String(whole.dropFirst(current.count + 1)) : whole
    }
}
