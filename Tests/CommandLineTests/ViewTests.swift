import Testing

@testable import DorcCommandLine

@Suite struct TextTableTests {
    private func table(_ rows: [[String]]) -> TextTable {
        var table = TextTable([.init(title: "NAME"), .init(title: "WORDS", isFlexible: true)])
        table.rows = rows
        return table
    }

    @Test func `columns are as wide as their widest cell, and nothing is cut without a bound`() {
        let long = String(repeating: "x", count: 300)
        #expect(
            table([["a", "b"], ["abcdef", long]]).render(width: nil) == "NAME    WORDS\na       b\nabcdef  \(long)\n")
    }

    @Test func `on a narrow terminal flexible columns are cut, and no line is wider`() {
        let text = table([["name", "at 06:00 on Monday to Friday"]]).render(width: 20)
        #expect(text == "NAME  WORDS\nname  at 06:00 on M…\n")
        #expect(table([["name", "at 06:00"]]).render(width: 3) == "NAME  WORDS\nname  at 06:00\n")
    }

    @Test func `a cell may have several lines, and letters of two columns are counted as two`() {
        #expect(
            table([["日本", "a\nb"], ["e\u{301}", "c"]]).render(width: nil)
                == "NAME  WORDS\n日本  a\n      b\ne\u{301}     c\n")
        #expect(DisplayWidth.cut("日本語日本語", to: 6) == "日本…")
    }

    @Test func `a text of a file cannot steer the terminal`() {
        #expect(
            !table([["\u{1B}[31m", "\u{202E}x"]]).render(width: nil).unicodeScalars.contains {
                $0 == "\u{1B}" || $0 == "\u{202E}"
            })
    }
}

@Suite struct ICalendarTests {
    @Test func `lines are folded at 75 octets, never within a character`() {
        let text = String(repeating: "é", count: 60)
        let lines = ICalendar.line("SUMMARY", text: text).split(separator: "\r\n")
        #expect(lines.count > 1)
        #expect(lines.allSatisfy { $0.utf8.count <= 75 })
        #expect(lines.dropFirst().allSatisfy { $0.hasPrefix(" ") })
        #expect(lines.enumerated().map { $0 == 0 ? $1 : $1.dropFirst() }.joined() == "SUMMARY:\(text)")
    }

    @Test func `what has a meaning is escaped`() {
        #expect(ICalendar.line("X", text: "a,b;c\\d\ne\u{7}f") == "X:a\\,b\\;c\\\\d\\ne f\r\n")
    }
}

@Suite struct CompletionScriptTests {
    @Test(arguments: [("bash", "subcommand=synth"), ("zsh", "words=(synth"), ("fish", "set -p unparsed_tokens synth")])
    func `the place in ArgumentParser's script that is changed is there`(shell: String, text: String) throws {
        let script = try #require(CompletionScript([CompletionScript.option, shell])).text
        #expect(script.firstRange(of: text) != nil)
        #expect(CompletionScript([CompletionScript.option, "ksh"]) == nil)
    }
}
