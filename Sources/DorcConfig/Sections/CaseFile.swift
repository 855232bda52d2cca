package import DorcModel
package import DorcText
internal import DorcYAML

/// A file of a pipeline's `tests` folder as written.
package struct CaseFile: Section {
    package var origin = Origin()
    package var cases: Located<[Located<CaseSection>]>?
    package var mocks: Located<MockMap>?
    package var secrets: Located<LocatedMap<Located<String>>>?
    package var s3: Located<String>?

    package init() {}

    package static let type = ObjectType<Self>(
        "a case file", allowsOwnKeys: true,
        elsewhere: Elsewhere([
            ("name input event expect output error cause", "write it in an item of `cases`: `cases: [{name: …}]`")
        ]),
        keys: [
            Key(
                "cases", \.cases, .list(of: .section, atLeast: 1), required: true, otherNames: "case tests test",
                "The cases: each is one run of the pipeline."),
            Key("mocks", \.mocks, .mocks, otherNames: "mock", "Answers of steps in every case of the file."),
            Key(
                "secrets", \.secrets, .secretValues, otherNames: "secret",
                "Values of secrets in every case of the file."),
            Key(
                "s3", \.s3, .relativePath, otherNames: "buckets",
                "A folder beside the file, used in place of S3 in every case of the file: `<bucket>/<key>` in it."),
        ])

    /// An item of `cases`.
    package struct CaseSection: Section {
        package var origin = Origin()
        package var name: Located<String>?
        package var input: Located<JSONSource>?
        package var event: Located<VariableText>?
        package var mocks: Located<MockMap>?
        package var secrets: Located<LocatedMap<Located<String>>>?
        package var s3: Located<String>?
        package var expect: Located<ExpectationSection>?

        package init() {}

        package static let type = ObjectType<Self>(
            "a case",
            alternatives: .init(
                "input", "event", usual: "input",
                several: { section, _ in
                    // A key that another one was taken for has been reported.
                    section.input == nil ? nil : section.event.map { .twoInputs(at: $0.range.firstLine) }
                }),
            elsewhere: Elsewhere([
                ("output result returns error cause raises", "write it in `expect`: `expect: {output: …}`"),
                ("environment env", "the environment is that of the command: `dorc-synth test --environment`"),
            ]),
            keys: [
                Key(
                    "name", \.name,
                    .text(
                        "a name of 1 to 200 printable characters", .caseName, help: "describe the case in a line"),
                    required: true, otherNames: "id description title",
                    "What the case shows, unique among the cases of the pipeline."),
                Key(
                    "input", \.input, .json(.ignored(.testCase)), isNullable: true, default: .words("`{}`"),
                    otherNames: "arguments given payload", "The run's input."),
                Key(
                    "event", \.event,
                    .variableText(
                        "`schedule`, `schedule:NAME` or `s3:BUCKET/KEY`", expressions: .ignored(.testCase),
                        CaseEvent.pattern, canBeNumber: false, example: "schedule"),
                    otherNames: "trigger",
                    "Instead of `input`, what a trigger sends: `schedule`, `schedule:NAME` or `s3:BUCKET/KEY`."),
                Key(
                    "mocks", \.mocks, .mocks, otherNames: "mock",
                    "Answers of steps that cannot run here, or should not; they win over the file's."),
                Key(
                    "secrets", \.secrets, .secretValues, otherNames: "secret",
                    "Values of secrets, named as in the file of `--secrets`; they win over the file's."),
                Key(
                    "s3", \.s3, .relativePath, otherNames: "buckets",
                    "A folder beside the file, used in place of S3: `<bucket>/<key>` in it; it wins over the file's."),
                Key(
                    "expect", \.expect, .section, required: true, otherNames: "expected expects then assert want",
                    "How the run has to end."),
            ])
    }

    /// `expect` of a case.
    package struct ExpectationSection: Section {
        package var origin = Origin()
        package var output: Located<JSONSource>?
        package var error: Located<VariableText>?
        package var cause: Located<VariableText>?

        package init() {}

        package static let type = ObjectType<Self>(
            "`expect`", alternatives: outcomes("a run ends"),
            keys: outcomeKeys(
                output: "The run succeeds, and this is its output, as a whole.",
                error: "The run fails with the error of this name, such as `ValueError`.",
                cause: "A part of the error's cause."))
    }

    /// What a step answers, instead of what it would do.
    package struct AnswerSection: Section {
        package var origin = Origin()
        package var output: Located<JSONSource>?
        package var error: Located<VariableText>?
        package var cause: Located<VariableText>?

        package init() {}

        package static let type = ObjectType<Self>(
            "an answer", alternatives: outcomes("a step answers"),
            keys: outcomeKeys(
                output: "The step succeeds, and this is its answer.",
                error: "The step fails with the error of this name.", cause: "The error's cause."))
    }
}

