internal import DorcText

/// Looks at a function's `lambda.py` without running it: what Lambda would say at the first run, or at every one.
enum FunctionCodeCheck {
    /// Far more than anybody writes; a generated file of that size is left alone.
    static let sizeLimit = 4 << 20

    static func run(_ file: SourceFile, handler: String, into diagnostics: inout Diagnostics) {
        guard file.bytes.count <= sizeLimit else { return }
        if let mistake = PythonMistake.ofEncoding(file.bytes) {
            diagnostics.report(.pythonSyntax(mistake, in: file))
            return
        }
        let module = PythonModule(file.bytes, name: handler)
        if let found = module.relativeImport { diagnostics.report(.relativeImport(found, in: file)) }
        switch module.finding {
        case .defined: break
        case .empty: diagnostics.report(.emptyFunction(file, handler))
        case .mergeMark(let offset):
            diagnostics.report(.mergeMark(at: file.range(of: offset..<offset + 7)))
        case .mistake(let mistake): diagnostics.report(.pythonSyntax(mistake, in: file))
        case .onlyAsync(let offset):
            diagnostics.report(.asyncHandler(handler, at: file.range(of: offset..<offset + handler.utf8.count)))
        case .signature(let offset, let signature):
            diagnostics.report(
                .handlerSignature(handler, signature, at: file.range(of: offset..<offset + handler.utf8.count)))
        case .missing: diagnostics.report(.noHandler(handler, in: file, module))
        }
    }
}

extension SourceFile {
    /// The place of some bytes on one line.
    fileprivate func range(of offsets: Range<Int>) -> SourceRange {
        func position(_ offset: Int) -> SourcePosition {
            let line = max(lineStarts.partition(before: offset), 1)
            let start = lineStarts[line - 1]
            let before = String(decoding: bytes[start..<min(max(offset, start), bytes.count)], as: UTF8.self)
            return SourcePosition(line: line, column: before.unicodeScalars.count + 1)
        }
        return SourceRange(file: self, start: position(offsets.lowerBound), end: position(offsets.upperBound))
    }
}

extension [Int] {
    /// How many of the sorted numbers are at most `limit`.
    fileprivate func partition(before limit: Int) -> Int {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if self[middle] <= limit { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

extension Diagnostic {
    fileprivate static func emptyFunction(_ file: SourceFile, _ handler: String) -> Diagnostic {
        Diagnostic(
            .emptyFunction, at: file.wholeFile, "the file has no code",
            help: "write `def \(handler)(event, context):`, as `dorc-synth new function` does")
    }

    /// `awslambdaric` calls the handler and turns what it returns into JSON; it awaits nothing.
    fileprivate static func asyncHandler(_ handler: String, at range: SourceRange) -> Diagnostic {
        Diagnostic(
            .asyncHandler, at: range, "`\(handler)` is an `async def`: Lambda does not await it, and each run fails",
            help: "write `def \(handler)(event, context):`, with `return asyncio.run(main(event))` in it")
    }

    fileprivate static func pythonSyntax(_ mistake: PythonMistake, in file: SourceFile) -> Diagnostic {
        let text = String(decoding: file.bytes[mistake.range], as: UTF8.self)
        let place = file.range(of: mistake.range)
        var notes: [Note] = []
        let (summary, help): (String, String) =
            switch mistake.kind {
            case .unclosed: ("`\(text)` is never closed", "close it")
            case .unopened: ("`\(text)` closes nothing", "remove it, or open it")
            case .mismatched(let opening):
                (
                    "`\(text)` does not close `\(String(decoding: file.bytes[opening..<opening + 1], as: UTF8.self))`",
                    "close the bracket that was opened last"
                )
            case .unended: ("the string has no end", "write the quotes at its end")
            case .nothingAfterBackslash:
                ("the line goes on after a `\\`, which joins it to the next one", "remove what follows, be it blanks")
            case .noColon: ("the line has no `:` at its end", "write it after this")
            case .notUTF8:
                (
                    "the file is not UTF-8 here",
                    "save it as UTF-8, or declare its encoding in the first line, as in `# coding: latin-1`"
                )
            }
        if case .mismatched(let opening) = mistake.kind {
            notes.append(Note(file.range(of: opening..<opening + 1), "it was opened here"))
        }
        return Diagnostic(
            .pythonSyntax, at: place, "Python cannot read the file: \(summary)", help: help, notes: notes)
    }

    /// `awslambdaric`, bootstrap.py: `importlib.import_module` of the handler's module, which is in no package.
    fileprivate static func relativeImport(_ found: PythonModule.RelativeImport, in file: SourceFile) -> Diagnostic {
        let path = String(decoding: file.bytes[found.path], as: UTF8.self)
        let name = path.drop { $0 == "." || $0.isWhitespace }
        let isNear = found.dots.count == 1
        let shared =
            "put code that functions share into a folder of `images.include`, and import it by that folder's name"
        return Diagnostic(
            .relativeImport, at: file.range(of: found.path),
            "`from \(path)` fails in each run: Lambda loads `lambda.py` as a module without a package",
            help: isNear ? (found.hasName ? nil : "import the module by its name: `import helper`") : shared,
            replacement: isNear && found.hasName ? String(name) : nil)
    }

    fileprivate static func handlerSignature(_ handler: String, _ signature: PythonSignature, at range: SourceRange)
        -> Diagnostic
    {
        let takes =
            if signature.requiredByName > 0 {
                "a parameter after `*` has no default"
            } else if signature.required > 2 {
                "\(signature.required) have no default"
            } else {
                signature.positional == 0 ? "it takes none" : "it takes one"
            }
        return Diagnostic(
            .handlerSignature, at: range, "Lambda calls `\(handler)` with two arguments, and \(takes)",
            help: "write `def \(handler)(event, context):`, and give a default to any further parameter")
    }

    fileprivate static func noHandler(_ handler: String, in file: SourceFile, _ module: PythonModule) -> Diagnostic {
        let summary = "the file defines no `\(handler)` at its top level, which is what Lambda calls"
        let usual = ["lambda_handler", "handle", "main", "run"]
        let functions = module.functions
        let likely =
            functions.first { usual.contains($0.name) }
            ?? Suggestion.closest(to: handler, among: functions.map(\.name)).flatMap { name in
                functions.first { $0.name == name }
            }
        if likely == nil, let nested = module.nested {
            return Diagnostic(
                .noHandler, at: file.range(of: nested.range), summary,
                help: "this one is inside `\(nested.owner)`: define it at the top level")
        }
        guard let found = likely ?? (functions.count == 1 ? functions.first : nil) else {
            return Diagnostic(
                .noHandler, at: file.wholeFile, summary, help: "write `def \(handler)(event, context):`")
        }
        return Diagnostic(
            .noHandler, at: file.range(of: found.range), summary,
            help: found.takesTwo
                ? "rename `\(found.name)`, or write `\(handler) = \(found.name)` after it"
                : "write `def \(handler)(event, context):` instead of `\(found.name)`: Lambda calls it with two arguments",
            replacement: found.takesTwo ? handler : nil)
    }
}
