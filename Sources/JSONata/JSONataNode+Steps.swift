/// What the last step of a path already has, which decides what may follow it.
extension JSONataNode {
    /// Whether JSONata keeps it as a path, which a group belongs to as a whole.
    private var isPath: Bool {
        switch kind {
        case .name, .path, .sort, .position: true
        case .filter(let node, _), .group(let node, _), .keepArray(let node), .focus(let node, _): node.isPath
        default: false
        }
    }

    var hasGroup: Bool {
        switch kind {
        case .group: true
        case .filter(let node, _), .keepArray(let node), .focus(let node, _): node.hasGroup
        case .path(let node, _), .sort(let node, _), .position(let node, _): node.isPath && node.hasGroup
        default: false
        }
    }

    var lastStepHasGroup: Bool {
        switch kind {
        case .group(let node, _): !node.isPath || node.lastStepHasGroup
        case .filter(let node, _), .keepArray(let node), .focus(let node, _), .position(let node, _),
            .path(_, let node):
            node.lastStepHasGroup
        default: false
        }
    }

    var lastStepHasFilter: Bool {
        switch kind {
        case .filter: true
        case .group(let node, _), .keepArray(let node), .focus(let node, _), .position(let node, _),
            .path(_, let node):
            node.lastStepHasFilter
        default: false
        }
    }

    var lastStepIsSort: Bool {
        switch kind {
        case .sort: true
        case .filter(let node, _), .group(let node, _), .keepArray(let node), .focus(let node, _),
            .position(let node, _), .path(_, let node):
            node.lastStepIsSort
        default: false
        }
    }

    /// The number, `true`, `false` or `null` that is where only a step of a path can.
    var valueAsStep: JSONataNode? {
        switch kind {
        case .number, .boolean, .null: self
        case .negation(let node): node.valueAsStep.map { _ in self }
        case .filter(let node, _), .group(let node, _), .keepArray(let node), .focus(let node, _),
            .position(let node, _), .sort(let node, _):
            node.valueAsStep
        default: nil
        }
    }

    /// The step itself, without filters and bindings after it.
    var bareStep: JSONataNode {
        switch kind {
        case .filter(let node, _), .group(let node, _), .keepArray(let node), .focus(let node, _),
            .position(let node, _), .sort(let node, _):
            node.bareStep
        default: self
        }
    }
}
