internal import DorcText

/// What a module imports of the folder's other modules: copied along, so that the handler can import it.
extension PythonFiles {
    /// A file, and where it has to be beside the handler.
    struct Companion: Sendable, Equatable {
        var path: String
        var name: String
    }

    /// More than that is an application of its own.
    private static let most = 50

    /// Of a module and of those that it imports, in turn.
    func companions(of callable: Callable) -> [Companion] {
        var found: [Companion] = []
        var seen: Set<String> = [callable.path]
        var queue = [callable.path]
        while let path = queue.popLast(), found.count < Self.most {
            let folder = path.split(separator: "/").dropLast().joined(separator: "/")
            for module in imports(of: path) {
                let name = module.split(separator: ".").joined(separator: "/") + ".py"
                guard let other = find(name, near: folder), seen.insert(other).inserted, name != "lambda.py",
                    !found.contains(where: { $0.name == name }),
                    name != "\(callable.module).py"
                else { continue }
                found.append(Companion(path: other, name: name))
                queue.append(other)
            }
        }
        return found.sorted { $0.name < $1.name }
    }

    /// Whether a name of a module is a function, a class or a variable of it, or imported by it.
    func defines(_ callable: Callable) -> Bool {
        guard let bytes = try? tree.read(callable.path, limit: 1 << 20) else { return false }
        let name = callable.name
        for line in bytes.split(separator: UInt8(ascii: "\n")) {
            let words = String(decoding: line.prefix(400), as: UTF8.self).split { " \t\r(),;:=[".contains($0) }.map(
                String.init)
            guard let first = words.first else { continue }
            // A name on a line of its own may belong to an import over several lines.
            if first == name || ["def", "class", "async", "import", "from"].contains(first) && words.contains(name) {
                return true
            }
            if first == "from", words.last == "*" { return true }
        }
        return false
    }

    /// Nil where it is not a `def` at the top of the module.
    func signature(of callable: Callable) -> PythonSignature? {
        guard let bytes = try? tree.read(callable.path, limit: 1 << 20) else { return nil }
        return PythonSignature(of: callable.name, in: String(decoding: bytes, as: UTF8.self))
    }

    /// Packages that a module and those of the folder that it imports need, as they are imported: neither Python's own nor in Lambda's
    /// base image.
    func packages(of callable: Callable) -> [String] {
        var found: Set<String> = []
        let modules = [callable.path] + companions(of: callable).map(\.path)
        for path in modules {
            let folder = path.split(separator: "/").dropLast().joined(separator: "/")
            for module in imports(of: path) {
                let top = module.split(separator: ".").first.map(String.init) ?? module
                let isOwn =
                    find("\(top).py", near: folder) != nil
                    || paths.contains { $0.hasPrefix("\(top)/") || $0.contains("/\(top)/") }
                if !isOwn, !PythonModules.isGiven(top) { found.insert(top) }
            }
        }
        return found.sorted()
    }

    /// The modules that are named after `import` and `from`, each once; for `from a import b`, `a.b` too.
    private func imports(of path: String) -> [String] {
        guard let bytes = try? tree.read(path, limit: 1 << 20) else { return [] }
        var modules: [String] = []
        func add(_ text: some StringProtocol) {
            let name = text.trimmed
            let parts = name.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
            if parts.allSatisfy(Self.isIdentifier), !modules.contains(name) { modules.append(name) }
        }
        for line in bytes.split(separator: UInt8(ascii: "\n")) {
            let words = String(decoding: line.prefix(400), as: UTF8.self).split { " \t\r(),;".contains($0) }
            guard let first = words.first, words.count > 1 else { continue }
            if first == "import" {
                var isName = true
                for word in words.dropFirst() {
                    if word == "as" { isName = false } else if isName { add(word) } else { isName = true }
                }
            } else if first == "from", words.count > 3, words[2] == "import" {
                add(words[1])
                for word in words.dropFirst(3) where word != "as" { add("\(words[1]).\(word)") }
            }
        }
        return modules
    }
}
