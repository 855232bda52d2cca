/// The reference documentation of a file's keys, as Markdown, from their declarations.
package struct ReferenceDocument {
    private var text: String
    private var pending: [(title: String, shape: ObjectShape)] = []
    private var described: Set<String> = []

    /// `dorc.yaml`.
    package static var projectFile: String { render("dorc.yaml", ProjectFile.type.shape) }

    /// `pipeline.yaml`.
    package static var pipelineFile: String { render("pipeline.yaml", PipelineFile.type.shape) }

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

    private mutating func append(_ object: ObjectShape, title: String) {
        guard described.insert(object.name).inserted else { return }
        text += "## \(title)\n\n| key | value | default | |\n| --- | --- | --- | --- |\n"
        for key in object.keys {
            let name = key.isRequired ? "**`\(key.name)`**" : "`\(key.name)`"
            let row = [name, Self.words(of: key.shape), key.defaultText ?? "", key.summary]
            text += "| " + row.map(Self.cell).joined(separator: " | ") + " |\n"
            collect(key.shape, of: key.name, in: title)
        }
        text += "\n"
    }

    /// Notes the objects inside a value, which get sections of their own.
    private mutating func collect(_ shape: Shape, of key: String, in title: String) {
        switch shape {
        case .object(let object): pending.append((Self.heading(object), object))
        case .list(let items): collect(items, of: key, in: title)
        case .map(_, let values): collect(values, of: key, in: title)
        case .either(let left, let right):
            collect(left, of: key, in: title)
            collect(right, of: key, in: title)
        case .text, .boolean, .integer, .number, .duration, .choice, .json: break
        }
    }

    private static func heading(_ object: ObjectShape) -> String {
        let name = object.name
        return name.prefix(1).uppercased() + name.dropFirst()
    }

    private static func words(of shape: Shape) -> String {
        switch shape {
        case .object(let object): "[\(object.name)](#\(anchor(heading(object))))"
        case .list(let items): "list: \(words(of: items))"
        case .map(let keys, let values): "mapping of \(keys), each \(words(of: values))"
        case .either(let left, let right): "\(words(of: left)), or \(words(of: right))"
        case .text, .boolean, .integer, .number, .duration, .choice, .json: shape.words
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
