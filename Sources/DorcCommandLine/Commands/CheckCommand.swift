import Schedules
import DorcConfig
import ArgumentParser
import DorcConfig
import DorcSynth
import DorcTemplates
import DorcText
import Schedules

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
    static func zone(_ name: String) -> ZoneRules? {
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
