/// A logical line of Python that is not in the body of a function or class.
struct PythonStatement {
    let bytes: [UInt8]
    private(set) var tokens: ArraySlice<PythonLexer.Token>

    init(bytes: [UInt8], tokens: ArraySlice<PythonLexer.Token>) {
        self.bytes = bytes
        self.tokens = tokens
    }

    private func text(_ token: PythonLexer.Token) -> ArraySlice<UInt8> { bytes[token.range] }

    private func reads(_ index: Int, _ text: StaticString) -> Bool {
        tokens.indices.contains(index) && tokens[index].reads(text, in: bytes)
    }

    func begins(with word: StaticString) -> Bool { reads(tokens.startIndex, word) }

    mutating func removeFirst(_ word: StaticString) -> Bool {
        guard begins(with: word) else { return false }
        tokens.removeFirst()
        return true
    }

    var endsWithColon: Bool { reads(tokens.endIndex - 1, ":") }

    /// The name after `def` or `class`.
    var definedName: Range<Int>? {
        guard let token = tokens.dropFirst().first, token.kind == .name else { return nil }
        return token.range
    }

    /// Of a `def` or `class` without the `:` that ends its head: its last token.
    var missingColon: Range<Int>? {
        tokens.haveOutsideBrackets(UInt8(ascii: ":"), in: bytes) ? nil : tokens.last?.range
    }

    /// Of `from . import x` and `from .x import y`, where what is imported from is. Where the module names its package itself,
    /// it may have one.
    var relativeImport: PythonModule.RelativeImport? {
        guard begins(with: "from") else { return nil }
        let dots = tokens.dropFirst().prefix { token in
            token.kind == .symbol && bytes[token.range].allSatisfy { $0 == UInt8(ascii: ".") }
        }
        guard let first = dots.first, let last = dots.last, !contains(bytes[...], Array("__package__".utf8))
        else { return nil }
        let name = tokens[dots.endIndex...].prefix { !$0.reads("import", in: bytes) }
        return PythonModule.RelativeImport(
            dots: first.range.lowerBound..<last.range.upperBound,
            path: first.range.lowerBound..<(name.last ?? last).range.upperBound)
    }

    /// The name after `def`, or `async def`.
    var definedFunction: Range<Int>? {
        var rest = self
        _ = rest.removeFirst("async")
        return rest.begins(with: "def") ? rest.definedName : nil
    }

