import Foundation

/// The config repositories of the snapshot cases, which the fuzzer changes, and the words in them.
struct Seeds: Sendable {
    struct Repository: Sendable {
        var name: String
        var files: [String: [UInt8]]
    }

    let repositories: [Repository]
    /// Keys of mappings, and other words and numbers, each once, sorted.
    let keys: [String]
    let words: [String]
    /// Pieces of a few lines.
    let pieces: [[String]]

    init(cases folder: String) throws {
        let names = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
        repositories = names.compactMap { name in
            let files = Self.files(below: "\(folder)/\(name)/config")
            return files.isEmpty ? nil : Repository(name: name, files: files)
        }
        guard !repositories.isEmpty else { throw CocoaError(.fileNoSuchFile) }
        var keys: Set<String> = []
        var words: Set<String> = []
        var pieces: [[String]] = []
        for (path, bytes) in repositories.flatMap({ $0.files.sorted { $0.key < $1.key } }) where path.hasSuffix(".yaml")
        {
            let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
            for line in lines {
                let tokens = Token.all(in: Array(line.utf8))
                for (range, isKey) in tokens {
                    let word = String(decoding: Array(line.utf8)[range], as: UTF8.self)
                    if isKey { keys.insert(word) } else if word.utf8.count < 200 { words.insert(word) }
                }
            }
            for start in stride(from: 0, to: lines.count, by: 5) {
                pieces.append(Array(lines[start..<min(lines.count, start + 5)]))
            }
        }
        self.keys = keys.sorted()
        self.words = words.sorted()
        self.pieces = pieces
    }

    static func files(below root: String) -> [String: [UInt8]] {
        var files: [String: [UInt8]] = [:]
        for case let path as String in FileManager.default.enumerator(atPath: root) ?? .init() {
            guard let data = FileManager.default.contents(atPath: "\(root)/\(path)") else { continue }
            var isFolder: ObjCBool = false
            if FileManager.default.fileExists(atPath: "\(root)/\(path)", isDirectory: &isFolder), isFolder.boolValue {
                continue
            }
            files[path] = [UInt8](data)
        }
        return files
    }
}

/// Words of YAML text, as far as a fuzzer needs to know them.
enum Token {
    /// Runs of characters that are neither space nor punctuation of YAML; a key is one before a colon.
    static func all(in bytes: [UInt8]) -> [(range: Range<Int>, isKey: Bool)] {
        var found: [(Range<Int>, Bool)] = []
        var start: Int?
        for index in 0...bytes.count {
            let isPart = index < bytes.count && !separators.contains(bytes[index])
            if isPart, start == nil { start = index }
            if !isPart, let begin = start {
                let isKey =
                    index < bytes.count && bytes[index] == UInt8(ascii: ":")
                    && (index + 1 == bytes.count || bytes[index + 1] == UInt8(ascii: " ")
                        || bytes[index + 1] == UInt8(ascii: "\n"))
                found.append((begin..<index, isKey))
                start = nil
            }
        }
        return found
    }

    private static let separators = Set(" \n\r\t,:[]{}\"'#&*!|>".utf8)
}
