internal import DorcModel
internal import DorcText

/// What a function's own role allows beside what its runtime needs: its `access` and its `permissions`. It is the same whatever
/// runs the function.
struct FunctionPolicy {
    let function: Function

    init(of function: Function) { self.function = function }

    /// With what the runtime needs.
    func document(beside others: [PolicyStatement]) -> PolicyDocument {
        var policy = UserStatements(beside: others)
        if let access = function.access { policy.add(AccessPolicy(access).statements) }
        policy.add(function.permissions ?? [], of: function.name)
        return policy.document
    }

    /// Where it is written.
    var origin: SourceRange { function.access?.range ?? function.permissions?.first?.range ?? function.range }
}
