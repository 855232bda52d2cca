/// What becomes of `{% ... %}` and the like in a value: a key declares it with its type, so that no value is forgotten.
package enum ExpressionUse: Sendable, Equatable {
    /// JSONata is evaluated while the run goes on, where it is the whole text.
    case evaluated
    /// The key takes nothing but JSONata, or has another form without it; its own rule speaks of the rest.
    case required
    /// Nothing evaluates it: the text stays as it is written.
    case ignored(Reason)
    /// The key's own rule refuses such a text: a name, an ARN, a date.
    case refused
    /// It goes to where a variable is used.
    case passedOn
    /// Of a definition in Amazon States Language, which has rules of its own.
    case definition

    package enum Reason: Sendable, Equatable {
        /// Fixed at deployment.
        case setting
        case description
        case environmentVariable
        /// Of a schedule, where EventBridge Scheduler replaces its own attributes.
        case scheduleInput
        /// Of a trigger: there is no run yet.
        case trigger
    }
}
