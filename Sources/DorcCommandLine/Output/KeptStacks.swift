import DorcSynth
import DorcTemplates
import DorcText

/// The stacks that a run with `--environment` or `--pipeline` leaves in the folder as they are.
///
/// A folder holds one state of the project: its script builds the images of the project as it is now, and its stacks
/// need each other. So what is kept has to be what the project gives now, too.
struct KeptStacks: Sendable {
    struct Template: Sendable {
        var summary: TemplateSummary
        var bytes: [UInt8]
    }

    /// As the project gives them now, each in the format that it has in the folder. Empty for a run of the whole project.
    let templates: [Template]

    /// - Throws: `OutputError.otherProject` where the folder is another project's.
    init(_ run: SynthRun, previous: Manifest?) throws(OutputError) {
        guard run.selection.isPartial, let previous else {
            templates = []
            return
        }
        guard previous.project == run.graph.project else { throw .otherProject(run.output, named: previous.project) }
        let selected = Set(run.selection.stacks)
        let paths = Dictionary(previous.stacks.map { ($0.name, $0.template) }, uniquingKeysWith: { first, _ in first })
        let graph = run.graph
        templates = Parallel.map(graph.order.filter { !selected.contains($0) }) { index -> Template? in
            guard let path = paths[graph[index].name],
                let format = TemplateFormat.allCases.first(where: { path.hasSuffix(".\($0.rawValue)") })
            else { return nil }
            // Their findings are for a run that writes them.
            var findings = Diagnostics()
            let template = TemplateRenderer(graph, format: format).render(index, into: &findings)
            return Template(summary: template.summary, bytes: template.bytes)
        }.compactMap { $0 }
    }

    /// - Throws: `OutputError.otherState` where they differ from what is in the folder.
    func compare(with folder: String) throws(OutputError) {
        var different: [String] = []
        for template in templates where try readFile("\(folder)/\(template.summary.path)") != template.bytes {
            different.append("\(folder)/\(template.summary.path)")
        }
        guard different.isEmpty else { throw .otherState(folder, templates: different) }
    }
}
