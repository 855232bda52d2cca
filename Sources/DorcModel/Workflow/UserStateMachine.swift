package import DorcText

/// A state machine as the user wrote it, for one environment.
package struct UserStateMachine: Sendable {
    package var value: JSONValue<Text>
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
        value: JSONValue<Text>, isJSONata: Bool, hasNull: Bool, hasTimeout: Bool, start: String,
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

extension UserStateMachine {
    /// A text of it, in which functions' names stand for their ARNs.
    package typealias Text = Interpolated<Hole>

    package enum Hole: Hashable, Sendable {
        case pseudoParameter(PseudoParameter)
        case function(String)
    }
}

extension Interpolated<UserStateMachine.Hole> {
    /// For checks of length and pattern.
    package var sample: String {
        filled { hole in
            switch hole {
            case .pseudoParameter(let parameter): parameter.sample
            case .function(let name): name
            }
        }
    }

    /// Of a text that names no function.
    package init(_ text: Interpolated<PseudoParameter>) {
        switch text {
        case .literal(let literal): self = .literal(literal)
        case .parts(let parts):
            self = .parts(
                parts.map { part in
                    switch part {
                    case .literal(let literal): .literal(literal)
                    case .hole(let parameter): .hole(.pseudoParameter(parameter))
                    }
                })
        }
    }
}
