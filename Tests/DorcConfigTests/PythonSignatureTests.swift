import Testing
@testable import DorcConfig

/// Where a call with two arguments is a `TypeError` of Python, and where it is not or cannot be known.
@Suite struct PythonSignatureTests {
    private func finding(_ source: String) -> PythonModule.Finding {
        PythonModule(Array(source.utf8), name: "handler").finding
    }

    @Test(arguments: [
        "def handler():\n  pass", "def handler(event):\n  pass", "def handler(event, context, extra):\n  pass",
        "def handler(event, /):\n  pass", "def handler(event, *, context):\n  pass",
        "def handler(event, context, *, flag):\n  pass", "def handler(event, context, *args, flag):\n  pass",
        "def handler(event, **rest):\n  pass", "def handler(\n  event: dict[str, int],  # all\n) -> None:\n  pass",
        "def handler(event=(1, 2)):\n  pass", "def handler(event=lambda a, b: a):\n  pass",
        "def handler(a: lambda x, y: x):\n  pass", "def handler[T, *U](event: T):\n  pass",
        "def handler(event=','):\n  pass", "if True:\n  def handler(): pass\nelse:\n  def handler(a): pass",
        "def handler(a: X == 1, b: Y, c: Z): pass", "def helper(a, b): pass\ndef handler(a): pass",
    ])
    func `what two arguments do not fit is found`(source: String) {
        guard case .signature = finding(source) else {
            Issue.record("\(finding(source))")
            return
        }
    }

    @Test(arguments: [
        "def handler(event, context):\n  pass", "def handler(event, context=None):\n  pass", "def handler(*args): pass",
        "def handler(event, *rest, flag=False): pass", "def handler(*_, **__): pass",
        "def handler(a=1, b=2, c=3): pass",
        "def handler(event, context, /, extra={'a': (1, 2)}, *, flag=True, **rest): pass",
        "def handler(event: dict[str, int], context: 'a, b' = None,) -> tuple[int, int]: pass",
        "def handler(event, context, key=lambda a, b: a): pass", "def handler[T: (int, str)](event: T, context): pass",
        "@wrap\ndef handler(event): pass", "class handler:\n  def __new__(cls): pass",
        "def handler(a): pass\nhandler = wrap(handler)",
        "def handler(a): pass\ntry:\n  from fast import handler\nexcept ImportError: pass",
        "def handler(a): pass\ndef handler(a, b): pass",
        "class A:\n  def handler(self): pass\nhandler = A().handler",
        "def outer():\n  def handler(): pass\n  return handler\nhandler = outer()",
        "from all import *\ndef handler(a): pass", "def handler(a): pass\nglobals()['handler'] = 1",
    ])
    func `what may be called with two arguments is let through`(source: String) { #expect(finding(source) == .defined) }
}
