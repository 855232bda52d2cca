/// The reference documentation of a file's keys, as Markdown, from their declarations.
package struct ReferenceDocument {
    private var text: String
    private var pending: [(title: String, shape: ObjectShape)] = []
    private var described: Set<String> = []

    /// `dorc.yaml`.
    package static var projectFile: String { render("dorc.yaml", ProjectFile.type.shape) }

    /// `pipeline.yaml`.
    package static var pipelineFile: String { render("pipeline.yaml", PipelineFile.type.shape) }

    /// The files of a `tests` folder.
    package static var caseFile: String { render("Case files", CaseFile.type.shape) }

    private static func render(_ title: String, _ shape: ObjectShape) -> String {
        var document = ReferenceDocument(
            text: """
                # \(title)

                Every key, from the declarations in `Sources/DorcConfig/Sections/`. An unknown key is an error. \
                A key in bold is required.


                """)
        document.pending = [(title, shape)]
        while !document.pending.isEmpty {
            let (title, shape) = document.pending.removeFirst()
            document.append(shape, title: title)
        }
        return document.text
    }

    private init(text: String) {
        self.text = text
    }

    private static let tableHead = "\n| key | value | default | |\n| --- | --- | --- | --- |\n"

    /// The tables that are too long to be read in one piece: the first key of each part, and its heading.
    private static let groups: [String: [(first: String, title: String)]] = [
        "pipeline.yaml": [
            ("description", "About the pipeline"), ("timeout", "Its runs"), ("defaults", "Its functions"),
            ("notifications", "Notices"), ("access", "Permissions"), ("steps", "Workflow"),
            ("schedule", "Triggers and environments"),
        ],
        "A step": [
            ("name", "What it does"), ("after", "When it runs"), ("for_each", "Loops"), ("retry", "Errors"),
            ("command", "Containers that were built elsewhere"),
        ],
        "An environment": [
            ("account", "Place and values"), ("vpc_id", "Network of an environment"),
            ("encryption_key", "Encryption and policies"), ("notifications", "Notices and defaults"),
        ],
    ]

    private mutating func append(_ object: ObjectShape, title: String) {
        guard described.insert(object.name).inserted else { return }
        text += "## \(title)\n"
        let groups = Self.groups[title] ?? []
        if groups.isEmpty { text += Self.tableHead }
        for key in object.keys {
            if let group = groups.first(where: { $0.first == key.name }) {
                text += "\n### \(group.title)\n" + Self.tableHead
            }
            let name = key.isRequired ? "**`\(key.name)`**" : "`\(key.name)`"
            let row = [name, Self.words(of: key.shape), Self.words(of: key.default), key.summary]
            text += "| " + row.map(Self.cell).joined(separator: " | ") + " |\n"
            collect(key.shape, of: key.name, in: title)
        }
        text += "\n"
    }

    /// Notes the objects inside a value, which get sections of their own.
    private mutating func collect(_ shape: Shape, of key: String, in title: String) {
        switch shape {
        case .object(let object): pending.append((Self.heading(object), object))
        case .list(let list): collect(list.items, of: key, in: title)
        case .map(let map): collect(map.values, of: key, in: title)
        case .either(let left, let right):
            collect(left, of: key, in: title)
            collect(right, of: key, in: title)
        case .described(_, let shape): collect(shape, of: key, in: title)
        case .string, .boolean, .integer, .number, .duration, .choice, .json: break
        }
    }

    private static func heading(_ object: ObjectShape) -> String {
        let name = object.name
        return name.prefix(1).uppercased() + name.dropFirst()
    }

    private static func words(of shape: Shape) -> String {
        switch shape {
        case .object(let object): "[\(object.name)](#\(anchor(heading(object))))"
        case .list(let list): "list: \(words(of: list.items))"
        case .map(let map): "mapping of \(map.keys), each \(words(of: map.values))"
        case .either(let left, let right): "\(words(of: left)), or \(words(of: right))"
        case .string, .boolean, .integer, .number, .duration, .choice, .json, .described: shape.words
        }
    }

    private static func words(of value: KeyDefault) -> String {
        switch value {
        case .none: ""
        case .value(let text): "`\(text)`"
        case .words(let words): words
        }
    }

    /// As GitHub makes it of a heading.
    private static func anchor(_ heading: String) -> String {
        String(heading.lowercased().filter { $0.isLetter || $0.isNumber || $0 == "-" || $0 == "_" || $0 == " " })
            .split(separator: " ").joined(separator: "-")
    }

    private static func cell(_ text: String) -> String {
        text.split(separator: "|", omittingEmptySubsequences: false).joined(separator: "\\|")
    }
}
