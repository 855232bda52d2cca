import Testing

@testable import DorcDiagrams

@Suite struct TextWidthTests {
    @Test(arguments: ["", "a", "extract", "standardised_nodes_probation_delius", "日本語のパイプライン名", "Ünïcödé näme", "👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦"])
    func `a text is cut to the width and no shorter than needed`(_ text: String) {
        for width in [0, 20, 60, 120, 400] {
            for cut in [TextWidth.Cut.middle, .end] {
                let fitted = TextWidth.fit(text, width: width, size: 13, cut: cut)
                if TextWidth.of(text, size: 13) <= width {
                    #expect(fitted == text)
                } else {
                    #expect(fitted.contains("…"))
                    #expect(TextWidth.of(fitted, size: 13) <= max(width, TextWidth.of("…", size: 13)))
                }
            }
        }
    }

    @Test func `a name cut in the middle keeps both ends`() {
        let fitted = TextWidth.fit("standardised_nodes_probation_delius", width: 150, size: 13, cut: .middle)
        #expect(fitted.hasPrefix("stand") && fitted.hasSuffix("delius"))
    }

    @Test func `wide characters count more than narrow ones`() {
        #expect(TextWidth.of("日本", size: 10) > TextWidth.of("il", size: 10) * 2)
        #expect(TextWidth.of("e\u{301}", size: 10) == TextWidth.of("e", size: 10))
    }
}
