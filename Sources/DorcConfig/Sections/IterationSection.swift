package import DorcModel
package import DorcText
internal import DorcYAML

extension PipelineFile {
    /// What the items of `for_each` are.
    package struct IterationSection: Section {
        package var origin = Origin()
        /// Written as a mapping: a Distributed Map.
        package var isDistributed = true
        package var items: Located<JSONSource>?
        package var s3: Located<FolderSection>?
        package var csv: Located<ObjectSection>?
        package var jsonLines: Located<ObjectSection>?
        package var results: Located<FolderSection>?

        package init() {}

        package static let type = ObjectType<Self>(
            "`for_each`",
            alternatives: .init(
                "items", "s3", "csv", "json_lines",
                several: { section, keys in .iterationSources(keys, at: section.range.firstLine) },
                none: { .iterationSources([], at: $0.range.firstLine) }),
            keys: [
                Key("items", \.items, .json(.evaluated), isNullable: true, "A list, or JSONata that gives one."),
                Key(
                    "s3", \.s3, FolderSection.type.named("`s3` of `for_each`").valueType,
                    "The objects of a bucket; an item is `{\"Key\", \"Size\", ...}`."),
                Key(
                    "csv", \.csv, ObjectSection.type.named("`csv`").valueType,
                    "The lines of a CSV object with a header line; an item is an object by column."),
                Key(
                    "json_lines", \.jsonLines, ObjectSection.type.named("`json_lines`").valueType,
                    "The lines of a JSON Lines object."),
                Key(
                    "results", \.results, FolderSection.type.named("`results`").valueType,
                    "Where the outputs are written; the step's output then says where they are."),
            ])
    }

    /// Objects of a bucket.
    package struct FolderSection: Section {
        package var origin = Origin()
        package var bucket: Located<VariableText>?
        package var prefix: Located<VariableText>?

        package init() {}

        package static let type = ObjectType<Self>(
            "a folder of a bucket",
            keys: [
                Key("bucket", \.bucket, .bucket, required: true, "Name of the bucket."),
                Key(
                    "prefix", \.prefix, .variableText(expressions: .evaluated, example: "census/"),
                    default: .words("the whole bucket"), "What the keys start with."),
            ])
    }

    /// One object of a bucket.
    package struct ObjectSection: Section {
        package var origin = Origin()
        package var bucket: Located<VariableText>?
        package var key: Located<VariableText>?

        package init() {}

        package static let type = ObjectType<Self>(
            "an object of a bucket",
            keys: [
                Key("bucket", \.bucket, .bucket, required: true, "Name of the bucket."),
                Key(
                    "key", \.key,
                    .variableText(
                        "an object's key, or JSONata that gives one", expressions: .evaluated,
                        example: "census/areas.csv"),
                    required: true, "Key of the object."),
            ])
    }
}

extension ValueType<PipelineFile.IterationSection> {
    /// A mapping, or the items alone.
    static var iteration: ValueType {
        let list = ValueType<JSONSource>.json(.evaluated)
        let one = ValueType<JSONSource>.json(.required)
        return ValueType(
            .either(
                .described(
                    "any value",
                    .either(
                        .string(
                            StringShape(
                                format: "JSONata that gives a list", numbers: nil, takesBooleans: false,
                                examples: ["{% $states.input.files %}"], expressions: .required, hasVariables: true)),
                        .list(ListShape(items: list.shape)))),
                .object(PipelineFile.IterationSection.type.shape)),
            decode: { node, diagnostics in
                if case .mapping = node.content {
                    return PipelineFile.IterationSection.type.decode(node, &diagnostics)
                }
                let type = if case .scalar = node.content { one } else { list }
                return type.decode(node, &diagnostics).map { items in
                    var section = PipelineFile.IterationSection()
                    section.origin = Origin(range: node.range, keys: ["items"])
                    section.isDistributed = false
                    section.items = Located(items, node.range)
                    return section
                }
            },
            encode: { section in
                if !section.isDistributed, let items = section.items { return list.encode(items.value) }
                return PipelineFile.IterationSection.type.encode(section)
            })
    }
}

extension ValueType<ToleratedFailures> {
    /// Step Functions API, UpdateMapRun: a count, or a percentage from 0 to 100.
    static var toleratedFailures: ValueType {
        let format = "a number of items, or a percentage such as `5%`"
        return ValueType(
            .described(
                format,
                .either(
                    .integer(0...999_999_999, unit: nil),
                    .string(
                        StringShape(
                            format: format,
                            pattern: #"^(?:0*[0-9]{1,9}|(?:100|[1-9]?[0-9])(?:\.[0-9]+)?(?:[eE][+\-]?[0-9]+)?%)$"#,
                            numbers: nil, takesBooleans: false, examples: ["5%", "12.5%", "100%"])))),
            decode: { node, diagnostics in
                guard let text = Scalars.text(node, expected: format, &diagnostics) else { return nil }
                if Scalars.isDigits(text), let count = Int(text), count < 1_000_000_000 { return .count(count) }
                if text.hasSuffix("%"), let number = JSONNumber(String(text.dropLast())), let share = number.double,
                    (0...100).contains(share)
                {
                    return .percentage(number)
                }
                diagnostics.report(
                    .invalidValue(
                        text, expected: format, at: node.range.firstLine, help: "as in `10`, or `5%` of all items"))
                return nil
            },
            encode: { failures in
                switch failures {
                case .count(let count): .literal(String(count))
                case .percentage(let number): .literal("\(number.text)%")
                }
            })
    }
}

extension Diagnostic {
    fileprivate static func iterationSources(_ sources: [String], at range: SourceRange) -> Diagnostic {
        Diagnostic(
            .forEachSource, at: range,
            sources.isEmpty
                ? "`for_each` does not say what the items are"
                : "`for_each` names several sources: \(sources.map { "`\($0)`" }.joined(separator: ", "))",
            help: "give it one of `items`, `s3`, `csv` and `json_lines`")
    }
}
