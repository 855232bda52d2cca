/// Diagnostics as SARIF 2.1.0 (OASIS, "Static Analysis Results Interchange Format"), of which GitHub's code scanning reads a
/// part ("SARIF support for code scanning"). The rules are the catalogue's, all of them.
package struct DiagnosticSARIF {
    /// Of the program.
    private let version: String
    /// See `DiagnosticGitHub.render`.
    private let prefix: String
    private var fingerprints: [ObjectIdentifier: [String]] = [:]
    private var lines = SourceLines()

    /// What every path is below. A run may leave the address out of it, which differs from machine to machine
    /// (SARIF, 3.14.14); the name is the one that GitHub's own tools use.
    private static let root = "%SRCROOT%"

    package static func render(_ diagnostics: [Diagnostic], version: String, prefix: String) -> String {
        var writer = DiagnosticSARIF(version: version, prefix: prefix)
        return JSONPretty.file(writer.log(diagnostics))
    }

    private init(version: String, prefix: String) {
        self.version = version
        self.prefix = prefix
    }

    private mutating func log(_ diagnostics: [Diagnostic]) -> JSONValue<String> {
        let rules = SARIFRules()
        let results = diagnostics.map { result($0, rules) }
        return .members([
            "$schema": .text("https://json.schemastore.org/sarif-2.1.0.json"),
            "version": .text("2.1.0"),
            "runs": .list([
                .members([
                    "tool": .members([
                        "driver": .members([
                            "name": .text("dorc-synth"), "semanticVersion": .text(version),
                            "rules": .list(rules.values),
                        ])
                    ]),
                    "originalUriBaseIds": .members([
                        Self.root: .members(["description": Self.message("the root of the git repository")])
                    ]),
                    // Unicode scalars, as in `SourcePosition`.
                    "columnKind": .text("unicodeCodePoints"),
                    "results": .list(results),
                ])
            ]),
        ])
    }

    private mutating func result(_ diagnostic: Diagnostic, _ rules: SARIFRules) -> JSONValue<String> {
        let notes = diagnostic.notes.enumerated().map { number, note in
            JSONValue<String>.members([
                "id": .integer(number + 1), "physicalLocation": location(note.range),
                "message": Self.message(note.message),
            ])
        }
        return .members([
            "ruleId": .text(diagnostic.id.rawValue), "ruleIndex": rules.indices[diagnostic.id].map { .integer($0) },
            "level": .text(diagnostic.severity.rawValue), "message": Self.message(Self.text(of: diagnostic)),
            "locations": .list([.members(["physicalLocation": location(diagnostic.range)])]),
            "relatedLocations": notes.isEmpty ? nil : .list(notes),
            "partialFingerprints": partialFingerprints(diagnostic), "fixes": fixes(diagnostic),
        ])
    }

    private static func text(of diagnostic: Diagnostic) -> String {
        ([diagnostic.summary]
            + [diagnostic.replacement.map { "did you mean `\($0)`?" }, diagnostic.help].compactMap { $0 })
            .joined(separator: "\n")
    }

    private static func message(_ text: String) -> JSONValue<String> { .members(["text": .text(text)]) }

    // MARK: Places

    private func location(_ range: SourceRange) -> JSONValue<String> {
        .members(["artifactLocation": artifact(range), "region": Self.region(range)])
    }

    private func artifact(_ range: SourceRange) -> JSONValue<String> {
        .members(["uri": .text(Self.uri(prefix + range.path)), "uriBaseId": .text(Self.root)])
    }

    /// A finding about a file as a whole is at its first line: GitHub shows none without a line.
    private static func region(_ range: SourceRange) -> JSONValue<String> {
        if range.start == range.end, range.start == .start { return .members(["startLine": .integer(1)]) }
        return .members([
            "startLine": .integer(range.start.line), "startColumn": .integer(range.start.column),
            "endLine": .integer(range.end.line), "endColumn": .integer(range.end.column),
        ])
    }

    /// A relative reference (RFC 3986, 4.2), whose first part must not have a colon.
    private static func uri(_ path: String) -> String {
        var result = ""
        for byte in path.utf8 {
            let isPlain =
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"):
                    true
                default: "-._~/@+,=".utf8.contains(byte)
                }
            if isPlain {
                result.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                let digits = String(byte, radix: 16, uppercase: true)
                result += digits.utf8.count == 1 ? "%0\(digits)" : "%\(digits)"
            }
        }
        return result
    }

    // MARK: Fingerprints and fixes

    private mutating func partialFingerprints(_ diagnostic: Diagnostic) -> JSONValue<String> {
        let range = diagnostic.range
        let line = lines.line(range.start.line, of: range.file) ?? ""
        let own = [
            diagnostic.id.rawValue, prefix + range.path,
            line.split(whereSeparator: \.isWhitespace).joined(separator: " "),
        ]
        return .members([
            "primaryLocationLineHash": lineHash(range).map { .text($0) },
            "dorcFinding/v1": .text(HexadecimalDigest.short(own.joined(separator: "\n"), digits: 16)),
        ])
    }

    private mutating func lineHash(_ range: SourceRange) -> String? {
        let file = range.file
        guard !file.bytes.isEmpty else { return nil }
        let all = fingerprints[ObjectIdentifier(file)] ?? LineFingerprints.all(of: file.bytes)
        fingerprints[ObjectIdentifier(file)] = all
        return all.indices.contains(range.start.line - 1) ? all[range.start.line - 1] : nil
    }

    private func fixes(_ diagnostic: Diagnostic) -> JSONValue<String>? {
        guard let replacement = diagnostic.exactReplacement else { return nil }
        return .list([
            .members([
                "description": Self.message("replace it with `\(replacement)`"),
                "artifactChanges": .list([
                    .members([
                        "artifactLocation": artifact(diagnostic.range),
                        "replacements": .list([
                            .members([
                                "deletedRegion": Self.region(diagnostic.range),
                                "insertedContent": Self.message(replacement),
                            ])
                        ]),
                    ])
                ]),
            ])
        ])
    }
}
