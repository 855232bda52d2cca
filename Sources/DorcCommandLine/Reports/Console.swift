import DorcText
import Glibc

/// Where the program speaks: results on standard output, everything else on standard error.
struct Console: Sendable {
    private let hasColour: Bool

    init() {
        let isTerminal = isatty(STDERR_FILENO) == 1
        let wantsNone = getenv("NO_COLOR").map { $0.pointee != 0 } ?? false
        let isDumb = getenv("TERM").map { String(cString: $0) == "dumb" } ?? false
        hasColour = isTerminal && !wantsNone && !isDumb
    }

    /// Ends the program with an error where it cannot be written.
    func result(_ text: String) {
        if let code = StandardStreams.write(text, to: STDOUT_FILENO) { StandardStreams.fail(code) }
    }

    func say(_ text: String) { _ = StandardStreams.write(text, to: STDERR_FILENO) }

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
