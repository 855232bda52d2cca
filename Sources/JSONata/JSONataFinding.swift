/// What is wrong with an expression that is well formed, but cannot work in Step Functions.
package struct JSONataFinding: Equatable, Sendable {
    package var rule: Rule
    /// 0-based offsets of Unicode scalars within the expression's text.
    package var offset: Range<Int>
    /// What is wrong, one clause without a full stop.
    package var summary: String
    package var help: String?
    /// What to put in the place of `offset`.
    package var replacement: String?

    package enum Rule: String, Sendable, CaseIterable {
        /// A call of something that is no function.
        case unknownFunction = "unknown-function"
        /// A variable that nothing sets.
        case unknownVariable = "unknown-variable"
        /// A field of `$states` that is not there.
        case unknownStateField = "unknown-state-field"
        /// A field of `$states.context` that is not there.
        case unknownContextField = "unknown-context-field"
        /// A string in brackets, as a key of Python's
        case stringFilter = "string-filter"
        /// A field's name, `$`, `$$` or `*` where there is no value to take it from.
        case noContext = "no-context"
        /// `None`, `True` or `False`
        case foreignValue = "foreign-value"
        /// `+` with a text
        case addedText = "added-text"
        /// `$x = 1;`
        case unusedComparison = "unused-comparison"
        /// An operator of a later JSONata.
        case newerOperator = "newer-operator"
        /// A field that is written otherwise where the fields of a variable are known.
        case unlikelyField = "unlikely-field"
    }
}

extension JSONataExpression {
    /// Mistakes that Step Functions would find when it takes the state machine, or during the run; in the order of the
    /// text.
    ///
    /// - Parameter stateFields: what `$states` has in this place: `input` and `context` everywhere, `result` and
    ///   `errorOutput` in some.
    /// - Parameter variables: those that are set outside of the expression; nil where that is not known.
    /// - Parameter hasItem: whether it may be worked out for an item of `for_each`.
    /// - Parameter runVariables: where it is worked out in a run of its own for each item, the variables of the run that
    ///   has the items, which are not there; nil elsewhere.
    /// - Parameter fields: what is known of the fields of a variable, which may have others.
    package func findings(
        stateFields: Set<String>, variables: Set<String>? = nil, stepsBefore: StepsBefore = StepsBefore(),
        hasItem: Bool = true, runVariables: Set<String>? = nil, fields: [String: [String]] = [:]
    ) -> [JSONataFinding] {
        var check = JSONataCheck(expression: self, stateFields: stateFields, variables: variables)
        check.stepsBefore = stepsBefore
        check.hasItem = hasItem
        check.runVariables = runVariables
        check.fields = fields
        check.visit(root, JSONataCheck.Place())
        // A variable may be unknown because of another mistake: `$x = 1` for `$x := 1`.
        let others = check.findings.filter { $0.rule != .unknownVariable }
        let hasOthers = others.contains { $0.rule != .unlikelyField }
        return (hasOthers ? others : check.findings).sorted {
            ($0.offset.lowerBound, $0.offset.upperBound) < ($1.offset.lowerBound, $1.offset.upperBound)
        }
    }
}

/// Why a text is no JSONata. The caller knows where the text is in its file and makes the diagnostic.
package struct JSONataProblem: Error, Equatable, Sendable {
    /// Where the mistake is: 0-based offsets of Unicode scalars within the text. Empty only where the whole expression is
    /// missing.
    package var offset: Range<Int>
    /// What is wrong, one clause without a full stop.
    package var summary: String
    /// What to write instead: imperative, in lower case, without a full stop.
    package var help: String?
    /// What to put in the place of `offset`.
    package var replacement: String?
    /// The bracket that is still open where another one closes.
    package var opening: Range<Int>?

    package init(
        offset: Range<Int>, summary: String, help: String? = nil, replacement: String? = nil,
        opening: Range<Int>? = nil
    ) {
        self.offset = offset
        self.summary = summary
        self.help = help
        self.replacement = replacement
        self.opening = opening
    }
}

extension String {
    /// The text as a message quotes it: its first line, and no more than 40 characters.
    var excerpt: String {
        let line = prefix { !$0.isNewline }.prefix(40)
        return line.endIndex == endIndex ? self : "\(line)…"
    }
}
