import ArgumentParser

/// What every command takes that runs handlers on this computer.
struct LocalOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Take the variables and settings of this environment. (default: the only one, else dev)", valueName: "name"),
        completion: ProjectNames.environments)
    var environment: String?

    @Option(
        help: ArgumentHelp(
            "Run the handlers with this Python, by its path or name. (default: that of the active virtual environment, of the one that dorc-synth is installed in, else python3)",
            valueName: "python"),
        completion: .file())
    var python: String?

    @Option(help: ReadingOptions.configHelp, completion: .directory)
    var config: String?

    /// Options of the runner, in one word each, so that a value may begin with a hyphen.
    static func words(_ values: [(name: String, value: String?)]) -> [String] {
        values.compactMap { name, value in value.map { "--\(name)=\($0)" } }
    }
}
