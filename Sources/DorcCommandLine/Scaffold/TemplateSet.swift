import ScaffoldTemplates

/// The folders of a template folder: what each makes and where its files go.
enum TemplateGroup: String, CaseIterable, Sendable {
    /// Into the new project's folder.
    case project
    /// Into `<source>/<layer>/<pipeline>/`.
    case pipeline
    /// Into `<source>/<layer>/<pipeline>/<function>/`.
    case function
}

/// A starting point. Its path below its group is Stencil text too; where the path ends in `.stencil`, the contents are,
/// and the file is made without that ending. Any other file is copied byte for byte.
struct Template: Equatable, Sendable {
    static let suffix = ".stencil"

    /// Below the group's folder, with `/` between its parts.
    var path: String
    /// The path to show in messages.
    var shownPath: String
    var contents: [UInt8]
}

/// The starting points that scaffolding chooses from, by group, in the order of their paths.
struct TemplateSet: Equatable, Sendable {
    private var groups: [TemplateGroup: [Template]] = [:]

    subscript(_ group: TemplateGroup) -> [Template] {
        get { groups[group] ?? [] }
        set { groups[group] = newValue.sorted { $0.path < $1.path } }
    }

    /// The ones in the binary.
    static let builtIn: TemplateSet = {
        var set = TemplateSet()
        for (path, contents) in EmbeddedTemplates.all {
            let parts = path.split(separator: "/", maxSplits: 1).map(String.init)
            guard parts.count == 2, let group = TemplateGroup(rawValue: parts[0]) else { continue }
            set[group].append(Template(path: parts[1], shownPath: "templates/" + path, contents: contents))
        }
        return set
    }()
}
