/// Walks an expression from the top, and gathers what cannot work.
struct JSONataCheck {
    let expression: JSONataExpression
    let stateFields: Set<String>
    /// Variables that are set outside of the expression; nil where that is not known.
    let variables: Set<String>?
    /// All variables that the expression sets, wherever.
    let bound: Set<String>
    var stepsBefore = StepsBefore()
    /// Whether `$states.context.Map` is there.
    var hasItem = true
    /// In the run of an item: the variables of the run that has the items.
    var runVariables: Set<String>?
    /// The fields of variables, as far as they are known.
    var fields: [String: [String]] = [:]
    /// Where the names with a `-` begin that a finding is about.
    var reportedNames: Set<Int> = []
    /// The ends of filters with strings that a finding is about.
    var reportedFilters: Set<Int> = []
    private(set) var findings: [JSONataFinding] = []

    /// Where a node is.
    struct Place {
        /// Whether there is a value that fields and `$` can be taken from. Step Functions gives none to an expression as a
        /// whole (developer guide, "Transforming data with JSONata"); the steps of a path and its filters have one.
        var hasContext = false
        /// The next step of the path that the node begins.
        var next: JSONataNode?
        /// Whether it is the key of an object.
        var isKey = false

        /// For a part with the same context.
        var plain: Place { Place(hasContext: hasContext) }
        var inContext: Place { Place(hasContext: true) }
    }

    init(expression: JSONataExpression, stateFields: Set<String>, variables: Set<String>?) {
        self.expression = expression
        self.stateFields = stateFields
        self.variables = variables
        bound = expression.root.allBoundVariables
    }

    mutating func report(
        _ rule: JSONataFinding.Rule, _ offset: Range<Int>, _ summary: String, help: String? = nil,
        replacement: String? = nil
    ) {
        findings.append(
            JSONataFinding(rule: rule, offset: offset, summary: summary, help: help, replacement: replacement))
    }

    mutating func visit(_ node: JSONataNode, _ place: Place) {
        switch node.kind {
        case .name, .variable, .wildcard, .descendants, .parent: visitName(node, place)
        case .path(let left, let step): visitPath(left, step, place)
        case .filter(let left, let predicate):
            checkStringFilter(node)
            visit(left, place)
            visit(predicate, place.inContext)
        case .sort(let left, let terms):
            visit(left, place)
            for term in terms { visit(term, place.inContext) }
        case .group(let left, let pairs):
            visit(left, place)
            visit(pairs, place.inContext)
        case .object(let pairs): visit(pairs, place.plain)
        case .keepArray(let left), .focus(let left, _), .position(let left, _): visit(left, place)
        case .transform:
            for part in node.kind.parts { visit(part, place.inContext) }
        case .call(let function, let arguments): visitCall(function, arguments, place)
        case .partialCall(let function, let arguments): visitCall(function, arguments.compactMap(\.self), place)
        case .operation(let left, let symbol, let offset, let right):
            visitOperation(node, left, symbol, offset, right, place.plain)
        case .block(let nodes):
            visitBlock(nodes)
            for part in nodes { visit(part, place.plain) }
        case .string, .number, .boolean, .null, .regularExpression, .array, .negation, .condition, .binding, .lambda:
            for part in node.kind.parts { visit(part, place.plain) }
        }
    }

    private mutating func visit(_ pairs: [JSONataPair], _ place: Place) {
        for pair in pairs {
            var keyPlace = place
            keyPlace.isKey = true
            visit(pair.key, keyPlace)
            visit(pair.value, place)
        }
    }

    private mutating func visitPath(_ left: JSONataNode, _ step: JSONataNode, _ place: Place) {
        if visitIntrinsic(left, step) { return }
        var leftPlace = place
        leftPlace.next = step
        if case .variable("states") = left.kind { checkStateField(step) }
        checkContextField(left, step)
        checkKnownField(left, step)
        if case .string(let name) = left.kind, !place.hasContext {
            reportField(name, left.offset, leftPlace)
        } else {
            visit(left, leftPlace)
        }
        if case .name = step.bareStep.kind {
            visitBehindName(step)
        } else {
            visit(step, place.inContext)
        }
    }

    /// The filters and the like of a step, but not its name.
    private mutating func visitBehindName(_ step: JSONataNode) {
        switch step.kind {
        case .name: break
        default:
            if case .filter = step.kind { checkStringFilter(step) }
            for (index, part) in step.kind.parts.enumerated() {
                if index == 0 { visitBehindName(part) } else { visit(part, Place().inContext) }
            }
        }
    }
}
