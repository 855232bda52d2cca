/// A state machine as the user wrote it, for one environment.
package struct MachineText: Sendable {
    package var value: JSONValue<DefinitionText>
    package var isJSONata: Bool
    var hasNull: Bool
    package var hasTimeout: Bool
    /// The name of its first state.
    package var start: String
    package var stateNames: Set<String>
    package var runsDistributedMaps: Bool
    /// What its tasks call, each once, in the order of the file.
    package var integrations: [Integration]

    /// CloudFormation refuses `null` in an object: in JSONata an expression says the same, in JSONPath nothing does.
    package var needsText: Bool { hasNull && !isJSONata }
}

/// A text of a definition, in which functions' names stand for their ARNs.
package struct DefinitionText: Sendable {
    package enum Part: Sendable {
        case text(Text)
        case function(String)
    }

    package var parts: [Part]

    var sample: String {
        parts.map { part in
            switch part {
            case .text(let text): text.sample
            case .function(let name): name
            }
        }.joined()
    }
}
