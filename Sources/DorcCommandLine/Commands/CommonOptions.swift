import ArgumentParser

enum DiagnosticsFormat: String, ExpressibleByArgument, CaseIterable {
    case text, json
}

/// What every command that reads a config repository takes.
struct ConfigOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The config repository. (default: the nearest dorc.yaml upwards, or CONFIG_REPO_PATH)", valueName: "dir"),
        completion: .directory)
    var config: String?

    @Option(help: "How mistakes are shown: text on standard error, or JSON on standard output.")
    var diagnosticsFormat: DiagnosticsFormat = .text
}
