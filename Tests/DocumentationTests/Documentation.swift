import DorcTestSupport
import Foundation

enum Documentation {
    struct Example: CustomStringConvertible, Sendable {
        var file: String
        var line: Int
        /// What the code block says it is, as in `dorc.yaml`.
        var kind: String
        var text: String

        var description: String { "\(file):\(line)" }
    }

    /// The code blocks of the README and of docs/ that are marked as a whole dorc.yaml or pipeline.yaml.
    static let examples: [Example] = {
        let folder = Folders.root.appending(path: "docs")
        let names = (try? FileManager.default.subpathsOfDirectory(atPath: folder.path)) ?? []
        let files = ["README.md"] + names.filter { $0.hasSuffix(".md") }.sorted().map { "docs/" + $0 }
        return files.flatMap { file -> [Example] in
            guard let text = try? String(contentsOf: Folders.root.appending(path: file), encoding: .utf8) else {
                return []
            }
            return examples(in: text, file: file)
        }
    }()

    private static func examples(in text: String, file: String) -> [Example] {
        var examples: [Example] = []
        var open: Example?
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            if var example = open {
                if line == "```" {
                    examples.append(example)
                    open = nil
                } else {
                    example.text += line + "\n"
                    open = example
                }
            } else if line.hasPrefix("```yaml ") {
                open = Example(file: file, line: index + 1, kind: String(line.dropFirst(8)), text: "")
            }
        }
        return examples
    }
}
