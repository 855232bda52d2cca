/// What `dorc-synth new` makes: answers and templates in, files to create out. Nothing here touches the disk.
///
///     answers ──variables──▶ TemplateSet ──ScaffoldRenderer──▶ [ScaffoldFile] ──ScaffoldWriter──▶ disk
///
/// A project holds a first pipeline and a pipeline holds a first function, so each kind adds the files of the next:
/// the templates of a pipeline and of a function exist once.
enum Scaffold: Equatable, Sendable {
    case project(ProjectAnswers)
    case pipeline(PipelineAnswers)
    case function(FunctionAnswers)

    /// The files, relative to the config repository, sorted by path.
    ///
    /// - Throws: `ScaffoldError.templates` with every mistake in the templates; `ScaffoldError.samePath` where two
    ///   templates make the same file.
    func files(from templates: TemplateSet) throws(ScaffoldError) -> [ScaffoldFile] {
        var files: [ScaffoldFile] = []
        var mistakes: [TemplateMistake] = []
        for part in parts {
            let renderer = ScaffoldRenderer(variables: part.variables)
            for template in templates[part.group] {
                do throws(TemplateMistakes) {
                    var file = try renderer.render(template)
                    file.path = (part.folder + [file.path]).joined(separator: "/")
                    files.append(file)
                } catch {
                    mistakes += error.all
                }
            }
        }
        guard mistakes.isEmpty else { throw .templates(mistakes) }
        files.sort { $0.path < $1.path }
        for (file, next) in zip(files, files.dropFirst()) where file.path == next.path {
            throw .samePath(file.path)
        }
        return files
    }

    /// One group of templates, where its files go, and what they may name.
    private struct Part {
        var group: TemplateGroup
        var folder: [String]
        var variables: [String: String]
    }

    private var parts: [Part] {
        switch self {
        case .project(let answers):
            [Part(group: .project, folder: [], variables: answers.variables)] + Scaffold.pipeline(answers.first).parts
        case .pipeline(let answers):
            [Part(group: .pipeline, folder: answers.first.pipelineFolder, variables: answers.variables)]
                + Scaffold.function(answers.first).parts
        case .function(let answers):
            [Part(group: .function, folder: answers.functionFolder, variables: answers.variables)]
        }
    }
}
