import DorcTestSupport
import Testing
@testable import DorcConfig

@Suite struct DockerIgnoreTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let lines: String
        let excluded: [String]
        let kept: [String]

        init(_ lines: String, excludes excluded: [String] = [], keeps kept: [String] = []) {
            self.lines = lines
            self.excluded = excluded
            self.kept = kept
        }

        var testDescription: String { lines.debugDescription }

        func check(sourceLocation: SourceLocation = #_sourceLocation) {
            let ignore = DockerIgnore(lines)
            #expect(ignore.problems.isEmpty, sourceLocation: sourceLocation)
            #expect(
                excluded.filter { !ignore.excludes($0) } == [], "should be excluded", sourceLocation: sourceLocation)
            #expect(kept.filter { ignore.excludes($0) } == [], "should be kept", sourceLocation: sourceLocation)
        }
    }

    @Test(arguments: [
        Case(
            "notes.md", excludes: ["notes.md", "notes.md/a"], keeps: ["a/notes.md", "notes.mdx", "notes", "xnotes.md"]),
        Case("data/raw", excludes: ["data/raw", "data/raw/a/b.csv"], keeps: ["data", "data/rawer", "x/data/raw"]),
        Case("a.c", excludes: ["a.c"], keeps: ["abc"]),
        Case("a+(b)|{c}$^", excludes: ["a+(b)|{c}$^"], keeps: ["aa", "a"]),
        Case("größe", excludes: ["größe/x"], keeps: ["gro\u{308}ße", "große"]),
        Case("with space", excludes: ["with space"], keeps: ["with", "space"]),
    ])
    func `a plain pattern excludes the path from the root and all below it`(example: Case) { example.check() }

    @Test(arguments: [
        Case("*", excludes: ["a", ".a", "a/b/c"]),
        Case("*.pyc", excludes: ["a.pyc", ".pyc", "a.pyc/b"], keeps: ["a/b.pyc", "a.pyc1"]),
        Case("build*", excludes: ["build", "builds/a"], keeps: ["a/build", "abuild"]),
        Case("a/*", excludes: ["a/b", "a/b/c"], keeps: ["a", "ab", "b/a/c"]),
        Case("*/temp*", excludes: ["a/temporary.txt", "a/temp/x"], keeps: ["temp", "a/b/temp"]),
        Case("*/*/temp*", excludes: ["a/b/temp1"], keeps: ["a/temp1", "a/b/c/temp1"]),
        Case("a*b*c", excludes: ["abc", "axbxbxc"], keeps: ["ab", "a/bc", "abcd"]),
        Case("a/*/c", excludes: ["a/b/c/d"], keeps: ["a/c", "a/b/b/c"]),
        Case("x*/y", excludes: ["x/y", "xx/y"], keeps: ["x/x/y"]),
    ])
    func `a star stays within a folder's name`(example: Case) { example.check() }

    @Test(arguments: [
        Case("temp?", excludes: ["tempa", "tempé", "temp1/x"], keeps: ["temp", "tempab", "temp/a"]),
        Case("???", excludes: ["abc", "äöü", "abc/d"], keeps: ["ab", "ab/d", "abcd"]),
        Case("?/?", excludes: ["a/b/c"], keeps: ["a", "ab/c"]),
    ])
    func `a question mark is one character but no slash`(example: Case) { example.check() }

    @Test(arguments: [
        Case("**", excludes: ["a", "a/b"]),
        Case("**/**", excludes: ["a", "a/b"]),
        Case("***", excludes: ["a", "a/b"]),
        Case("**/*", excludes: ["a", "a/b"]),
        Case(
            "**/__pycache__", excludes: ["__pycache__/a", "a/b/__pycache__/c"],
            keeps: ["a__pycache__", "__pycache__s/a"]),
        Case("**/a/b", excludes: ["a/b", "x/a/b/c", "a/a/b"], keeps: ["a/x/b", "xa/b", "a/bc"]),
        Case("**/*.pyc", excludes: ["a.pyc", "a/b/.pyc", "a/b.pyc/c"], keeps: ["a.py", "a/b.pyc1"]),
        Case("**/a*.py", excludes: ["a.py", "x/ab.py"], keeps: ["xa.py", "a/b.py"]),
        Case("docs/**", excludes: ["docs/a", "docs/a/b"], keeps: ["docs", "docsa/b"]),
        Case("docs/**/*.md", excludes: ["docs/a.md", "docs/a/b/c.md"], keeps: ["a.md", "docs/a.mdx", "docsx/a.md"]),
        Case("a/**/b", excludes: ["a/b", "a/x/b", "a/x/y/b/z"], keeps: ["ab", "a/xb", "b", "a/x"]),
        Case("**/a/**", excludes: ["a/b", "x/a/b"], keeps: ["a", "x/a"]),
        Case("**/a/**/b/**/c", excludes: ["a/b/c", "x/a/x/b/x/x/c/d"], keeps: ["a/c", "b/a/c", "a/b/xc"]),
        Case("a**", excludes: ["a", "ab", "a/b"], keeps: ["b/a"]),
        Case("a**b", excludes: ["ab", "ax/b", "a/x/b"], keeps: ["axb", "a/xb"]),
        Case("**a", excludes: ["a", "xa", "x/xa/b"], keeps: ["ab", "x/ab"]),
        Case("**a*", excludes: ["ab", "x/ab"], keeps: ["xab", "x/xab"]),
    ])
    func `two stars cross folders, or none`(example: Case) { example.check() }

    @Test(arguments: [
        Case("a[b-d]e", excludes: ["abe", "ace", "ade/x"], keeps: ["aae", "ae", "abbe"]),
        Case("a[^b-d]e", excludes: ["aae", "aée", "a^e"], keeps: ["abe", "ae"]),
        Case("[xyz0-9]*", excludes: ["x", "1abc"], keeps: ["a1"]),
        Case("[!a]", excludes: ["!", "a"], keeps: ["b"]),
        Case("[а-я]", excludes: ["ж"], keeps: ["z"]),
        Case(#"[\]\-\\]"#, excludes: ["]", "-", #"\"#], keeps: ["["]),
        Case("a[^b]c", excludes: ["a/c"]),
        Case("a]", excludes: ["a]"], keeps: ["a"]),
        Case("[[:upper:]-z]", excludes: ["A", "-", "z"], keeps: ["a"]),
        Case("[^[:digit:]]", excludes: ["a"], keeps: ["1"]),
    ])
    func `brackets match one of their characters`(example: Case) { example.check() }

    @Test(arguments: [
        Case("[*?]", excludes: ["a]", "[[[x]"], keeps: ["*", "?", "a"]),
        Case("[?]", excludes: ["[]", "^]"], keeps: ["?"]),
        Case("a^*", keeps: ["a^", "a^b"]),
        Case("*^a", excludes: ["a"], keeps: ["^a"]),
        Case("a^", excludes: ["a^"]),
        Case(#"v\d*"#, excludes: ["v1", "v2x"], keeps: ["vd", "v"]),
        Case(#"\W[\w.]"#, excludes: [".a", ".."], keeps: ["aa", "--"]),
    ])
    func `Docker lets the syntax of Go's regular expressions through`(example: Case) { example.check() }

    @Test(arguments: [
        Case(#"a\*b"#, excludes: ["a*b"], keeps: ["axb", #"a\*b"#]),
        Case(#"\?"#, excludes: ["?"], keeps: ["a"]),
        Case(#"\[a]"#, excludes: ["[a]"], keeps: ["a"]),
        Case(##"\#a"##, excludes: ["#a"]),
        Case(#"\!a"#, excludes: ["!a"], keeps: ["a"]),
        Case(#"a\\"#, excludes: [#"a\"#], keeps: ["a", #"a\\"#]),
        Case(#"**/\*"#, excludes: ["*", "x/*"], keeps: ["a"]),
    ])
    func `a backslash takes the meaning from the next character`(example: Case) { example.check() }

    @Test(arguments: [
        Case("*.md\n!README.md", excludes: ["a.md"], keeps: ["README.md"]),
        Case("*.md\n!README*.md\nREADME-secret.md", excludes: ["a.md", "README-secret.md"], keeps: ["README.md"]),
        Case("*.md\nREADME-secret.md\n!README*.md", excludes: ["a.md"], keeps: ["README.md", "README-secret.md"]),
        Case("docs\n!docs/a.md", excludes: ["docs/b.md"], keeps: ["docs/a.md"]),
        Case("*\n!src\nsrc/tmp", excludes: ["a", "src/tmp/a"], keeps: ["src/a", "src/a/b"]),
        Case("!a\na", excludes: ["a"]),
        Case("a\n!a"),
        Case("a\nb\n!*\nc", excludes: ["c"], keeps: ["a", "b"]),
        Case("*\n! src", excludes: ["a"], keeps: ["src/a"]),
        Case("*\n!/src/", excludes: ["a"], keeps: ["src/a"]),
        Case("*\n/!src", keeps: ["src/a"]),
        Case("*\n!!a", excludes: ["a"], keeps: ["!a"]),
        Case("**/*.log\n!keep", excludes: ["a.log", "keep/a.log"], keeps: ["keep/a.txt"]),
        Case("**/*.log\n!keep/*.log", excludes: ["a.log", "keep/a/b.log"], keeps: ["keep/a.log"]),
        Case("a\n!a/x\n*", excludes: ["a/y", "b"], keeps: ["a/x"]),
        Case("a\n!a/x\n**", excludes: ["a/x", "a/y", "b"]),
        Case("a/b\n!a", excludes: ["a/b", "a/b/c"], keeps: ["a/c"]),
        Case("a\n!a/b\n!a/c/d", excludes: ["a/x", "a/c/e"], keeps: ["a/b/x", "a/c/d/e"]),
        Case("**/build\n!src/build/x\n**/build", excludes: ["src/build/y", "build/x"], keeps: ["src/build/x"]),
    ])
    func `the last line that matches decides, and one that changes nothing at a folder is tried again below it`(
        example: Case
    ) { example.check() }

    @Test(arguments: [
        Case("/a", excludes: ["a/b"], keeps: ["b/a"]),
        Case("a/", excludes: ["a", "a/b"]),
        Case("//a//b//", excludes: ["a/b"]),
        Case("./a/./b", excludes: ["a/b"]),
        Case("x/../a", excludes: ["a"], keeps: ["x/a"]),
        Case("/../a", excludes: ["a"]),
        Case("a/**/../b", excludes: ["a/b"], keeps: ["a/x/b"]),
        Case("../a", keeps: ["a"]),
        Case(".", keeps: ["a"]),
        Case("..", keeps: ["a"]),
        Case("/", keeps: ["a"]),
        Case("a/..", keeps: ["a", "a/b"]),
        Case("**/", excludes: ["a"]),
    ])
    func `slashes and dots are cleaned away`(example: Case) { example.check() }

    @Test(arguments: [
        Case("\u{FEFF}a\n", excludes: ["a"]),
        Case("\u{FEFF}# a\n", keeps: ["# a", "a"]),
        Case("a\r\n\r\nb/c\r\n", excludes: ["a", "b/c"], keeps: ["b"]),
        Case("#a\na#b", excludes: ["a#b"], keeps: ["#a", "a"]),
        Case(" #a", excludes: ["#a"]),
        Case("/#a", excludes: ["#a"]),
        Case("  a\t \n\u{A0}b\u{2003}", excludes: ["a", "b"]),
        Case("\n \n\t\n", keeps: ["a", " "]),
    ])
    func `comments, blank lines, white space, CRLF and a BOM are read as Docker does`(example: Case) { example.check() }

    @Test(arguments: ["", "\n\r\n", "# a", "!a", "!a\n!b", "["])
    func `is empty when no line excludes anything`(text: String) {
        #expect(DockerIgnore(text).isEmpty)
        #expect(!DockerIgnore(text).excludes("a"))
    }

    @Test func `the root is never excluded`() {
        #expect(!DockerIgnore("*").excludes(""))
        #expect(!DockerIgnore("*").excludes("."))
    }

    @Test(arguments: [
        ("!", "nothing follows the `!`"),
        ("!/", "nothing follows the `!`"),
        (#"a\"#, #"nothing follows the `\` at the end"#),
        ("[", "the `[` has no `]`"),
        ("a/[^bc", "the `[` has no `]`"),
        (#"[a\"#, "the `[` has no `]`"),
        ("[a-", "the `[` has no `]`"),
        ("[]a]", #"a `]` in brackets needs a `\` in front of it"#),
        ("[-a]", #"a `-` in brackets needs a `\` in front of it"#),
        ("[a-]", #"a `]` in brackets needs a `\` in front of it"#),
        ("[a-b-c]", #"a `-` in brackets needs a `\` in front of it"#),
        ("[z-a]", "a range in the brackets runs backwards"),
        ("[[:vowel:]]", "`[:vowel:]` is not a class of characters"),
        (#"src\lib"#, #"`\l` is part of a regular expression: remove the `\`"#),
        ("![", "the `[` has no `]`"),
    ])
    func `a malformed line is reported, and the others count`(line: String, reason: String) {
        let ignore = DockerIgnore("a\r\n\r\n \(line) \r\nb")
        #expect(ignore.problems == [DockerIgnore.Problem(line: 3, text: line, reason: reason)])
        #expect(ignore.excludes("a") && ignore.excludes("b") && !ignore.excludes("c"))
    }

    @Test(
        .timeLimit(.minutes(1)),
        arguments: [
            String(repeating: "**/", count: 200) + "*a*a*a*b",
            String(repeating: "*a", count: 500) + "b",
            String(repeating: "**a", count: 300) + "?b",
            "**/" + String(repeating: "a/", count: 900) + "b",
            String(repeating: "[^b]", count: 300) + "*b",
        ])
    func `a hostile pattern costs no more than path times pattern`(pattern: String) {
        let ignore = DockerIgnore(pattern)
        #expect(!ignore.excludes(String(repeating: "a", count: 4000)))
        // Each folder on the way is looked at by itself.
        #expect(!ignore.excludes(String(repeating: String(repeating: "a", count: 300) + "/", count: 8) + "c"))
    }

    @Test func `no text and no path traps`() {
        let pieces = [
            "a", "*", "**", "?", "[", "]", "^", "-", "\\", "/", "!", "#", ".", "..", " ", "\n", "\r\n", "\0", "é",
        ]
        var random = SeededNumbers(seed: 42)
        func text() -> String {
            (0..<Int.random(in: 0...12, using: &random)).compactMap { _ in pieces.randomElement(using: &random) }
                .joined()
        }
        for _ in 0..<20_000 {
            let ignore = DockerIgnore(text())
            let path = text()
            #expect(!ignore.isEmpty || !ignore.excludes(path))
        }
    }
}
