/// An operator between two values.
package enum JSONataOperator: String, Sendable, CaseIterable {
    case add = "+", subtract = "-", multiply = "*", divide = "/", remainder = "%"
    case join = "&"
    case equal = "=", notEqual = "!=", less = "<", lessOrEqual = "<=", greater = ">", greaterOrEqual = ">="
    case and, or
    case isIn = "in"
    /// From the first integer to the second; only in an array.
    case range = ".."
    /// Calls the function on its right with the value on its left.
    case chain = "~>"
    /// The right value where the left one is empty, zero, false or missing; since JSONata 2.1.
    case fallback = "?:"
    /// The right value where the left one is missing; since JSONata 2.1.
    case coalesce = "??"
}
