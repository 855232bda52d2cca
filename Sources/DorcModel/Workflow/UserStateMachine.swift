package import DorcText

/// A state machine as the user wrote it, for one environment.
package struct MachineText: Sendable {
    package var value: JSONValue<DefinitionText>
    package var isJSONata: Bool
    package var hasNull: Bool
    package var hasTimeout: Bool
    /// The name of its first state.
    package var start: String
    package var stateNames: Set<String>
    package var runsDistributedMaps: Bool
    /// What its tasks call, each once, in the order of the file.
    package var integrations: [Integration]

    /// CloudFormation refuses `null` in an object: in JSONata an expression says the same, in JSONPath nothing does.
    package var needsText: Bool { hasNull && !isJSONata }

    package init(
        value: JSONValue<DefinitionText>, isJSONata: Bool, hasNull: Bool, hasTimeout: Bool, start: String,
        stateNames: Set<String>, runsDistributedMaps: Bool, integrations: [Integration]
    ) {
        self.value = value
        self.isJSONata = isJSONata
        self.hasNull = hasNull
        self.hasTimeout = hasTimeout
        self.start = start
        self.stateNames = stateNames
        self.runsDistributedMaps = runsDistributedMaps
        self.integrations = integrations
    }
}

/// A text of a definition, in which functions' names stand for their ARNs.
package struct DefinitionText: Sendable {
    package enum Part: Sendable {
        case text(Text)
        case function(String)
    }

    package var parts: [Part]

    package init(
        parts: [Part]
    ) {
        self.parts = parts
    }

    package var sample: String {
        parts.map { part in
            switch part {
            case .text(let text): text.sample
            case .function(let name): name
            }
        }.joined()
    }
}
