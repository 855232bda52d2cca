internal import DorcModel
internal import DorcYAML

/// A value of an environment variable of a container.
enum EnvironmentValue {
    enum Taken {
        case literal(YAMLNode)
        /// JSONata, which only a step has.
        case expression(YAMLNode, JinjaText)
        /// A template that has no counterpart: as it is, for a person to decide.
        case template(YAMLNode)
        /// What dorc would read as an expression of its own, or what is no scalar.
        case refused(String)
    }

    static func take(_ value: WrittenValue, _ context: JinjaText.Context) -> Taken {
        guard let text = pythonText(value) else { return .refused("it is not a scalar") }
        guard JinjaText.isTemplate(text) else { return .literal(.string(text.withoutHoles)) }
        if let template = JinjaText(text, context) { return .expression(.string(template.expression), template) }
        if text.contains("{%") { return .refused("a template of Jinja's with statements: write the value") }
        return .template(.string(text.withoutHoles))
    }

    /// A template that only a person can say in other words.
    static func decide(_ name: String, _ value: WrittenValue, _ targets: [Target]) -> Verdict {
        let problem = JinjaText.problem(value.text ?? "")
        var verdict = Verdict.differs(targets, "\(problem): it is written as it is")
        verdict.todo = Todo("environment.\(name)", value, "\(value.source.shortened(to: 120)) is \(problem)")
        return verdict
    }

    /// As `str()` of Python's gives it: the templates of these tools put values into text that way.
    static func pythonText(_ value: WrittenValue) -> String? {
        guard case .scalar(let text, _) = value.content else { return nil }
        if value.isNull { return "None" }
        return value.read.python ?? JinjaText.uncommented(text)
    }

    /// Why a container of dorc's cannot have a variable of that name; nil where it can.
    static func problem(ofName name: String) -> String? {
        if !Names.isEnvironmentVariable(name) {
            return "dorc takes names of letters, digits and `_`, at least two, the first a letter"
        }
        return BatchLimit.isReserved(name) ? "AWS Batch or dorc sets variables of that name" : nil
    }
}

extension String {
    /// As a literal of pipeline.yaml: `${` is a variable's beginning there.
    var withoutHoles: String {
        guard contains("${") else { return self }
        var result = ""
        var rest = self[...]
        while let place = rest.firstRange(of: "${") {
            result += rest[..<place.lowerBound] + "$${"
            rest = rest[place.upperBound...]
        }
        return result + rest
    }
}
