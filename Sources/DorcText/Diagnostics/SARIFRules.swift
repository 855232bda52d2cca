/// The catalogue of diagnostics as the rules of a SARIF log.
struct SARIFRules {
    private(set) var values: [JSONValue<String>] = []
    private(set) var indices: [DiagnosticID: Int] = [:]

    init() {
        for group in DiagnosticGroup.allCases {
            for id in DiagnosticID.allCases {
                guard let entry = group.entry(of: id) else { continue }
                indices[id] = values.count
                values.append(Self.rule(id, entry, group))
            }
        }
    }

    private static func rule(_ id: DiagnosticID, _ entry: DiagnosticEntry, _ group: DiagnosticGroup) -> JSONValue<
        String
    > {
        let cause = sentence(entry.cause)
        let warning = entry.warning.map { " A warning where " + $0 + "." } ?? ""
        let cure = sentence(entry.cure)
        return .members([
            "id": .text(id.rawValue), "name": .text(name(id)),
            "shortDescription": text(cause), "fullDescription": text(cause + warning),
            "help": .members([
                "text": .text("\(cause)\(warning)\n\(cure)"),
                "markdown": .text(markdown(cause + warning, cure, entry.example)),
            ]),
            "defaultConfiguration": .members(["level": .text(entry.severity.rawValue)]),
            // GitHub, "SARIF support for code scanning": what it sorts rules by.
            "properties": .members([
                "tags": .texts(["dorc", group.title]), "precision": .text("very-high"),
                "problem.severity": .text(entry.severity == .note ? "recommendation" : entry.severity.rawValue),
            ]),
        ])
    }

    private static func text(_ text: String) -> JSONValue<String> { .members(["text": .text(text)]) }

    /// As in `UnknownKey`.
    private static func name(_ id: DiagnosticID) -> String {
        id.rawValue.split(separator: "-").map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
    }

    private static func sentence(_ clause: String) -> String {
        guard let first = clause.first else { return clause }
        return first.uppercased() + clause.dropFirst() + (clause.hasSuffix(".") ? "" : ".")
    }

    private static func markdown(_ cause: String, _ cure: String, _ example: DiagnosticExample) -> String {
        var text = "\(cause)\n\n**What to do:** \(cure)\n"
        if case .files(let files) = example {
            text += "\nAn example that leads to it:\n"
            for file in files { text += "\n`\(file.path)`\n\n```\n\(file.text)```\n" }
        }
        return text
    }
}
