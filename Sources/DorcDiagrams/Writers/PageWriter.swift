internal import DorcText

/// ProjectDiagram -> one page of HTML, with all that it needs in it.
///
/// The template is page.html. Its script draws from data: texts, which it shows as texts, and finished SVG, in which every text is
/// escaped already. The policy in its head lets the browser run this script and style by their hashes, and nothing else; it allows
/// no network.
package enum PageWriter {
    package static func text(of diagram: ProjectDiagram) -> String {
        let style = rules + String(decoding: PackageResources.page_css, as: UTF8.self) + SVGWriter.styles
        let script = String(decoding: PackageResources.page_js, as: UTF8.self)
        let parts: [(name: String, write: (inout ByteBuffer) -> Void)] = [
            ("STYLE-HASH", { $0.append(hash(style)) }), ("SCRIPT-HASH", { $0.append(hash(script)) }),
            ("TITLE", { XMLText.append(diagram.name, to: &$0) }), ("STYLE", { $0.append(style) }),
            ("SYMBOLS", { $0.append(symbols) }), ("DATA", { PageData.write(diagram, to: &$0) }),
            ("SCRIPT", { $0.append(script) }),
        ]
        var bytes = ByteBuffer(capacity: 1 << 16)
        // What is between two marks is text or the name of a part.
        for piece in String(decoding: PackageResources.page_html, as: UTF8.self).split(
            separator: "@", omittingEmptySubsequences: false)
        {
            if let part = parts.first(where: { $0.name == piece }) {
                part.write(&bytes)
            } else {
                bytes.append(String(piece))
            }
        }
        return bytes.text
    }

    /// The colours, by the system's setting where the reader has not chosen.
    private static var rules: String {
        let (light, dark) = (Palette.declarations(isDark: false), Palette.declarations(isDark: true))
        return """
            :root{\(light)}
            @media(prefers-color-scheme:dark){:root:not([data-theme=light]){\(dark)}}
            :root[data-theme=dark]{\(dark)}

            """ + Palette.kindRules
    }

    private static var symbols: String {
        Icon.outlines.sorted { $0.key < $1.key }.map {
            "<symbol id=\"i-\($0.key)\" viewBox=\"0 0 16 16\"><path d=\"\($0.value)\"/></symbol>"
        }.joined()
    }

    /// As a source in a Content-Security-Policy.
    private static func hash(_ text: String) -> String {
        var hasher = SHA256()
        hasher.update(Array(text.utf8))
        return "'sha256-\(base64(hasher.finalize()))'"
    }

    /// RFC 4648, section 4.
    static func base64(_ bytes: [UInt8]) -> String {
        let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
        var result: [UInt8] = []
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = bytes[start..<min(start + 3, bytes.count)]
            var bits = 0
            for position in 0..<3 { bits = bits << 8 | (position < group.count ? Int(group[start + position]) : 0) }
            for position in 0..<4 {
                let digit = digits[bits >> (18 - 6 * position) & 63]
                result.append(position <= group.count ? digit : UInt8(ascii: "="))
            }
        }
        return String(decoding: result, as: UTF8.self)
    }
}
