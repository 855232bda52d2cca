import ArgumentParser
import DorcImport
import DorcText

/// `dorc-synth import dorc FOLDER`.
struct ImportDorc: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dorc",
        abstract: "Import a config repository of the Python original.",
        discussion: """
            Reads `__main__.py` of pipelines, with the modules that they import, and Pulumi.<environment>.yaml. Python parses \
            the files and runs none of them: what only running would tell becomes a comment with TODO. Functions, \
            requirements and the Dockerfile are copied. See docs/coming-from-dorc-python.md.

            EXAMPLES
              dorc-synth import dorc ../census-pipelines --dry-run
              dorc-synth import dorc ../census-pipelines --into census
              dorc-synth import dorc . --into .       in place

            \(ImportOptions.exitStatus)
            """)

    @Option(help: ArgumentHelp("Parse with this Python. (default: as for `run`)", valueName: "program"))
    var python: String?

    @OptionGroup var options: ImportOptions

    func run() throws {
        try options.run { tree in
            try DorcImporter(tree: tree, python: PythonParsing(python: python).output).result()
        }
    }
}
