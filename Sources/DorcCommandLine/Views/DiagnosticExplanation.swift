import DorcText

/// What the catalogue says of an id.
struct DiagnosticExplanation {
    private let id: DiagnosticID
    private let group: DiagnosticGroup
    private let entry: DiagnosticEntry

    /// Nil for an id that the catalogue does not have: a test sees to it that there is none.
    init?(_ id: DiagnosticID) {
        guard let group = DiagnosticGroup.allCases.first(where: { $0.entry(of: id) != nil }),
            let entry = group.entry(of: id)
        else { return nil }
        (self.id, self.group, self.entry) = (id, group, entry)
    }

    private static var all: [(group: DiagnosticGroup, explanations: [DiagnosticExplanation])] {
        DiagnosticGroup.allCases.map { ($0, $0.ids.compactMap { DiagnosticExplanation($0) }) }
    }

    /// The page of the documentation, in the repository.
    private var page: String? { entry.page.map { "docs/\($0)" } }

    var text: String {
        var text = "\(entry.severity.rawValue)[\(id.rawValue)]: \(Self.sentence(entry.cause))\n"
        if let warning = entry.warning { text += "\nA warning only: \(Self.sentence(warning))\n" }
        text += "\nWhat to do: \(Self.sentence(entry.cure))\n"
        switch entry.example {
        case .words(let words): text += "\nExample: \(Self.sentence(words))\n"
        case .files(let files):
            text += "\nExample:\n"
            for file in files {
                let lines = file.text.split(separator: "\n", omittingEmptySubsequences: false)
                text += "\n  # \(file.path)\n"
                text += (lines.last?.isEmpty == true ? lines.dropLast() : lines[...]).map {
                    $0.isEmpty ? "\n" : "  \($0)\n"
                }.joined()
            }
        }
        return text + (page.map { "\nMore: \(BuildInformation.address(of: $0))\n" } ?? "")
    }

    private static func sentence(_ clause: String) -> String {
        let end = clause.hasSuffix(".") || clause.hasSuffix("?") ? "" : "."
        return clause.split(separator: "\n").joined(separator: " ") + end
    }

    /// All of them by group, a line each.
    static func list(width: Int?) -> String {
        var text = ""
        for (group, explanations) in all where !explanations.isEmpty {
            var table = TextTable([
                .init(title: group.title.uppercased()), .init(title: ""), .init(title: "", isFlexible: true),
            ])
            table.rows = explanations.map {
                [
                    $0.id.rawValue, $0.entry.severity.rawValue,
                    $0.entry.cause.split(separator: "\n").joined(separator: " "),
                ]
            }
            text += table.render(width: width) + "\n"
        }
        return text + "`dorc-synth explain ID` says more of one.\n"
    }

    static func allAsJSON() -> String {
        "[\n" + all.flatMap(\.explanations).map { "  \($0.json)" }.joined(separator: ",\n") + "\n]\n"
    }

    var json: String {
        let files: [String] =
            switch entry.example {
            case .words: []
            case .files(let files):
                files.map { "{\"path\": \(JSONText.literal($0.path)), \"text\": \(JSONText.literal($0.text))}" }
            }
        var members = [
            "\"id\": \(JSONText.literal(id.rawValue))", "\"group\": \(JSONText.literal(group.title))",
            "\"severities\": [\(entry.severities.map { JSONText.literal($0.rawValue) }.joined(separator: ", "))]",
            "\"cause\": \(JSONText.literal(entry.cause))", "\"cure\": \(JSONText.literal(entry.cure))",
            "\"page\": \(page.map { JSONText.literal($0) } ?? "null")",
        ]
        if case .words(let words) = entry.example {
            members.append("\"example\": \(JSONText.literal(words))")
        } else {
            members.append("\"example\": [\(files.joined(separator: ", "))]")
        }
        return "{\(members.joined(separator: ", "))}"
    }
}
