/// What the top level of a Python module says of one name, found without running it.
///
/// It says that a name is missing only where that is sure: a star import, `globals()` or the like could define anything.
struct PythonModule {
    enum Finding: Equatable {
        /// It is defined, or could be.
        case defined
        /// By `async def` alone, at this offset.
        case onlyAsync(Int)
        /// By `def` alone, at this offset, with parameters that two arguments do not fit.
        case signature(Int, PythonSignature)
        case missing
        /// No statement at all.
        case empty
        case mergeMark(Int)
        /// Python cannot read the file.
        case mistake(PythonMistake)
    }

    let finding: Finding
    /// A function that is defined at the top level.
    struct Function {
        var name: String
        /// The offsets of its name.
        var range: Range<Int>
        /// Whether it can be called with two arguments, as far as its head says.
        var takesTwo: Bool
    }

    /// `from .helper import clean` at the top level.
    struct RelativeImport {
        /// The offsets of its dots.
        var dots: Range<Int>
        /// The offsets of the dots and the name after them, where there is one.
        var path: Range<Int>
        var hasName: Bool { path.upperBound > dots.upperBound }
    }

    /// The first that is done without a condition.
    private(set) var relativeImport: RelativeImport?
    private(set) var functions: [Function] = []
    /// The first function of the name that is in the body of a function or class, and what that is called.
    private(set) var nested: (owner: String, range: Range<Int>)?

    enum Words {
        /// What may define names unseen, by length: at an index the words of so many characters.
        static let dynamic: [[[UInt8]]] = {
            let words = [
                "globals", "exec", "locals", "vars", "setattr", "__dict__", "__getattr__", "modules", "f_globals",
                "f_locals", "__setattr__", "__setitem__",
            ].map { Array($0.utf8) }
            return (0...12).map { length in words.filter { $0.count == length } }
        }()
        static let blocks: Set<[UInt8]> = Set(
            ["if", "elif", "else", "for", "while", "try", "except", "finally", "with"].map { Array($0.utf8) })
    }

    init(_ bytes: [UInt8], name: String) {
        let nameBytes = Array(name.utf8)
        var scan = Scan()
        // Most files define the name plainly: what else is in a file matters to the others alone.
        if let lines = PythonLexer.lines(of: bytes, defining: nameBytes) {
            scan.isQuick = true
            Self.read(lines, bytes, nameBytes, &scan)
            if scan.isDefined, scan.mistake == nil {
                finding = .defined
                relativeImport = scan.relativeImport
                return
            }
            scan = Scan()
        }
        do {
            let lines = try PythonLexer.lines(of: bytes)
            if lines.isEmpty {
                finding = .empty
                return
            }
            Self.read(lines, bytes, nameBytes, &scan)
        } catch {
            finding =
                switch error {
                case .mergeMark(let offset): .mergeMark(offset)
                case .mistake(let mistake): .mistake(mistake)
                case .notPython: .defined
                }
            return
        }
        relativeImport = scan.relativeImport
        functions = scan.functions.map { range, head in
            Function(
                name: String(decoding: bytes[range], as: UTF8.self), range: range,
                takesTwo: PythonSignature(head, of: bytes)?.takesTwo ?? true)
        }
        nested = scan.nested.map { (String(decoding: bytes[$0.owner], as: UTF8.self), $0.range) }
        if let mistake = scan.mistake {
            finding = .mistake(mistake)
        } else if scan.isUnknowable || scan.isDefined {
            finding = .defined
        } else if let function = scan.misfit {
            finding = .signature(function.offset, function.signature)
        } else if let offset = scan.asyncFunction {
            finding = .onlyAsync(offset)
        } else {
            finding = .missing
        }
    }

    private struct Scan {
        /// Whether nothing is asked but whether the name is defined.
        var isQuick = false
        var isUnknowable = false
        var isDefined = false
        var mistake: PythonMistake?
        var relativeImport: RelativeImport?
        var asyncFunction: Int?
        /// The last `def` of the name, if it cannot be called with two arguments.
        var misfit: (offset: Int, signature: PythonSignature)?
        var functions: [(range: Range<Int>, head: ArraySlice<PythonLexer.Token>)] = []
        var nested: (owner: Range<Int>, range: Range<Int>)?
    }

    private static func read(
        _ lines: [PythonLexer.Line], _ bytes: [UInt8], _ name: [UInt8], _ scan: inout Scan
    ) {
        /// The indentation of the `def` or `class` whose body the lines are in.
        var body: Int?
        var owner: Range<Int>?
        var isDecorated = false
        for line in lines {
            var statement = PythonStatement(bytes: bytes, tokens: line.tokens)
            if !scan.isQuick, !scan.isUnknowable, statement.mentionsUnseen(name) { scan.isUnknowable = true }
            if let indentation = body {
                if line.indentation > indentation {
                    if scan.nested == nil, let owner, let found = statement.definedFunction,
                        bytes[found].elementsEqual(name)
                    {
                        scan.nested = (owner, found)
                    }
                    continue
                }
                body = nil
            }
            // `async` says nothing of where names go.
            let isAsync = statement.removeFirst("async")
            if statement.begins(with: "@") {
                isDecorated = true
                continue
            }
            if scan.relativeImport == nil, line.indentation == 0 { scan.relativeImport = statement.relativeImport }
            if statement.begins(with: "def") || statement.begins(with: "class") {
                if statement.endsWithColon { body = line.indentation }
                owner = statement.definedName
                if let defined = statement.definedName {
                    let isWhole = !scan.isQuick || bytes[defined].elementsEqual(name)
                    if isWhole, scan.mistake == nil, let place = statement.missingColon {
                        scan.mistake = PythonMistake(.noColon, at: place)
                    }
                    if bytes[defined].elementsEqual(name) {
                        if isAsync, !isDecorated {
                            scan.asyncFunction = defined.lowerBound
                        } else if !isDecorated, statement.begins(with: "def"),
                            let signature = PythonSignature(statement.tokens, of: bytes), !signature.takesTwo
                        {
                            scan.misfit = (defined.lowerBound, signature)
                        } else {
                            scan.isDefined = true
                        }
                    }
                    if !scan.isQuick, !isAsync, statement.begins(with: "def") {
                        scan.functions.append((defined, statement.tokens))
                    }
                }
            } else {
                statement.bindings(of: name, &scan.isDefined, &scan.isUnknowable)
            }
            isDecorated = false
        }
    }
}