/// The answers of steps, by the step's name.
package typealias MockMap = LocatedMap<MockAnswers>

/// What a step answers: the same in each call, or one after the other.
package struct MockAnswers: Equatable, Sendable {
    package var sections: [Located<CaseFile.AnswerSection>]
    /// Whether they are written as a list, which ends.
    package var isList: Bool
}

/// How something ends: with an output or with an error.
private protocol Outcome: Section {
    var output: Located<JSONSource>? { get set }
    var error: Located<VariableText>? { get set }
    var cause: Located<VariableText>? { get set }
}

extension CaseFile.ExpectationSection: Outcome {}
extension CaseFile.AnswerSection: Outcome {}

extension Outcome {
    fileprivate static func outcomes(_ subject: String) -> ObjectType<Self>.Alternatives {
        .init(
            "output", "error",
            // A key that another one was taken for has been reported.
            several: { section, _ in
                section.output == nil || section.error == nil
                    ? nil : .oneOutcome(subject, isBoth: true, at: section.range.firstLine)
            },
            // A key that is not known may have been the one; `cause` has its own message.
            none: { section in
                section.origin.hasUnknownKeys || section.writtenKeys.contains("cause")
                    ? nil : .oneOutcome(subject, isBoth: false, at: section.range.firstLine)
            })
    }

    fileprivate static func outcomeKeys(output: String, error: String, cause: String) -> [Key<Self>] {
        [
            Key(
                "output", \.output, .json(.ignored(.testCase)), isNullable: true,
                otherNames: "result returns value response", output),
            Key(
                "error", \.error,
                .variableText("an error's name", expressions: .ignored(.testCase), example: "ValueError"),
                otherNames: "exception raises errortype fails", error),
            Key(
                "cause", \.cause, .variableText("a text", expressions: .ignored(.testCase)), needs: .oneOf("error"),
                otherNames: "message errormessage", cause),
        ]
    }
}

extension ValueType<MockMap> {
    /// Of a mock file too, which is nothing else.
    static var mocks: ValueType {
        .map(
            keys: "steps' names", oneKey: "the name of a step", .mockedStep, "it is empty",
            of: .answers)
    }
}

extension ValueType<MockAnswers> {
    fileprivate static var answers: ValueType {
        let one = ValueType<CaseFile.AnswerSection>.section
        let list = ValueType<[Located<CaseFile.AnswerSection>]>.list(of: one, atLeast: 1)
        return ValueType(
            .either(one.shape, list.shape),
            decode: { node, diagnostics in
                if case .sequence = node.content {
                    return list.decode(node, &diagnostics).map { MockAnswers(sections: $0, isList: true) }
                }
                return one.decode(node, &diagnostics).map {
                    MockAnswers(sections: [Located($0, node.range)], isList: false)
                }
            },
            encode: { answers in
                if !answers.isList, let only = answers.sections.first { return one.encode(only.value) }
                return list.encode(answers.sections)
            })
    }
}

extension ValueType<LocatedMap<Located<String>>> {
    fileprivate static var secretValues: ValueType {
        .map(
            keys: "secrets' names", oneKey: "the name of a secret", .secretName, "it is empty",
            of: .located(.text("a secret's value", expressions: .passedOn, example: "not-the-real-one")))
    }
}

extension StringRule {
    fileprivate static let caseName = StringRule(
        #"^[^\u0000-\u001F\u007F-\u009F\u2028\u2029]{1,200}$"#, "no returns at all",
        where: { name in
            let scalars = name.unicodeScalars
            return (1...200).contains(scalars.count)
                && scalars.allSatisfy {
                    !(0...0x1F ~= $0.value || 0x7F...0x9F ~= $0.value || 0x2028...0x2029 ~= $0.value)
                }
        })

    fileprivate static let mockedStep = StringRule(#"[\s\S]"#, "publish", where: { !$0.isEmpty })
    fileprivate static let secretName = StringRule(#"[\s\S]"#, "API_KEY", where: { !$0.isEmpty })
}

extension Diagnostic {
    fileprivate static func oneOutcome(_ subject: String, isBoth: Bool, at range: SourceRange) -> Diagnostic {
        Diagnostic(
            .oneOutcome, at: range,
            isBoth
                ? "\(subject) with an `output` or with an `error`, not both"
                : "\(subject) with an `output` or with an `error`: neither is here",
            help: isBoth ? "remove one" : "write `output: …` or `error: …`")
    }

    fileprivate static func twoInputs(at range: SourceRange) -> Diagnostic {
        Diagnostic(
            .twoInputs, at: range, "a run has an `input` or is started by an `event`, not both",
            help: "remove one: the event is the input")
    }
}
