internal import DorcText

/// The Python files of the folder, for callables that DAGs name.
struct PythonFiles: Sendable {
    let paths: [String]
    /// All files of the folder.
    let files: [String]
    let tree: any SourceTree
    /// Whether the folder says which packages its modules need.
    let hasRequirements: Bool

    init(_ paths: [String], in tree: any SourceTree) {
        hasRequirements = paths.contains("requirements.txt")
        files = paths
        self.paths = paths.filter { $0.hasSuffix(".py") }.sorted()
        self.tree = tree
    }

    /// A function in a module.
    struct Callable: Sendable {
        /// In the folder that is imported.
        var path: String
        /// Without `.py`; the module's name once it is beside the handler.
        var module: String
        var name: String
    }

    /// `package.module.function`.
    func callable(_ dotted: String, near folder: String) -> Callable? {
        let parts = dotted.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard parts.count > 1, parts.allSatisfy(Self.isIdentifier), let name = parts.last else { return nil }
        let module = parts.dropLast().joined(separator: "/")
        guard let path = find("\(module).py", near: folder) else { return nil }
        return Self.callable(path, name)
    }

    /// A function of a file, whose path is one of the machine that runs Airflow.
    func callable(_ name: String, file: String, near folder: String) -> Callable? {
        guard Self.isIdentifier(name), file.hasSuffix(".py") else { return nil }
        var parts = file.split(separator: "/").map(String.init).filter { !$0.hasPrefix("$") && $0 != "." && $0 != ".." }
        while !parts.isEmpty {
            if let path = find(parts.joined(separator: "/"), near: folder) { return Self.callable(path, name) }
            parts.removeFirst()
        }
        return nil
    }

    private static func callable(_ path: String, _ name: String) -> Callable? {
        let file = path.split(separator: "/").last.map(String.init) ?? path
        let module = String(file.dropLast(3))
        // What is beside the handler must not be the handler.
        guard isIdentifier(module), module != "lambda" else { return nil }
        return Callable(path: path, module: module, name: name)
    }

    /// In the folder of the DAG, at the top, or the only one that ends so.
    func find(_ path: String, near folder: String, in files: [String]? = nil) -> String? {
        let paths = files ?? paths
        let beside = folder.isEmpty ? path : "\(folder)/\(path)"
        if paths.contains(beside) { return beside }
        if paths.contains(path) { return path }
        let others = paths.filter { $0.hasSuffix("/" + path) }
        return others.count == 1 ? others[0] : nil
    }

    static func isIdentifier(_ text: String) -> Bool {
        guard let first = text.unicodeScalars.first, first == "_" || first.isASCII && first.properties.isAlphabetic
        else {
            return false
        }
        return !keywords.contains(text)
            && text.unicodeScalars.allSatisfy {
                $0 == "_" || $0.isASCII && ($0.properties.isAlphabetic || ("0"..."9").contains($0))
            }
    }

    private static let keywords: Set<String> = [
        "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue", "def", "del",
        "elif",
        "else", "except", "finally", "for", "from", "global", "if", "import", "in", "is", "lambda", "nonlocal", "not",
        "or",
        "pass", "raise", "return", "try", "while", "with", "yield",
    ]
}
