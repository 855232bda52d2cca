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
              dorc-synth check --strict --diagnostics-format sarif > dorc.sarif
            """)

    @OptionGroup var reading: ReadingOptions

    @Flag(help: "Fail on warnings too.")
    var strict = false

    func run() throws {
        try options.run().check()
    }

    var options: CheckOptions { CheckOptions(reading: reading.options, strict: strict) }
}

/// What `check` is told.
struct CheckOptions: Equatable {
    var reading = ReadingOptions.Values()
    var strict = false

    /// Bytes of a YAML template above which its JSON is looked at too: that is half as long again, and may be too large
    /// where the YAML is not.
    private static let largeTemplate = 400_000

    func run() throws -> ExitStatus {
        let console = Console()
        let folder = try ConfigLocation.resolve(reading.config)
        var compilation = try Compilation(
            folder: folder, calendar: SystemClock.calendarCheck, checksCases: true)
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
        console.report(compilation.diagnostics, as: reading.diagnosticsFormat, of: folder)
        if compilation.diagnostics.hasErrors { return .mistakes }
        let warnings = strict ? compilation.diagnostics.sorted.count { $0.severity == .warning } : 0
        if warnings > 0 {
            let project = compilation.graph.map { "\($0.project): " } ?? ""
            console.say(
                "\(project)\(warnings == 1 ? "1 warning fails" : "\(warnings) warnings fail") the check (--strict)\n")
            return .mistakes
        }
        if let graph = compilation.graph, !reading.diagnosticsFormat.isDocument {
            let stacks = graph.order.reduce(0) { $0 + graph[$1].destinations.count }
            console.say("\(graph.project): \(stacks) stacks, no mistakes\n")
        }
        return .success
    }
}
