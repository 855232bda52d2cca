package import DorcText

/// `secret` or `secret:key`: a secret of Secrets Manager, by its name or ARN, and where its value is JSON one of its keys.
package enum SecretReference {
    /// As CloudFormation replaces it at deployment (user guide, "Get a secret or secret value from Secrets Manager").
    package static func dynamicReference(_ text: Text, at range: SourceRange, into diagnostics: inout Diagnostics)
        -> Text?
    {
        guard let (secret, key) = parts(of: text, at: range, into: &diagnostics) else { return nil }
        return dynamicReference(secret, key: key)
    }

    package static func dynamicReference(_ secret: Text, key: String?) -> Text {
        .literal("{{resolve:secretsmanager:") + secret + .literal(key.map { ":SecretString:\($0)}}" } ?? "}}")
    }

    /// The secret's name or ARN, and the key in it.
    package static func parts(
        of text: Text, at range: SourceRange, into diagnostics: inout Diagnostics
    ) -> (secret: Text, key: String?)? {
        let fields = text.sample.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        let isARN = fields.first == "arn"
        let idLength = isARN ? 7 : 1
        let id = fields.prefix(idLength)
        guard id.count == idLength, fields.count <= idLength + 1, let name = id.last, isName(name),
            !isARN || id.dropFirst(2).first == "secretsmanager" && id.dropLast().last == "secret"
        else {
            diagnostics.report(.noSecret(text.sample, at: range))
            return nil
        }
        guard fields.count > idLength, let key = fields.last else { return (text, nil) }
        // CloudFormation takes no `:` in a key, and would end the reference at a brace.
        guard isKey(key), let secret = text.beforeLastColon else {
            diagnostics.report(.noSecret(text.sample, at: range))
            return nil
        }
        return (secret, key)
    }

    /// What `dynamicReference` was made of: `secret` or `secret:key`; nil for a text that is more than one such reference.
    package static func written(_ text: String) -> String? {
        let opening = "{{resolve:secretsmanager:"
        let ending = "}}"
        guard text.hasPrefix(opening), text.hasSuffix(ending), text.utf8.count > opening.utf8.count + ending.utf8.count
        else { return nil }
        let body = text.dropFirst(opening.count).dropLast(ending.count)
        guard !body.contains("{{") else { return nil }
        // Then come the key, the stage and the version (user guide, as above).
        let parts = body.split(separator: ":SecretString", maxSplits: 1, omittingEmptySubsequences: false)
        let key = parts.dropFirst().first?.split(separator: ":", omittingEmptySubsequences: false).dropFirst().first
        guard let name = parts.first, let key, !key.isEmpty else { return parts.first.map(String.init) }
        return "\(name):\(key)"
    }

    /// Secrets Manager's API: letters, digits and `/_+=.@-`, at most 512.
    private static func isName(_ name: String) -> Bool {
        (1...512).contains(name.utf8.count)
            && name.utf8.allSatisfy { byte in
                (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20) || "/_+=.@-".utf8.contains(byte)
            }
    }

    private static func isKey(_ key: String) -> Bool {
        !key.isEmpty && key.unicodeScalars.allSatisfy { $0.value > 0x20 && $0 != "{" && $0 != "}" }
    }
}

extension Text {
    fileprivate var beforeLastColon: Text? {
        switch self {
        case .literal(let text): text.lastIndex(of: ":").map { .literal(String(text[..<$0])) }
        case .parts(let parts):
            parts.lastIndex { part in
                if case .literal(let text) = part { text.contains(":") } else { false }
            }.flatMap { index in
                guard case .literal(let text) = parts[index], let colon = text.lastIndex(of: ":") else { return nil }
                return .parts(Array(parts[..<index]) + [.literal(String(text[..<colon]))])
            }
        }
    }
}

extension Diagnostic {
    fileprivate static func noSecret(_ text: String, at range: SourceRange) -> Diagnostic {
        Diagnostic(
            .invalidSecret, at: range, "`\(text)` is not a secret of Secrets Manager",
            help:
                "as in `census/api-key`, or `census/api-key:password` for a key of a secret that is JSON; an ARN will do too"
        )
    }
}
