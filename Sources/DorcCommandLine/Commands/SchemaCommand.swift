import ArgumentParser
import DorcConfig

extension EditorSchema: ExpressibleByArgument {}

/// `dorc-synth schema dorc|pipeline|cases`: what editors complete and check files by.
struct Schema: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schema",
        abstract: "Print the JSON Schema of dorc.yaml, pipeline.yaml or files with cases, for editors.",
        discussion: """
            `new project` writes all three to .dorc/. Print them again after an update of dorc-synth.

            EXAMPLES
              dorc-synth schema dorc > .dorc/dorc.schema.json
              dorc-synth schema pipeline > .dorc/pipeline.schema.json
              dorc-synth schema cases > .dorc/cases.schema.json
            """)

    @Argument(help: "The file that it is for: dorc (dorc.yaml), pipeline (pipeline.yaml) or cases (tests/*.yaml).")
    var file: EditorSchema

    func run() throws {
        Console().result(file.text)
    }
}
