internal import DorcModel
internal import DorcText

/// What the files of one pipeline say together, and of its steps.
struct CaseCheck {
    let pipeline: WrittenPipeline
    let targets: MockTargets

    func run(_ cases: WrittenCases, into diagnostics: inout Diagnostics) {
        var names: [String: SourceRange] = [:]
        var scope = MockScope(pipeline, among: targets)
        for file in cases.files {
            if let mocks = file.mocks { scope.check(mocks.value, into: &diagnostics) }
            for section in file.cases?.value ?? [] {
                if let name = section.value.name {
                    if let first = names[name.value] {
                        diagnostics.report(.duplicateCase(name, first: first))
                    } else {
                        names[name.value] = name.range
                    }
                }
                if let mocks = section.value.mocks { scope.check(mocks.value, into: &diagnostics) }
            }
        }
    }
}

extension Diagnostic {
    fileprivate static func duplicateCase(_ name: Located<String>, first: SourceRange) -> Diagnostic {
        Diagnostic(
            .duplicateCase, at: name.range.firstLine, "the pipeline has two cases named `\(name.value)`",
            help: "give one another name: `--case` and reports tell them apart by it",
            notes: [Note(first.firstLine, "the first is here")])
    }
}
