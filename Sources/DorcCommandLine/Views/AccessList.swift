import DorcModel
import DorcText

/// What each function may do with data: its `access` and `permissions` in words. Functions that have neither share a role that may not.
struct AccessList {
    struct Entry {
        /// As in `raw/census/extract`.
        var function: String
        /// A word of `access`, or the actions of a statement of `permissions`.
        var may: String
        var on: String
        var environments: [String]
    }

    private let reading: ProjectReading
    /// By pipeline and function, each in the order of the files.
    private(set) var entries: [Entry] = []

    init(_ reading: ProjectReading) {
        self.reading = reading
        for pipeline in reading.pipelines {
            var own: [Entry] = []
            for (environment, definition) in reading.definitions(of: pipeline) {
                for function in definition.functions {
                    for (may, on) in Self.rights(of: function) {
                        Self.add("\(pipeline.id)/\(function.name)", may, on, in: environment.name, to: &own)
                    }
                }
            }
            // A right of a later environment alone goes to the others of its function.
            for (index, entry) in own.enumerated()
            where !own[..<index].contains(where: { $0.function == entry.function }) {
                entries += own.filter { $0.function == entry.function }
            }
        }
    }

    private static func rights(of function: Function) -> [(may: String, on: String)] {
        let words = (function.access?.grants ?? []).map { (may: $0.word.rawValue, on: $0.shown) }
        return words
            + (function.permissions ?? []).map { permission in
                (
                    may: permission.actions.joined(separator: ", "),
                    on: permission.resources.map(\.shown).joined(separator: ", ")
                )
            }
    }

    private static func add(
        _ function: String, _ may: String, _ on: String, in environment: String, to entries: inout [Entry]
    ) {
        if let index = entries.firstIndex(where: { $0.function == function && $0.may == may && $0.on == on }) {
            if entries[index].environments.last != environment { entries[index].environments.append(environment) }
        } else {
            entries.append(Entry(function: function, may: may, on: on, environments: [environment]))
        }
    }

    func table(width: Int?) -> String {
        guard !entries.isEmpty else { return "No function has `access` or `permissions`.\n" }
        var table = TextTable([
            .init(title: "FUNCTION", isFlexible: true), .init(title: "MAY", isFlexible: true),
            .init(title: "ON", isFlexible: true), .init(title: "ENVIRONMENTS"),
        ])
        let all = reading.environments.map(\.name)
        for (index, entry) in entries.enumerated() {
            let isFirst = index == 0 || entries[index - 1].function != entry.function
            table.rows.append([
                isFirst ? entry.function : "", entry.may, entry.on,
                entry.environments == all ? "all" : entry.environments.joined(separator: ", "),
            ])
        }
        return table.render(width: width)
    }

    func json() -> String {
        guard !entries.isEmpty else { return "[]\n" }
        let lines = entries.map { entry in
            let environments = entry.environments.map { JSONText.literal($0) }.joined(separator: ", ")
            return "  {\"function\": \(JSONText.literal(entry.function)), \"may\": \(JSONText.literal(entry.may)),"
                + " \"on\": \(JSONText.literal(entry.on)), \"environments\": [\(environments)]}"
        }
        return "[\n" + lines.joined(separator: ",\n") + "\n]\n"
    }
}
