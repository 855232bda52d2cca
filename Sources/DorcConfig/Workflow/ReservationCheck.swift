internal import DorcModel
internal import DorcText

/// Whether a `for_each` calls a function more often at once than the function may run.
///
/// Lambda refuses the other calls with `TooManyRequestsException` (Lambda guide, "Configuring reserved concurrency"). Every machine of
/// dorc's tries them again, for an hour or two in all; an item that is an Express workflow has five minutes, with the tries. Where no
/// `max_concurrency` is written and the Map is inline, nobody knows that there will be so many items.
enum ReservationCheck {
    static func run(_ workflow: Workflow, _ functions: [Function], into diagnostics: inout Diagnostics) {
        for step in workflow.steps {
            guard let iteration = step.iteration, let calls = iteration.maxConcurrency,
                case .function(let name) = step.action,
                let function = functions.first(where: { $0.name == name && $0.compute == nil }),
                let reserved = function.reservedConcurrency, calls > reserved
            else { continue }
            // Of a list that is known, no more items than it has are worked on.
            if case .items(.list(let items)) = iteration.source, items.count <= reserved { continue }
            let isExpress = iteration.isDistributed && iteration.mode == .express
            diagnostics.report(
                Diagnostic(
                    .fewerReserved, at: iteration.maxConcurrencyRange ?? iteration.modeRange ?? step.range,
                    "`\(step.name)` calls the function `\(name)` up to \(calls) times at once, and its `reserved_concurrency` is"
                        + " \(reserved): Lambda refuses the other calls",
                    help: "write `max_concurrency: \(reserved)` at the step"
                        + (isExpress
                            ? ": an item with `mode: express` fails after \(Iteration.Mode.expressLimit), in which its refused calls"
                                + " are tried again"
                            : ": refused calls are tried again for an hour or two, then the item fails"),
                    notes: [Diagnostic.Note(function.range, "the function is here")]))
        }
    }
}
