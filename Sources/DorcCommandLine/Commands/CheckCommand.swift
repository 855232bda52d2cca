import ArgumentParser
import DorcConfig
import DorcSynth
import DorcTemplates
import DorcText

/// `dorc-synth check`: everything that `synth` does but write.
struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Report every mistake in a config repository; write nothing.",
        discussion: """
            EXAMPLES
              dorc-synth check
              dorc-synth check --config pipelines/ --diagnostics-format json
            """)

    @OptionGroup var reading: ReadingOptions

    func run() throws {
        try options.run().check()
    }

    var options: CheckOptions { CheckOptions(reading: reading.options) }
}

/// What `check` is told.
struct CheckOptions: Equatable {
    var reading = ReadingOptions.Values()

    /// Bytes of a YAML template above which its JSON is looked at too: that is half as long again, and may be too large
    /// where the YAML is not.
    private static let largeTemplate = 400_000

    func run() throws -> ExitStatus {
        let console = Console()
        let folder = try ConfigLocation.resolve(reading.config)
        var compilation = try Compilation(folder: folder, calendar: SystemClock.calendarCheck)
        if let graph = compilation.graph, !compilation.diagnostics.hasErrors {
            let findings = Parallel.map(graph.order) { index in
                var findings = Diagnostics()
                let template = TemplateRenderer(graph, format: .yaml).render(index, into: &findings)
                if template.bytes.count > Self.largeTemplate, !findings.hasErrors {
                    findings = Diagnostics()
                    _ = TemplateRenderer(graph, format: .json).render(index, into: &findings)
                }
                return findings
            }
            for finding in findings { compilation.diagnostics.report(contentsOf: finding) }
        }
        console.report(compilation.diagnostics, as: reading.diagnosticsFormat)
        if compilation.diagnostics.hasErrors { return .mistakes }
        if let graph = compilation.graph, reading.diagnosticsFormat == .text {
            let stacks = graph.order.reduce(0) { $0 + graph[$1].destinations.count }
            console.say("\(graph.project): \(stacks) stacks, no mistakes\n")
        }
        return .success
    }
}
