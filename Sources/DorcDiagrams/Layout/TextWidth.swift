/// How wide texts are about, in the sans serif fonts of the systems, and how they are cut to fit.
///
/// The widths are those of Helvetica and Arial (Adobe's font metrics, in thousandths of the size), with an allowance for fonts that
/// are wider, such as Segoe UI and San Francisco.
enum TextWidth {
    private static let allowance = 1.14

    /// U+0020 to U+007E.
    private static let ascii: [Int] = [
        278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278,
        556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556,
        1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778,
        667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556,
        333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556,
        556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
    ]

    static func of(_ text: String, size: Int, isBold: Bool = false) -> Int {
        var sum = 0
        for scalar in text.unicodeScalars { sum += units(of: scalar) }
        return Int((Double(sum * size) / 1000 * allowance * (isBold ? 1.08 : 1)).rounded(.up))
    }

    private static func units(of scalar: Unicode.Scalar) -> Int {
        switch scalar.value {
        case 0x20..<0x7F: return ascii[Int(scalar.value) - 0x20]
        case 0x80..<0x1100: break
        // Hangul, CJK with kana, compatibility forms, full-width forms, pictures.
        case 0x1100..<0x1200, 0x2E80..<0xD7B0, 0xF900..<0xFB00, 0xFE30..<0xFE50, 0xFF00..<0xFF61, 0x1F000...:
            return 1000
        default: break
        }
        return switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format, .control: 0
        case .uppercaseLetter: 720
        default: 610
        }
    }

    enum Cut {
        case middle, end
    }

    /// The text, or as much of it as is no wider than `width`, with an ellipsis for the rest.
    static func fit(_ text: String, width: Int, size: Int, isBold: Bool = false, cut: Cut = .end) -> String {
        guard of(text, size: size, isBold: isBold) > width else { return text }
        let characters = Array(text)
        var (low, high) = (0, characters.count)
        while low < high {
            let middle = (low + high + 1) / 2
            if of(cutting(characters, to: middle, cut), size: size, isBold: isBold) <= width {
                low = middle
            } else {
                high = middle - 1
            }
        }
        return cutting(characters, to: low, cut)
    }

    private static func cutting(_ characters: [Character], to count: Int, _ cut: Cut) -> String {
        switch cut {
        case .end: String(characters.prefix(count)) + "…"
        case .middle: String(characters.prefix((count + 1) / 2)) + "…" + String(characters.suffix(count / 2))
        }
    }
}
