internal import DorcModel

/// Names of dorc made from names of another tool: valid, and each once in its scope.
package struct ImportNames: Sendable {
    private var taken: Set<String> = []

    package init() {}

    /// The name of a layer, pipeline, function or trigger: the same text where that is one, and none has it yet.
    package mutating func folder(_ text: String, else fallback: String) -> String {
        unique(Names.isFolder(text) ? text : Names.folderName(from: text) ?? fallback, separator: "-")
    }

    package mutating func environment(_ text: String) -> String {
        unique(Self.environment(text), separator: "")
    }

    /// Gives a name that is taken a number.
    package mutating func unique(_ name: String, separator: String) -> String {
        var result = name
        var number = 2
        while !taken.insert(result).inserted {
            result = "\(name)\(separator)\(number)"
            number += 1
        }
        return result
    }

    package static func project(_ text: String) -> String {
        let words = (Names.isFolder(text) ? text : Names.folderName(from: text) ?? "")
            .split { $0 == "-" || $0 == "_" }
        var name = words.joined(separator: "-")
        if let first = name.utf8.first, !(UInt8(ascii: "a")...UInt8(ascii: "z")).contains(first) { name = "p" + name }
        name = String(name.prefix(Names.longestProject))
        while name.hasSuffix("-") { name.removeLast() }
        return Names.isProject(name) ? name : "project"
    }

    private static func environment(_ text: String) -> String {
        let letters = text.lowercased().utf8.filter {
            (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
        }
        let rest = letters.drop { $0 < UInt8(ascii: "a") }
        // Two digits are left for a number.
        let name = String(decoding: rest.prefix(Names.longestEnvironment - 2), as: UTF8.self)
        return name.isEmpty || name == "universal" ? "env" : name
    }
}
