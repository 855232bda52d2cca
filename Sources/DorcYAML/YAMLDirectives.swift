internal import DorcText

/// Directives (`%YAML 1.2`, `%TAG ...`) before a document. libyaml compares each `%TAG` with all before it, so a file of
/// nothing else would take seconds; nobody needs more than a few.
enum YAMLDirectives {
    private static let most = 16

    static func check(_ file: SourceFile) -> Diagnostic? {
        let bytes = file.bytes
        guard bytes.contains(UInt8(ascii: "%")) else { return nil }
        let marker = Array("%TAG".utf8)
        var count = 0
        for (number, start) in file.lineStarts.enumerated() where bytes[start...].starts(with: marker) {
            count += 1
            guard count > most else { continue }
            let line = number + 1
            return .yamlSyntax(
                "the file has more than \(most) `%TAG` directives",
                at: SourceRange(
                    file: file, start: SourcePosition(line: line, column: 1),
                    end: SourcePosition(line: line, column: 5)),
                help: "remove them: dorc does not use tags of your own")
        }
        return nil
    }
}
