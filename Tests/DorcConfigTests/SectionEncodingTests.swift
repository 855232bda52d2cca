import DorcConfig
import DorcModel
import DorcText
import DorcYAML
import Testing

/// What is read can be written again: importers make sections in memory and write them as dorc.yaml and pipeline.yaml.
@Suite struct SectionEncodingTests {
    @Test(arguments: ConfigFileKind.allCases)
    func `every file of the examples and tests says the same after it is written and read again`(
        _ kind: ConfigFileKind
    ) {
        let files = kind.files
        #expect(files.count >= kind.least.files)
        for (path, text) in files {
            if let decoded = kind.decoded(text) { #expect(decoded.survives, "\(path)") }
        }
    }

    @Test(arguments: ConfigFileKind.allCases)
    func `every key is written again`(_ kind: ConfigFileKind) {
        for place in ShapeWalk.places(of: kind.shape) {
            let text = place.file(place.example ?? place.shape.example)
            #expect(kind.decoded(text)?.survives == true, "\(place.path): \(text)")
        }
    }

    @Test func `sections with other values are not equal`() throws {
        let one = try #require(pipeline("steps: [extract, {name: load, retry: 2}]"))
        let other = try #require(pipeline("steps: [extract, {name: load, retry: 3}]"))
        let moved = try #require(pipeline("\n\nsteps:\n- extract\n- {retry: {attempts: 2}, name: load}\n"))
        #expect(one != other)
        #expect(one == moved)
    }

    @Test func `a file that is made in memory reads like one written by hand`() {
        let nowhere = Origin().range
        func located<Value>(_ value: Value) -> Located<Value> { Located(value, nowhere) }
        var england = PipelineFile.StepSection()
        england.name = located("england")
        england.function = located("clean")
        england.after = located([located("extract")])
        england.arguments = located(
            .object([
                .init(name: "region", value: .text(located(VariableText(literal: "england")))),
                .init(name: "price", value: .text(located(VariableText(literal: "1.50")))),
                .init(name: "template", value: .text(located(VariableText(literal: "a ${b} $c")))),
                .init(name: "full", value: .boolean(false)),
            ]))
        var extract = PipelineFile.StepSection()
        extract.function = located("extract")
        var file = PipelineFile()
        file.description = located(
            VariableText(literal: "Pull the census, and validate it.\nThen load it: all of it.\n"))
        file.timeout = located(Duration(7200))
        file.steps = located([located(extract), located(england)])
        let text = YAMLText.file(PipelineFile.type.encode(file))
        #expect(
            text == """
                description: |
                  Pull the census, and validate it.
                  Then load it: all of it.
                timeout: 2h
                steps:
                  - extract
                  - name: england
                    function: clean
                    arguments: {region: england, price: "1.50", template: "a $${b} $c", full: false}
                    after: extract

                """)
        #expect(pipeline(text) == file)
    }

    private func pipeline(_ text: String) -> PipelineFile? {
        var diagnostics = Diagnostics()
        return ConfigFileKind.pipeline.node(text).flatMap { PipelineFile.type.decode($0, &diagnostics) }
    }
}
