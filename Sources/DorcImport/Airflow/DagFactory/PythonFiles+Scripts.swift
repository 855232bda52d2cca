internal import DorcText

/// Files that commands of bash name.
extension PythonFiles {
    /// A command that ends so is the name of a file with it (`BashOperator.template_ext`).
    static func isScript(_ command: String) -> Bool { command.hasSuffix(".sh") || command.hasSuffix(".bash") }

    /// In the folder of the DAG, or at the top, as Airflow looks for it.
    func script(_ name: String, near folder: String) -> (path: String, text: String)? {
        var parts: [String] = []
        for part in name.trimmed.split(separator: "/") where part != "." {
            if part != ".." { parts.append(String(part)) } else if parts.popLast() == nil { return nil }
        }
        guard let path = find(parts.joined(separator: "/"), near: folder, in: files),
            let bytes = try? tree.read(path, limit: 1 << 20)
        else { return nil }
        return (path, String(decoding: bytes, as: UTF8.self))
    }

    /// Files of the folder that a command names, by paths of the machine that runs Airflow.
    func mentioned(in command: String, near folder: String) -> [Companion] {
        var found: [Companion] = []
        for word in command.split(whereSeparator: { $0.isWhitespace || "'\"`;&|<>()=$:,".contains($0) }) {
            guard word.split(separator: "/").last?.contains(".") == true, word.utf8.count < 400 else { continue }
            var parts = word.split(separator: "/").map(String.init).filter { $0 != "." && $0 != ".." }
            let isOwn = !word.hasPrefix("/") || word.contains("/dags/")
            while !parts.isEmpty, isOwn || parts.count > 1 {
                let name = parts.joined(separator: "/")
                if let path = find(name, near: folder, in: files), path != "\(folder)/lambda.py" {
                    let isInFolder = !folder.isEmpty && path.hasPrefix("\(folder)/")
                    let name = isInFolder ? String(path.dropFirst(folder.count + 1)) : path
                    if !found.contains(where: { $0.name == name }) { found.append(Companion(path: path, name: name)) }
                    break
                }
                parts.removeFirst()
            }
        }
        return Array(found.prefix(20))
    }
}
