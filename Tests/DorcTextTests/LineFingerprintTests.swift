import Testing

@testable import DorcText

/// The values are those that github/codeql-action expects of itself (`src/fingerprints.test.ts`).
@Suite struct LineFingerprintTests {
    @Test func `an empty file has one line`() {
        #expect(fingerprints("") == ["c129715d7a2bc9a3:1"])
    }

    @Test func `blanks do not count`() {
        let expected = ["271789c17abda88f:1", "54703d4cd895b18:1", "180aee12dab6264:1", "a23a3dc5e078b07b:1"]
        #expect(fingerprints(" a\nb\n  \t\tc\n d") == expected)
        #expect(fingerprints("a\nb\nc\nd") == expected)
    }

    @Test(arguments: [
        " hello; \t\nworld!!!\n\n\n  \t\tGreetings\n End\n", " hello; \t\rworld!!!\r\r\r  \t\tGreetings\r End\r",
        " hello; \t\r\nworld!!!\r\n\r\n\r\n  \t\tGreetings\r\n End\r\n",
        " hello; \t\nworld!!!\r\n\n\r  \t\tGreetings\r End\r\n",
    ])
    func `all line breaks are alike`(text: String) {
        #expect(
            fingerprints(text) == [
                "e9496ae3ebfced30:1", "fb7c023a8b9ccb3f:1", "ce8ba1a563dcdaca:1", "e20e36e16fcb0cc8:1",
                "b3edc88f2938467e:1", "c8e28b0b4002a3a0:1", "c129715d7a2bc9a3:1",
            ])
    }

    @Test func `lines that are alike are counted`() {
        let text = String(repeating: "Lorem ipsum dolor sit amet.\n", count: 10)
        #expect(
            fingerprints(text) == (1...6).map { "a7f2ff13bc495cf2:\($0)" } + [
                "a7f2ff1481e87703:1", "a9cf91f7bbf1862b:1", "55ec222b86bcae53:1", "cc97dc7b1d7d8f7b:1",
                "c129715d7a2bc9a3:1",
            ])
    }

    private func fingerprints(_ text: String) -> [String] { LineFingerprints.all(of: Array(text.utf8)) }
}
