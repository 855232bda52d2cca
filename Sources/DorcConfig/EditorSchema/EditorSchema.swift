internal import DorcText

/// JSON Schema (2020-12) of dorc.yaml, pipeline.yaml and files with cases, from the declarations of their keys, for editors.
///
///     ObjectShape --SchemaWriter--> JSON Schema --JSONPretty--> text
///
/// It marks no file as wrong that dorc reads. Where an editor's view of a file differs from dorc's, it says less:
///
/// - dorc takes the text of a scalar as it is written, an editor makes a number of `account: 111122223333` and a boolean of
///   `true` (YAML 1.2, core schema). So a string can be a number or a boolean, where one can be written that is right.
/// - An editor does not see CloudFormation's tags: `!ImportValue name` is the string `name`, and `!Split [",", ...]` a list. So
///   nothing is said of the text of a string that can come from a function.
/// - What a string with variables is shows when they are replaced.
///
/// Only keywords that draft 7 has too are used, but for `$defs`, which is reached through `$ref` alone: editors' language
/// servers know no more.
package enum EditorSchema: String, CaseIterable, Sendable {
    case dorc, pipeline, cases

    /// The file that it describes.
    package var describedFile: String {
        switch self {
        case .dorc: "dorc.yaml"
        case .pipeline: "pipeline.yaml"
        case .cases: "tests/*.yaml"
        }
    }

    private var summary: String {
        switch self {
        case .dorc: "What every pipeline of the project shares, and the environments."
        case .pipeline: "The definition of a pipeline."
        case .cases: "Cases of the pipeline in the folder above, for `dorc-synth test`."
        }
    }

    /// Where `dorc-synth new` puts it, in the config repository.
    package var path: String { ".dorc/\(rawValue).schema.json" }

    package var text: String { JSONPretty.file(value) }

    private var value: JSONValue<String> {
        let shape =
            switch self {
            case .dorc: ProjectFile.type.shape
            case .pipeline: PipelineFile.type.shape
            case .cases: CaseFile.type.shape
            }
        var writer = SchemaWriter()
        let root = writer.object(shape)
        let head: [JSONValue<String>.Member] = [
            .init(name: "$schema", value: .text("https://json-schema.org/draft/2020-12/schema")),
            .init(name: "$id", value: .text("urn:dorc:schema:\(rawValue)")),
            .init(name: "title", value: .text(describedFile)),
            .init(name: "description", value: .text(summary)),
        ]
        let definitions = writer.finish().map { JSONValue<String>.Member(name: $0.name, value: $0.value) }
        return .object(head + root + [.init(name: "$defs", value: .object(definitions))])
    }
}
