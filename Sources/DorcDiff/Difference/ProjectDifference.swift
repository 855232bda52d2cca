/// What differs between two sides of a project, in the terms of who reviews it. The three views are made of it, and of
/// nothing else.
package struct ProjectDifference: Sendable {
    /// What the sides are, as in "`out/` as it is".
    package var old: String
    package var new: String
    /// In the order of deployment; those that only the old side has come last. Stacks without a difference are left out.
    package var stacks: [StackDifference] = []

    package var isEmpty: Bool { stacks.isEmpty }
}

package struct StackDifference: Sendable {
    package var key: StackKey
    package var kind: String
    package var environment: String?
    package var pipeline: String?
    package var change: Entry.Change
    /// The project no longer has it, and `deploy.sh` does not delete it: it goes on until somebody does.
    package var isLeft = false
    /// Of the stack itself: its tags, its outputs.
    package var entries: [Entry] = []
    package var resources: [ResourceDifference] = []

    var isEmpty: Bool { entries.isEmpty && resources.isEmpty && change == .changed }
}

package struct ResourceDifference: Sendable {
    package enum Change: String, Sendable {
        case added, removed, changed, replaced
        /// CloudFormation decides: some changes of the property replace the resource.
        case maybeReplaced = "maybe-replaced"
    }

    /// Its logical id.
    package var id: String
    package var type: String
    /// Its name in AWS; nil where CloudFormation makes one.
    package var name: String?
    package var change: Change
    /// The resource stays in AWS when it leaves the stack, or with its stack.
    package var isKept = false
    /// Its whole stack stays.
    package var isLeft = false
    /// What is lost with it, as in "all log events in it".
    package var losses: [String] = []
    /// Why CloudFormation cannot do it.
    package var obstacle: String?
    package var entries: [Entry] = []
}

/// One thing that differs.
package struct Entry: Sendable, Equatable {
    package enum Kind: String, Sendable {
        /// Of a resource or a template: `subject` is its path.
        case property
        /// Of the function `subject`.
        case code, image
        case variable, secret, tag
        /// Of a workflow. `setting` is of the step `subject`, or of the workflow where that is empty; `object` is its name.
        case step, setting
        /// From the step `subject` to the step `object`; an error edge is one of a `catch`.
        case edge, errorEdge = "error-edge"
        /// Of the trigger `subject`.
        case schedule
        /// A statement of a policy; who is allowed or denied what is in `old` and `new`.
        case permission
        case managedPolicy = "managed-policy"
        case boundary = "permissions-boundary"
        case output
        /// Whom a topic or a channel of Slack tells.
        case recipient
        /// What a rule tells its target `subject` in words: the first line.
        case message
        /// How long no run may have succeeded, before an alarm goes off.
        case alert
    }

    package enum Change: String, Sendable {
        case added, removed, changed
    }

    /// What a change of permissions does.
    package enum Effect: String, Sendable {
        case wider, narrower
    }

    package var kind: Kind
    package var change: Change
    package var subject: String
    package var object: String?
    package var old: String?
    package var new: String?
    package var note: String?
    package var effect: Effect?

    init(
        _ kind: Kind, _ subject: String, object: String? = nil, old: String? = nil, new: String? = nil,
        note: String? = nil, effect: Effect? = nil, change: Change? = nil
    ) {
        self.kind = kind
        self.subject = subject
        self.object = object
        self.old = old
        self.new = new
        self.note = note
        self.effect = effect
        self.change = change ?? (old == nil ? .added : new == nil ? .removed : .changed)
    }
}
