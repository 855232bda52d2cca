import ArgumentParser
import DorcConfig

extension EditorSchema: ExpressibleByArgument {}

/// `dorc-synth schema dorc|pipeline`: what editors complete and check files by.
struct Schema: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schema",
        abstract: "Print the JSON Schema of dorc.yaml or pipeline.yaml, for editors.",
        discussion: """
            `new project` writes both to .dorc/. Print them again after an update of dorc-synth.

            EXAMPLES
              dorc-synth schema dorc > .dorc/dorc.schema.json
              dorc-synth schema pipeline > .dorc/pipeline.schema.json
            """)

    @Argument(help: "The file that it is for: dorc (dorc.yaml) or pipeline (pipeline.yaml).")
    var file: EditorSchema

    func run() throws {
        Console().result(file.text)
    }
}
