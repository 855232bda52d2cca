import DorcModel
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

    func result(_ text: String) { Self.write(text, to: STDOUT_FILENO) }

    func say(_ text: String) { Self.write(text, to: STDERR_FILENO) }

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

    /// Not buffered; a reader that has gone away is no mistake of ours.
    private static func write(_ text: String, to descriptor: Int32) {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0 && errno != EINTR { return }
            rest = rest.dropFirst(max(0, count))
        }
    }
}
