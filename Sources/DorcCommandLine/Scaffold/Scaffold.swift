import DorcConfig

/// What `dorc-synth new` makes: answers and blueprints in, files to create out. Nothing here touches the disk.
///
///     answers ──variables──▶ BlueprintSet ──BlueprintText──▶ [ScaffoldFile] ──ScaffoldWriter──▶ disk
///
/// A project holds a first pipeline and a pipeline holds a first function, so each kind adds the files of the next:
/// the blueprints of a pipeline and of a function exist once.
enum Scaffold: Equatable, Sendable {
    case project(ProjectAnswers)
    case pipeline(PipelineAnswers)
    case function(FunctionAnswers)

    /// The files, relative to the config repository, sorted by path.
    ///
    /// - Throws: `ScaffoldError.blueprints` with every mistake in the blueprints; `ScaffoldError.samePath` where two
    ///   blueprints make the same file.
    func files(from blueprints: BlueprintSet) throws(ScaffoldError) -> [ScaffoldFile] {
        var files: [ScaffoldFile] = []
        var mistakes: [BlueprintMistake] = []
        for part in parts {
            for blueprint in blueprints[part.group] {
                do throws(BlueprintMistakes) {
                    var file = try blueprint.file(part.variables)
                    file.path = (part.folder + [file.path]).joined(separator: "/")
                    files.append(file)
                } catch {
                    mistakes += error.all
                }
            }
        }
        guard mistakes.isEmpty else { throw .blueprints(mistakes) }
        if case .project = self {
            // The user's own may have them too.
            for schema in EditorSchema.allCases where !files.contains(where: { $0.path == schema.path }) {
                files.append(ScaffoldFile(path: schema.path, text: schema.text))
            }
        }
        files.sort { $0.path < $1.path }
        for (file, next) in zip(files, files.dropFirst()) where file.path == next.path {
            throw .samePath(file.path)
        }
        return files
    }

    /// One group of blueprints, where its files go, and what they may name.
    private struct Part {
        var group: BlueprintGroup
        var folder: [String]
        var variables: [String: String]
    }

    private var parts: [Part] {
        switch self {
        case .project(let answers):
            var first = answers.first
            first.schemas = Set(EditorSchema.allCases)
            return [Part(group: .project, folder: [], variables: answers.variables)] + Scaffold.pipeline(first).parts
        case .pipeline(let answers):
            return [Part(group: .pipeline, folder: answers.first.pipelineFolder, variables: answers.variables)]
                + Scaffold.function(answers.first).parts
        case .function(let answers):
            return [Part(group: .function, folder: answers.functionFolder, variables: answers.variables)]
        }
    }
}

/// A file to create: what a blueprint became.
struct ScaffoldFile: Equatable, Sendable {
    /// Relative to the folder that scaffolding writes to, with `/` between its parts.
    var path: String
    var contents: [UInt8]
    var isExecutable: Bool

    init(path: String, contents: [UInt8], isExecutable: Bool = false) {
        self.path = path
        self.contents = contents
        self.isExecutable = isExecutable
    }

    init(path: String, text: String) {
        self.init(path: path, contents: Array(text.utf8))
    }
}
