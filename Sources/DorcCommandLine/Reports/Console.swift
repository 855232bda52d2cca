import DorcText

/// Where the program speaks: results on standard output, everything else on standard error.
struct Console: Sendable {
    private let hasColour: Bool

    init() {
        hasColour = Self.hasColour(on: StandardStreams.error)
    }

    static func hasColour(on stream: Int32) -> Bool {
        StandardStreams.isATerminal(stream) && Surroundings.variable("NO_COLOR") ?? "" == ""
            && Surroundings.variable("TERM") != "dumb"
    }

    /// Ends the program with an error where it cannot be written.
    func result(_ text: String) {
        if let failure = StandardStreams.write(text, to: StandardStreams.output) { StandardStreams.fail(failure) }
    }

    func say(_ text: String) { _ = StandardStreams.write(text, to: StandardStreams.error) }

    func report(_ diagnostics: Diagnostics, as format: DiagnosticsFormat) {
        let sorted = diagnostics.sorted
        switch format {
        case .json: result(DiagnosticJSON.render(sorted))
        case .text:
            guard !sorted.isEmpty else { return }
            say(DiagnosticText(colour: hasColour).render(sorted) + Self.count(sorted) + "\n")
        }
    }

    private static func count(_ diagnostics: [Diagnostic]) -> String {
        let parts = [Diagnostic.Severity.error, .warning, .note].compactMap { severity -> String? in
            let count = diagnostics.count { $0.severity == severity }
            return count == 0 ? nil : "\(count) \(severity.rawValue)\(count == 1 ? "" : "s")"
        }
        return parts.joined(separator: ", ")
    }
}
