import DorcText

/// Where the program speaks: results on standard output, everything else on standard error.
struct Console: Sendable {
    /// On standard error.
    let hasColour: Bool
    /// On standard output.
    let resultHasColour: Bool

    init() {
        hasColour = Self.hasColour(on: StandardStreams.error)
        resultHasColour = Self.hasColour(on: StandardStreams.output)
    }

    private static func hasColour(on stream: Int32) -> Bool {
        StandardStreams.isATerminal(stream) && Surroundings.variable("NO_COLOR") ?? "" == ""
            && Surroundings.variable("TERM") != "dumb"
    }

    /// Ends the program with an error where it cannot be written.
    func result(_ text: String) {
        if let failure = StandardStreams.write(text, to: StandardStreams.output) { StandardStreams.fail(failure) }
    }

    func say(_ text: String) { _ = StandardStreams.write(text, to: StandardStreams.error) }

    /// `folder` is the config repository.
    func report(_ diagnostics: Diagnostics, as format: DiagnosticsFormat, of folder: String) {
        let sorted = diagnostics.sorted
        switch format {
        case .json: result(DiagnosticJSON.render(sorted))
        case .sarif:
            result(
                DiagnosticSARIF.render(
                    sorted, version: BuildInformation.version, prefix: GitRepository.prefix(of: folder)))
        case .github:
            guard !sorted.isEmpty else { return }
            // GitHub shows ten annotations of a step and the messages of the others in its log, where the lines say more.
            result(DiagnosticGitHub.render(sorted, prefix: GitRepository.prefix(of: folder)))
            sayAll(sorted)
        case .text: sayAll(sorted)
        }
    }

    private func sayAll(_ sorted: [Diagnostic]) {
        guard !sorted.isEmpty else { return }
        say(DiagnosticText(colour: hasColour).render(sorted) + Self.count(sorted) + "\n" + Self.hint(sorted))
    }

    /// Where to read more of what says only what is wrong, and not what to do. Whoever is told what to do needs no catalogue.
    private static func hint(_ diagnostics: [Diagnostic]) -> String {
        let bare = diagnostics.first {
            $0.severity != .note && $0.help == nil && $0.replacement == nil && $0.notes.isEmpty
        }
        return bare.map { "`dorc-synth explain \($0.id.rawValue)` says more\n" } ?? ""
    }

    private static func count(_ diagnostics: [Diagnostic]) -> String {
        let parts = [Diagnostic.Severity.error, .warning, .note].compactMap { severity -> String? in
            let count = diagnostics.count { $0.severity == severity }
            return count == 0 ? nil : "\(count) \(severity.rawValue)\(count == 1 ? "" : "s")"
        }
        return parts.joined(separator: ", ")
    }
}
