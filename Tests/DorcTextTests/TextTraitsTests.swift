import Testing
@testable import DorcText

/// What is looked at eight bytes at a time is what each byte for itself says.
@Suite struct TextTraitsTests {
    private static func isPrintable(_ byte: UInt8) -> Bool {
        (0x20..<0x7F).contains(byte) && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
    }

    /// Texts of every length up to a few words, each with one byte of every value at every place: those that are not `right`.
    private static func wrongTexts(_ isRight: ([UInt8]) -> Bool) -> [[UInt8]] {
        var wrong: [[UInt8]] = []
        for count in 0...19 {
            var text = (0..<count).map { UInt8(ascii: "a") + UInt8($0) }
            if !isRight(text) { wrong.append(text) }
            for place in 0..<count {
                let plain = text[place]
                for byte in UInt8.min...UInt8.max {
                    text[place] = byte
                    if !isRight(text) { wrong.append(text) }
                }
                text[place] = plain
            }
        }
        return wrong
    }

    @Test func `a byte that is not printable is seen wherever it is`() {
        let wrong = Self.wrongTexts { text in
            text.withUnsafeBufferPointer(TextTraits.init).isPrintable == text.allSatisfy(Self.isPrintable)
        }
        #expect(wrong.isEmpty, "\(wrong.first ?? [])")
    }

    @Test func `a space is seen wherever it is in printable text`() {
        let wrong = Self.wrongTexts { text in
            let traits = text.withUnsafeBufferPointer(TextTraits.init)
            return !traits.isPrintable || traits.hasSpace == text.contains(UInt8(ascii: " "))
        }
        #expect(wrong.isEmpty, "\(wrong.first ?? [])")
    }

    @Test func `bytes beside each other do not hide one another`() {
        let bytes: [UInt8] = [0, 0x1F, 0x20, 0x21, 0x22, 0x23, 0x5B, 0x5C, 0x5D, 0x7E, 0x7F, 0x80, 0xFF]
        for first in bytes {
            for second in bytes {
                for third in bytes {
                    let text = [0x61, first, second, third, 0x62, 0x63, 0x64, 0x65, 0x66]
                    let traits = text.withUnsafeBufferPointer(TextTraits.init)
                    #expect(traits.isPrintable == text.allSatisfy(Self.isPrintable), "\(text)")
                    if traits.isPrintable { #expect(traits.hasSpace == text.contains(0x20), "\(text)") }
                    for byte in bytes {
                        #expect(
                            text.withUnsafeBufferPointer { $0.has(byte) } == text.contains(byte), "\(byte) in \(text)")
                    }
                }
            }
        }
    }

    @Test func `JSON of printable text is the text in quotes, and other text is escaped`() {
        let wrong = Self.wrongTexts { text in
            guard let string = String(validating: text, as: UTF8.self) else { return true }
            let literal = JSONText.literalASCII(string)
            return text.allSatisfy(Self.isPrintable)
                ? literal == "\"\(string)\""
                : text.contains(0x7F)
                    || literal.utf8.count > text.count + 2
                        && literal.utf8.allSatisfy { (0x20..<0x7F).contains($0) }
        }
        #expect(wrong.isEmpty, "\(wrong.first ?? [])")
    }

    @Test func `a text is joined of short and long parts, with all characters and without`() {
        #expect(String(joining: "", "") == "")
        #expect(
            String(joining: "ä", "", "b/", "ccccccccccccccccccccccccc", "€", "", "z")
                == "äb/ccccccccccccccccccccccccc€z")
        #expect(String(joining: "a", "b", "c", "d", "e", "f", "g") == "abcdefg")
    }
}
