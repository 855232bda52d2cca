internal import DorcText
internal import CloudFormation
internal import DorcModel

/// A value of a state's field: JSON in which texts may be JSONata.
typealias StateValue = JSONValue<Text>

extension JSONValue<Text> {
    /// JSONata.
    static func expression(_ text: String) -> StateValue { .text(.literal("{% \(text) %}")) }
}

/// A state at its place in a machine: how it is called, and what comes after it.
struct NamedState: Sendable {
    enum Transition: Sendable, Equatable {
        case next(String)
        case end
    }

    struct Assignment: Sendable {
        var variable: String
        var value: StateValue
    }

    struct Catcher: Sendable {
        var errors: [String]
        var next: String
        /// A variable that takes the error; nil where nobody needs it later.
        var variable: String?
        var output = StateValue.expression("$states.errorOutput")
    }

    var name: String
    var state: State
    var assignments: [Assignment] = []
    var catchers: [Catcher] = []
    /// Nil for states that say themselves where it goes on, or that nothing follows.
    var transition: Transition?
}

extension NamedState {
    func write(to fields: inout TemplateWriter, in stack: TemplateContext) {
        state.write(to: &fields, in: stack)
        if !assignments.isEmpty {
            fields.object("Assign") {
                for assignment in assignments {
                    $0.key(assignment.variable)
                    $0.add(assignment.value)
                }
            }
        }
        if !catchers.isEmpty {
            fields.list("Catch") {
                for catcher in catchers { catcher.write(to: &$0) }
            }
        }
        switch transition {
        case .next(let name): fields["Next"] = name
        case .end: fields["End"] = true
        case nil: break
        }
    }
}

extension NamedState.Catcher {
    fileprivate func write(to list: inout TemplateWriter) {
        list.object {
            $0["ErrorEquals"] = errors
            if let variable {
                $0.object("Assign") {
                    $0.key(variable)
                    $0.add(output)
                }
            }
            $0["Output"] = output
            $0["Next"] = next
        }
    }
}
