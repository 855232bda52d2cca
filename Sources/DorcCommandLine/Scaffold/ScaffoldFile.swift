/// A file to create: what a template became.
struct ScaffoldFile: Equatable, Sendable {
    /// Relative to the folder that scaffolding writes to, with `/` between its parts.
    var path: String
    var contents: [UInt8]

    init(path: String, contents: [UInt8]) {
        self.path = path
        self.contents = contents
    }

    init(path: String, text: String) {
        self.init(path: path, contents: Array(text.utf8))
    }
}
