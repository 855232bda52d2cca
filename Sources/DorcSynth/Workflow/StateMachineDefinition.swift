package import DorcModel
package import DorcText

/// A state machine in Amazon States Language with `QueryLanguage: JSONata`.
package struct StateMachineDefinition: Sendable {
    package var comment: String?
    /// Seconds.
    package var timeout: Int
    package var states: StateList

    var references: [Reference] { states.references }
}

/// The states of a machine, of a branch or of what a Map does with an item.
package struct StateList: Sendable {
    package var start: String
    package var states: [NamedState]

    package var references: [Reference] { states.flatMap(\.references) }

    /// All states, those inside others too.
    var all: [NamedState] { states + states.flatMap { $0.state.inner.flatMap(\.all) } }
}

/// A value of a state's field: JSON in which texts may be JSONata.
package typealias StateValue = JSONValue<Text>

package struct NamedState: Sendable {
    package enum Transition: Sendable, Equatable {
        case next(String)
        case end
    }

    package struct Assignment: Sendable {
        package var variable: String
        package var value: StateValue
    }

    package struct Catcher: Sendable {
        package var errors: [String]
        package var next: String
        /// A variable that takes the error; nil where nobody needs it later.
        package var variable: String?
    }

    package var name: String
    package var state: State
    package var assignments: [Assignment] = []
    package var catchers: [Catcher] = []
    /// Nil for states that say themselves where it goes on, or that nothing follows.
    package var transition: Transition?

    var references: [Reference] {
        state.references + state.inner.flatMap(\.references)
    }
}
