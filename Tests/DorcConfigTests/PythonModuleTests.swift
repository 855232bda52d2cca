import Testing
@testable import DorcConfig

/// What a first look at a module's top level must not get wrong: it passes over what is inside functions.
@Suite struct PythonModuleTests {
    private func finding(_ source: String) -> PythonModule.Finding {
        PythonModule(Array(source.utf8), name: "handler").finding
    }

    /// Bodies with all that could make a reader lose its place; none ends inside a string or bracket.
    private static let bodies = [
        "pass", "x = 'it''s'", #"x = "a" 'b'"#, #"x = r"\" + ""#, #"x = rb'\'' or Rb"\"""#,
        "x = '''\ndef handler'''",
        "x = \"\"\"\ndef handler(a, b): pass\n\"\"\"", #"x = f"{d["k"]}" + f'{f"{x}"}'"#, #"x = f"{{" + F"}}""#,
        #"x = f"{x!r:>{width}}""#, #"x = f"\N{BULLET}{x}""#, "x = (\n# (\n'(')", "x = [  # ]\n]", "x = 1 \\\n  + 2",
        #"x = tf"{a}""#, "verb = 'x' if barf else ''", "x = 0b1 if 0xfb else 'b'", "x = {'}': ']'}  # {", "x = ';\\\n'",
        "return not'x'", "x = u'(' + b'['", "x = t'{y}'", "x = '\\''",
    ]

    @Test(arguments: bodies)
    func `a handler after any body is found`(body: String) {
        #expect(finding("def helper():\n    \(body)\n\ndef handler(event, context):\n    pass\n") == .defined)
    }

    @Test(arguments: bodies)
    func `no handler after any body is found missing`(body: String) {
        #expect(finding("def helper():\n    \(body)\n\ndef other(event, context):\n    pass\n") == .missing)
    }

    @Test(arguments: [
        "x = '''\ndef handler(event, context): pass\n'''", "x = (\n'''\ndef handler(a, b): pass\n''')",
        "class A:\n  def handler(self, event): pass", "def f():\n  '''\ndef handler(a, b):\n  '''\n",
        "import handler.x as y", "from m import (a,\n b as c)", "x.handler = 1",
    ])
    func `what only looks like a handler is none`(source: String) { #expect(finding(source) == .missing) }

    @Test(arguments: [
        "if True:\n  def handler(a, b): pass", "from m import *", "import handler", "from m import a as handler",
        "from m import (\n  a,\n  handler)", "x = y; handler = z", "handler: object = f", "for handler in x: pass",
        "with a as handler: pass", "x = (handler := f)", "handler, other = f()", "try: pass\nexcept E as handler: pass",
    ])
    func `a handler may be defined in other ways`(source: String) { #expect(finding(source) == .defined) }

    @Test(arguments: [
        "def f():\n  x = 1\n<<<<<<< HEAD\n  y = 2\n", "def handler(a, b): pass\ndef f():\n  pass\n=======\n",
        "def f():\n  x = (\n>>>>>>> branch\n)\ndef handler(a, b): pass",
    ])
    func `a line of a merge is found wherever it is`(source: String) {
        guard case .mergeMark = finding(source) else {
            Issue.record("\(finding(source))")
            return
        }
    }

    @Test(arguments: [
        ("def f():\n  x = ']\n", PythonMistake(.unended, at: 15..<17)),
        ("def f():\n  x = (\n", PythonMistake(.unclosed, at: 15..<16)),
        ("def f():\n  )\n", PythonMistake(.unopened, at: 11..<12)),
        ("def f():\n  x = (1]\n", PythonMistake(.mismatched(15), at: 17..<18)),
        ("def f():\n  x = \\ 1\n", PythonMistake(.nothingAfterBackslash, at: 15..<16)),
        ("def handler(event, context)\n  return 1\n", PythonMistake(.noColon, at: 26..<27)),
        ("def handler(e, c): pass\nx = '\n", PythonMistake(.unended, at: 28..<29)),
    ])
    func `what no Python reads is told at its place`(source: String, mistake: PythonMistake) {
        #expect(finding(source) == .mistake(mistake))
    }

    @Test(arguments: ["def f():\n  x = f'{'\n", "def f():\n  x = f'{(}'\n", "def f():\n  x = f'\n", "x = 1\0"])
    func `what a version of Python may read is not spoken of`(source: String) { #expect(finding(source) == .defined) }

    @Test func `the place of a relative import is known`() throws {
        let code = Array("import a\nfrom ..b . c import d\ndef handler(e, c): pass\n".utf8)
        let found = try #require(PythonModule(code, name: "handler").relativeImport)
        #expect(found.dots == 14..<16 && found.path == 14..<21 && found.hasName)
    }
}
