internal import DorcModel
internal import DorcYAML

/// A value of an environment variable of a container.
enum EnvironmentValue {
    enum Taken {
        case literal(YAMLNode)
        /// JSONata, which only a step has.
        case expression(YAMLNode)
        /// A template that has no counterpart: as it is, for a person to decide.
        case template(YAMLNode)
        /// What dorc would read as an expression of its own, or what is no scalar.
        case refused(String)
    }

    /// - Parameter parameters: those that the run has.
    static func take(_ value: WrittenValue, parameters: Set<String>) -> Taken {
        guard let text = pythonText(value) else { return .refused("it is not a scalar") }
        guard JinjaText.isTemplate(text) else { return .literal(.string(text.withoutHoles)) }
        if let expression = JinjaText.expression(text, parameters: parameters) {
            return .expression(.string(expression))
        }
        if text.contains("{%") { return .refused("a template of Jinja's with statements") }
        return .template(.string(text.withoutHoles))
    }

    /// As `str()` of Python's gives it: the templates of these tools put values into text that way.
    static func pythonText(_ value: WrittenValue) -> String? {
        guard case .scalar(let text, _) = value.content else { return nil }
        if value.isNull { return "None" }
        if let boolean = value.boolean { return boolean ? "True" : "False" }
        return text
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
