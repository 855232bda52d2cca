import ArgumentParser
import DorcSynth
import DorcTemplates
import DorcText

/// `dorc-synth check`: everything that `synth` does but write.
struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Find all mistakes in a config repository; write nothing.",
        discussion: """
            EXAMPLES
              dorc-synth check
              dorc-synth check --config pipelines/ --diagnostics-format json
            """)

    @OptionGroup var options: ConfigOptions

    func run() throws {
        let console = Console()
        let folder = try ConfigLocation.resolve(options.config)
        var compilation = try Compilation(folder: folder, calendar: SystemClock.calendarCheck)
        if let graph = compilation.graph, !compilation.diagnostics.hasErrors {
            let findings = Parallel.map(graph.order) { index in
                var findings = Diagnostics()
                let template = TemplateRenderer(graph, format: .yaml).render(index, into: &findings)
                // As JSON it is half as long again: it may be too large where this is not.
                if template.bytes.count > 400_000, !findings.hasErrors {
                    findings = Diagnostics()
                    _ = TemplateRenderer(graph, format: .json).render(index, into: &findings)
                }
                return findings
            }
            for finding in findings { compilation.diagnostics.report(contentsOf: finding) }
        }
        console.report(compilation.diagnostics, as: options.diagnosticsFormat)
        if compilation.diagnostics.hasErrors { throw ExitCode(1) }
        if let graph = compilation.graph, options.diagnosticsFormat == .text {
            console.say(
                "\(graph.project): \(graph.order.reduce(0) { $0 + graph[$1].destinations.count }) stacks, no mistakes\n"
            )
        }
    }
}
