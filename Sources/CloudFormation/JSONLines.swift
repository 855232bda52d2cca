internal import DorcText
internal import DorcModel

/// JSON as a text of a template, which says more than an object can: CloudFormation takes `null` only there.
///
/// In lines, so that a change can be reviewed. A line with an ARN or the account in it is an `Fn::Sub`, in which a `${` of
/// the user's is `\u0024{`: JSON's escape, which CloudFormation does not see.
package struct JSONLines: Sendable {
    private let lines: [String]
    /// Whether there is a value in it that no text can hold.
    package let isImpossible: Bool

    /// `body` writes one value.
    package init(_ body: (inout TemplateWriter) -> Void) {
        var writer = TemplateWriter(.embedded)
        body(&writer)
        isImpossible = writer.isImpossible
        lines = writer.bytes.suffix(from: 0) { bytes in
            bytes.split(separator: UInt8(ascii: "\n")).map { String(decoding: $0, as: UTF8.self) }
        }
    }

    /// Bytes at most when it is deployed; what a line gets for the names in it is estimated.
    package var deployedLength: Int {
        lines.reduce(0) { $0 + $1.utf8.count + 1 + (Self.hasNames($1) ? 100 : 0) }
    }

    fileprivate func write(to writer: inout TemplateWriter) {
        writer.join("\n") {
            $0.list {
                for line in lines { $0.add(Self.hasNames(line) ? .sub(line) : .text(line)) }
            }
        }
    }

    private static func hasNames(_ line: String) -> Bool { line.contains("${") }
}

extension TemplateWriter {
    package subscript(_ key: StaticString) -> JSONLines? {
        @available(*, unavailable, message: "a writer only writes") get { nil }
        set {
            guard let newValue else { return }
            self.key(key)
            newValue.write(to: &self)
        }
    }

    mutating func appendEmbedded(_ text: String) {
        bytes.append(UInt8(ascii: "\""))
        appendEmbeddedContent(text)
        bytes.append(UInt8(ascii: "\""))
    }

    /// The account's id and ARNs have nothing that JSON escapes.
    mutating func appendEmbedded(_ value: TemplateValue) {
        bytes.append(UInt8(ascii: "\""))
        appendEmbeddedContent(value)
        bytes.append(UInt8(ascii: "\""))
    }

    private mutating func appendEmbeddedContent(_ piece: TemplateValue) {
        switch piece {
        case .text(let text): appendEmbeddedContent(text)
        case .ref(let id): bytes.append("${\(id)}")
        case .getAtt(let id, let attribute): bytes.append("${\(id).\(attribute)}")
        case .pseudoParameter(let name): bytes.append("${\(name)}")
        case .sub(let text): JSONText.appendContent(text, to: &bytes)
        case .arn(let arn): JSONText.appendContent(arn.text, to: &bytes)
        case .joined(let pieces):
            for piece in pieces { appendEmbeddedContent(piece) }
        case .importValue, .findInMap, .deployTime: isImpossible = true
        }
    }

    private mutating func appendEmbeddedContent(_ text: String) {
        for (position, part) in text.split(separator: "${", omittingEmptySubsequences: false).enumerated() {
            if position > 0 { bytes.append("\\u0024{" as StaticString) }
            JSONText.appendContent(String(part), to: &bytes)
        }
    }
}
