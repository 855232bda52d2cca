import ArgumentParser
import DorcDiagrams
import DorcModel

/// `dorc-synth graph`: draws the pipelines.
struct Graph: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "graph",
        abstract: "Draw pipelines and what starts them.",
        discussion: """
            Without a pipeline it draws the project: its pipelines and which of them start others. As HTML it is one \
            page with the project and each pipeline, to be opened in a browser; it needs no network.

            EXAMPLES
              dorc-synth graph --format html --output graph.html
              dorc-synth graph raw/census --format svg --output census.svg
              dorc-synth graph raw/census          a flowchart of Mermaid, for GitHub
              dorc-synth graph --format dot | dot -Tpdf -o graph.pdf
            """)

    enum Format: String, ExpressibleByArgument, CaseIterable {
        case mermaid, dot, svg, html
    }

    @Argument(
        help: ArgumentHelp("Draw this pipeline.", valueName: "layer/name"), completion: ProjectNames.pipelines)
    var pipeline: String?

    @OptionGroup var reading: ReadingOptions

    @Option(help: "Write the diagram in this format.")
    var format: Format = .mermaid

    @Option(
        help: ArgumentHelp(
            "Draw what applies in this environment. (default: in any; values that differ are the last one's)",
            valueName: "name"),
        completion: ProjectNames.environments)
    var environment: String?

    @Option(
        help: ArgumentHelp("Write to this file instead of standard output.", valueName: "file"), completion: .file())
    var output: String?

    func run() throws {
        try run(Console()).check()
    }

    private func run(_ console: Console) throws -> ExitStatus {
        if reading.diagnosticsFormat != .text, output == nil {
            throw ValidationError(
                "name the file for the diagram with `--output`: the diagnostics have standard output to themselves")
        }
        guard
            let project = try ProjectReading(
                reading.options, environments: environment.map { [$0] } ?? [], pipelines: pipeline.map { [$0] } ?? [],
                console: console)
        else { return .mistakes }
        let text = drawing(of: project.project)
        guard let output else {
            console.result(text)
            return .success
        }
        do throws(OutputError) {
            try replaceFile(output, Array(text.utf8))
            return .success
        } catch {
            console.say("error: \(error)\n")
            return .failure
        }
    }

    private func drawing(of project: Project) -> String {
        // What starts a pipeline may be in any other one.
        let diagram = DiagramBuilder(project, environment: environment).diagram
        guard let name = pipeline, let one = diagram.pipelines.first(where: { $0.id.description == name }) else {
            return switch format {
            case .mermaid: MermaidWriter.text(of: diagram)
            case .dot: DOTWriter.text(of: diagram)
            case .svg: SVGWriter.document(of: diagram)
            case .html: PageWriter.text(of: diagram)
            }
        }
        return switch format {
        case .mermaid: MermaidWriter.text(of: one)
        case .dot: DOTWriter.text(of: one)
        case .svg: SVGWriter.document(of: one)
        case .html: PageWriter.text(of: diagram.only(one.id))
        }
    }
}
