import Schedules
import DorcConfig
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

/// Today's date and the machine's time zone data, for `check` alone: what is written never depends on them.
enum SystemClock {
    /// `DORC_TODAY` sets another date, for tests: `2031-03-21`, or `2031-03-21T06:00:00Z`.
    static var calendarCheck: ScheduleCalendarCheck {
        let given = Surroundings.variable("DORC_TODAY").flatMap { UTCTime($0) }
        return ScheduleCalendarCheck(now: given?.seconds ?? Surroundings.seconds, zones: zone)
    }

    /// Where systems keep the tz database.
    private static let folders = ["/usr/share/zoneinfo", "/usr/lib/zoneinfo", "/usr/share/lib/zoneinfo"]

    /// The largest file of the database has about 4 kB.
    private static let (usualSize, longestFile) = (1 << 12, 1 << 16)

    /// Nil where there is no file that can be read. Links are followed: many zones are links.
    private static func zone(_ name: String) -> ZoneRules? {
        guard TimeZones.isKnown(name) else { return nil }
        for folder in folders {
            guard let file = try? OpenFile("\(folder)/\(name)", .reading),
                let bytes = try? file.bytes(size: usualSize, limit: longestFile), let rules = ZoneRules(file: bytes)
            else { continue }
            return rules
        }
        return nil
    }
}
