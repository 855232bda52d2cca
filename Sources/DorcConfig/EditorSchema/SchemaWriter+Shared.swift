internal import DorcText

/// Definitions of what is not a mapping with declared keys.
extension SchemaWriter {
    static let shared: [(name: String, value: JSONValue<String>)] = [
        ("text", text), ("value", value), ("event-pattern", eventPattern),
    ]

    /// Every `${` has a name and a `}`, as `VariableText` reads it.
    private static let variables = #"(?:[^$]|\$(?!\{)|\$\$\{|\$\{[A-Za-z_][A-Za-z0-9_]*\})*"#

    /// A string with variables.
    private static let text: JSONValue<String> = .members([
        "type": .texts(["string", "number", "boolean"]), "pattern": .text("^\(variables)$"),
        "patternErrorMessage": .text("A variable is ${name}; a literal ${ is written $${."),
    ])

    /// What is passed on as JSON into a state machine's definition: no mapping that CloudFormation would take for a function
    /// (`TemplateHazard`), no half expression (`DeadExpression`).
    private static let value: JSONValue<String> = .members([
        "pattern": .text(#"^(?=\#(variables)$)(?:\{%(?:[\s\S]*%)?\}\n?|(?!\{%)(?![\s\S]*%\}$)[\s\S]*)$"#),
        "patternErrorMessage": .text(
            "JSONata is between {% and %}, and a variable is ${name}; a literal ${ is written $${."),
        "propertyNames": .members(["pattern": .text("^(?!Fn::)")]),
        "not": .members(["type": .text("object"), "required": .texts(["Ref"]), "maxProperties": .integer(1)]),
        "additionalProperties": reference("value"), "items": reference("value"),
    ])

    /// As `EventPatternCheck` has it: fields lead to fields or to lists of values and matchers.
    private static let eventPattern: JSONValue<String> = .members([
        "type": .text("object"), "minProperties": .integer(1),
        "properties": .members([
            "$or": .members([
                "type": .text("array"), "minItems": .integer(2), "items": reference("event-pattern"),
            ])
        ]),
        "additionalProperties": .members([
            "anyOf": .list([
                .members([
                    "type": .text("array"), "minItems": .integer(1),
                    "items": .members([
                        "anyOf": .list([
                            .members(["type": .texts(["string", "number", "boolean"])]),
                            .members([
                                "type": .text("object"), "minProperties": .integer(1), "maxProperties": .integer(1),
                                "propertyNames": .members([
                                    "enum": .texts(EventMatcher.allCases.map(\.rawValue) + ["<<"])
                                ]),
                            ]),
                        ])
                    ]),
                ]),
                reference("event-pattern"),
            ])
        ]),
    ])

    private static func reference(_ name: String) -> JSONValue<String> {
        .members(["$ref": .text("#/$defs/\(name)")])
    }
}
