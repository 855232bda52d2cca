package import DorcConfig
package import DorcText
package import DorcYAML

/// What an importer makes of another tool's repository. Nothing here touches the disk.
///
///     read:   SourceTree of the other tool
///               -> what it defines, each part with its place             (Dorc/, Airflow/)
///     map:      -> ProjectFile, PipelineFile ...: sections of DorcConfig, encoded by their own keys
///               -> ImportedFile                                          what to write, with comments where a decision is due
///               -> ImportLedger                                          what became of every key that was read
///             -> ImportResult
package struct ImportResult: Sendable {
    /// As it is called in dorc.yaml; the default name of the folder that is written to.
    package var project: String
    /// By path, each path once.
    package var files: [ImportedFile]
    package var report: ImportReport
    /// Of files of the other tool's that could not be read. Where there are any, there are no files to write: what is missing from
    /// an import in part would be missed later.
    package var mistakes: [ImportMistake]

    package init(project: String, files: [ImportedFile], ledger: ImportLedger, mistakes: [ImportMistake] = []) {
        self.project = project
        self.files = files.sorted { $0.path < $1.path }
        self.report = ledger.report(of: self.files)
        self.mistakes = mistakes
    }
}

/// A file of the other tool's that cannot be read.
package struct ImportMistake: Sendable, Equatable {
    package var range: SourceRange
    package var words: String

    package init(at range: SourceRange, _ words: String) {
        self.range = range
        self.words = words
    }
}

/// A file to create.
package struct ImportedFile: Sendable {
    package enum Content: Sendable {
        case text(String)
        /// A file of the other tool's repository as it is.
        case copy(of: String)
    }

    /// Relative to the config repository.
    package var path: String
    package var content: Content

    package init(path: String, _ content: Content) {
        self.path = path
        self.content = content
    }

    /// A dorc.yaml, pipeline.yaml or other file of dorc's with `comments`.
    package init(path: String, _ section: some Section, comments: YAMLComments) {
        self.init(path: path, yaml: Self.node(section), comments: comments)
    }

    package init(path: String, yaml: YAMLNode, comments: YAMLComments = YAMLComments()) {
        self.init(path: path, .text(YAMLText.file(yaml, layout: .blocks, comments: comments)))
    }

    private static func node<Object: Section>(_ section: Object) -> YAMLNode { Object.type.encode(section) }
}

extension Located {
    /// Of a value that is made, not read.
    package init(made value: Value) { self.init(value, Origin().range) }
}

extension LocatedMap {
    package init(made entries: [(String, Value)]) {
        self.init()
        for (key, value) in entries { append(.init(key: Located<String>(made: key), value: value)) }
    }
}

extension YAMLComments {
    /// A decision that is due: what the file of the other tool says, and where.
    ///
    /// - Parameter key: what has to be written, as in `schedule`.
    package mutating func todo(_ key: String, _ words: String, from range: SourceRange, at path: [YAMLPathPart]) {
        add("TODO \(key): \(range.path):\(range.start.line): \(words)", at: path)
    }
}