    /// Whether one of its words may define names unseen, or `global` is said of the name; inside strings with fields any
    /// mention counts.
    func mentionsUnseen(_ name: [UInt8]) -> Bool {
        let dynamic = PythonModule.Words.dynamic
        var isGlobal = false
        for token in tokens {
            switch token.kind {
            case .name:
                let count = token.range.count
                if count < dynamic.count, dynamic[count].contains(where: { token.reads($0, in: bytes) }) { return true }
                if isCompatibilityForm(token.range) { return true }
                if token.reads("global", in: bytes) { isGlobal = true }
                if isGlobal, token.reads(name, in: bytes) { return true }
            case .string:
                let word = text(token)
                let prefix = word.prefix(3).prefix { $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "'") }
                guard prefix.contains(where: { "fFtT".utf8.contains($0) }) else { continue }
                if dynamic.contains(where: { $0.contains { contains(word, $0) } })
                    || contains(word, name) && contains(word, [0x3A, 0x3D])
                {
                    return true
                }
            case .symbol: if token.reads(";", in: bytes) { isGlobal = false }
            case .number: continue
            }
        }
        return false
    }

    /// Python compares names in Unicode's NFKC, in which a full-width or mathematical letter is the plain one.
    private func isCompatibilityForm(_ word: Range<Int>) -> Bool {
        guard word.contains(where: { bytes[$0] >= 0x80 }) else { return false }
        return String(decoding: bytes[word], as: UTF8.self).unicodeScalars.contains { scalar in
            switch scalar.value {
            case 0xAA, 0xBA, 0x17F, 0x2B0...0x2FF, 0x1D2C...0x1D7F, 0x2070...0x214F, 0xFB00...0xFB06, 0xFF00...0xFFEF,
                0x1D400...0x1D7FF, 0xFFFD:
                true
            default: false
            }
        }
    }

    private func contains(_ text: ArraySlice<UInt8>, _ part: [UInt8]) -> Bool {
        guard let first = part.first else { return true }
        return text.indices.contains { text[$0] == first && text[$0...].starts(with: part) }
    }

    /// Whether the statement, which is no `def` or `class`, binds the name, or could bind any.
    func bindings(of name: [UInt8], _ isDefined: inout Bool, _ isUnknowable: inout Bool) {
        // Only what has the name binds it, but for `from m import *`.
        guard
            tokens.contains(where: { bytes[$0.range.lowerBound] == UInt8(ascii: "*") || $0.reads(name, in: bytes) })
        else { return }
        var rest = self
        if let first = tokens.first {
            let isBlock = PythonModule.Words.blocks.contains(Array(text(first))) && first.kind == .name
            let isCase =
                begins(with: "case") && !reads(tokens.startIndex + 1, "=") && !reads(tokens.startIndex + 1, ".")
            if isBlock || isCase, let colon = headerEnd {
                let header = tokens[..<colon]
                if isCase {
                    if header.contains(where: { text($0).elementsEqual(name) }) { isDefined = true }
                } else {
                    bindingsOfHeader(header, name, &isDefined)
                }
                rest.tokens = tokens[(colon + 1)...]
            }
        }
        for part in rest.tokens.split(whereSeparator: { $0.kind == .symbol && text($0).elementsEqual(";".utf8) }) {
            var simple = PythonStatement(bytes: bytes, tokens: part)
            // `class A: pass` and `def f(): pass` may be the body of a block in one line: `else: def` may not.
            if simple.begins(with: "import") || simple.begins(with: "from") {
                simple.tokens.removeFirst()
                simple.imports(name, &isDefined, &isUnknowable)
            } else {
                simple.targets(name, &isDefined)
            }
        }
    }

    /// The `:` that ends the head of a compound statement: not one in brackets, and not a lambda's.
    private var headerEnd: Int? {
        var depth = 0
        var lambdas = 0
        for index in tokens.indices where tokens[index].kind != .string {
            let word = text(tokens[index])
            if word.elementsEqual("lambda".utf8), depth == 0 { lambdas += 1 }
            switch word.first {
            case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"): depth += 1
            case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"): depth -= 1
            case UInt8(ascii: ":") where depth == 0 && word.count == 1:
                if lambdas == 0 { return index }
                lambdas -= 1
            default: break
            }
        }
        return nil
    }

    /// `for <targets> in`, `with ... as <target>`, `except ... as <name>`, and `:=` anywhere.
    private func bindingsOfHeader(
        _ header: ArraySlice<PythonLexer.Token>, _ name: [UInt8], _ isDefined: inout Bool
    ) {
        var isTarget = begins(with: "for")
        for index in header.indices where header[index].kind != .string {
            let word = text(header[index])
            if word.elementsEqual("as".utf8) { isTarget = true }
            if word.elementsEqual("in".utf8) { isTarget = false }
            let isBound = isTarget || reads(index + 1, ":=")
            if isBound, word.elementsEqual(name), !reads(index - 1, "."), !reads(index + 1, ".") { isDefined = true }
        }
    }

    /// What follows `import` or `from`.
    private func imports(_ name: [UInt8], _ isDefined: inout Bool, _ isUnknowable: inout Bool) {
        // `from m import a as b`: names come after `import`; of `import a.b as c`, `c`; of `import a.b`, `a`.
        let keyword = tokens.firstIndex { text($0).elementsEqual("import".utf8) }
        let names = tokens[(keyword.map { $0 + 1 } ?? tokens.startIndex)...]
        if names.first.map({ text($0).elementsEqual("*".utf8) }) == true { isUnknowable = true }
        for part in names.split(whereSeparator: { text($0).elementsEqual(",".utf8) }) {
            let words = part.filter { $0.kind == .name }
            let isRenamed = words.count > 2 && text(words[words.count - 2]).elementsEqual("as".utf8)
            let bound = isRenamed ? words.last : words.first
            if let bound, text(bound).elementsEqual(name) { isDefined = true }
        }
    }

    /// The targets of `a = b, (c, *d) = ...`, `a: int = 1`, `a += 1`, `type a = ...`, and `:=` anywhere.
    private func targets(_ name: [UInt8], _ isDefined: inout Bool) {
        var depth = 0
        var lastAssignment: Int?
        for index in tokens.indices where tokens[index].kind != .string {
            let word = text(tokens[index])
            if word.elementsEqual(name), reads(index + 1, ":=") { isDefined = true }
            switch word.first {
            case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"): depth += 1
            case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"): depth -= 1
            default:
                if depth == 0, tokens[index].kind == .symbol, isAssignment(word) { lastAssignment = index }
            }
        }
        guard let end = lastAssignment else { return }
        /// Whether each open bracket belongs to what is in front of it, as in `a[i]` and `f(x)`.
        var trailers: [Bool] = []
        var isAnnotation = false
        for index in tokens.indices where index < end && tokens[index].kind != .string {
            let word = text(tokens[index])
            if word.elementsEqual("lambda".utf8) { return }
            switch word.first {
            case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"): trailers.append(follows(index))
            case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"): _ = trailers.popLast()
            case UInt8(ascii: ":") where trailers.isEmpty: isAnnotation = true
            default:
                if word.elementsEqual(name), !isAnnotation, !trailers.contains(true), !reads(index - 1, "."),
                    !reads(index + 1, "."), !reads(index + 1, "["), !reads(index + 1, "(")
                {
                    isDefined = true
                }
            }
        }
    }

    /// Whether the bracket at `index` comes after something that it can belong to.
    private func follows(_ index: Int) -> Bool {
        guard index > tokens.startIndex else { return false }
        let before = tokens[index - 1]
        return before.kind != .symbol || ")]}".utf8.contains(bytes[before.range.lowerBound])
    }

    /// `=`, `+=` and their like; no comparison.
    private func isAssignment(_ word: ArraySlice<UInt8>) -> Bool {
        guard word.last == UInt8(ascii: "=") else { return false }
        return !["==", "!=", "<=", ">=", ":="].contains { word.elementsEqual($0.utf8) }
    }
}

extension Sequence<PythonLexer.Token> {
    func haveOutsideBrackets(_ symbol: UInt8, in bytes: [UInt8]) -> Bool {
        var depth = 0
        for token in self {
            switch token.symbol(in: bytes) {
            case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"): depth += 1
            case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"): depth -= 1
            case symbol where depth == 0: return true
            default: break
            }
        }
        return false
    }
}
