import ArgumentParser
import DorcText

/// `dorc-synth explain`: cause and cure of a diagnostic.
struct ExplainCommand: ParsableCommand {
    enum Format: String, ExpressibleByArgument, CaseIterable {
        case text, json
    }

    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Explain a diagnostic: its cause, its cure and an example.",
        discussion: """
            The id is the word in brackets, as in error[unknown-key]. Without one, all are listed.

            EXAMPLES
              dorc-synth explain unknown-key
              dorc-synth explain
            """)

    @Argument(
        help: "The id of a diagnostic.",
        completion: .custom { _, _, prefix in DiagnosticID.allCases.map(\.rawValue).filter { $0.hasPrefix(prefix) } })
    var id: String?

    @Option(help: "Print text or JSON.")
    var format: Format = .text

    func run() throws {
        let console = Console()
        guard let id else {
            console.result(
                format == .json
                    ? DiagnosticExplanation.allAsJSON() : DiagnosticExplanation.list(width: TerminalWindow.width))
            return
        }
        let found = try Self.find(id)
        guard let explanation = DiagnosticExplanation(found) else {
            throw WrongChoice("`\(found.rawValue)` is not in the catalogue")
        }
        console.result(format == .json ? explanation.json + "\n" : explanation.text)
    }

    /// Also takes `error[unknown-key]:`, as it is copied from a report.
    private static func find(_ text: String) throws -> DiagnosticID {
        var name = text.lowercased()
        if let open = name.firstIndex(of: "["), let close = name[open...].firstIndex(of: "]") {
            name = String(name[name.index(after: open)..<close])
        }
        if let id = DiagnosticID(rawValue: name) { return id }
        let near = Suggestion.closest(to: name, among: DiagnosticID.allCases.map(\.rawValue))
        throw WrongChoice(
            "there is no diagnostic `\(text)`" + (near.map { "; did you mean `\($0)`?" } ?? "")
                + "\n`dorc-synth explain` lists all.")
    }
}
