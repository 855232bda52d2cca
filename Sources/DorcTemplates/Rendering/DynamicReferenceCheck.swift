internal import DorcSynth
internal import DorcText

/// CloudFormation: at most 60 dynamic references in a template (user guide, "CloudFormation quotas"). Whether one that repeats counts
/// again, it does not say.
struct DynamicReferenceCheck {
    private static let most = 60
    private static let opening = Array("{{resolve:".utf8)
    /// How far the search can go on from a byte that is no end of the opening (Horspool's algorithm): it looks at a tenth of the bytes.
    private static let skips: [Int] = {
        var skips = [Int](repeating: opening.count, count: 256)
        for (index, byte) in opening.dropLast().enumerated() { skips[Int(byte)] = opening.count - 1 - index }
        return skips
    }()

    let stack: Stack
    /// Of the template.
    let bytes: UnsafeBufferPointer<UInt8>

    func run(into diagnostics: inout Diagnostics) {
        let references = references
        let different = Set(references).count
        let words =
            if different > Self.most {
                "\(different) different dynamic references (`{{resolve:...}}`); at most \(Self.most) are possible"
            } else if references.count > Self.most {
                "\(references.count) dynamic references (`{{resolve:...}}`), \(different) of them different; at most \(Self.most) "
                    + "are possible, and AWS does not say whether those that repeat count"
            } else {
                ""
            }
        guard !words.isEmpty else { return }
        diagnostics.report(
            Diagnostic(
                .tooManyReferences, different > Self.most ? .error : .warning, at: stack.origin,
                "the template of `\(stack.name)` has \(words)",
                help:
                    "let functions ask for secrets at run time, with `access: {secrets: ...}`; write the ids of subnets themselves; "
                    + "or split the pipeline"))
    }

    /// What is between `{{resolve:` and `}}`, each time that it is there.
    private var references: [String] {
        let opening = Self.opening
        return Self.skips.withUnsafeBufferPointer { skips in
            var references: [String] = []
            var last = opening.count - 1
            while last < bytes.count {
                let byte = bytes[last]
                let start = last + 1
                guard byte == UInt8(ascii: ":"), bytes[(start - opening.count)..<start].elementsEqual(opening) else {
                    last += skips[Int(byte)]
                    continue
                }
                var end = start
                while end < bytes.count, bytes[end] != UInt8(ascii: "}") { end += 1 }
                references.append(String(decoding: bytes[start..<end], as: UTF8.self))
                last = end + opening.count
            }
            return references
        }
    }
}
