import DorcTemplates

/// What a run did, in numbers.
struct SynthSummary {
    var stacks = 0
    var resources = 0
    var written = 0
    var unchanged = 0
    var removed = 0
    var abandoned = AbandonedStacks()
    /// Why some stale files are still there.
    var leftovers: [OutputError] = []
    /// The output folder, as the user wrote it.
    var output = ""

    init() {}

    init(
        _ templates: [TemplateSummary], stacks: Int, output: String, states: [OutputFolder.FileState], removed: Int,
        abandoned: AbandonedStacks, leftovers: [OutputError] = []
    ) {
        self.stacks = stacks
        resources = templates.reduce(0) { $0 + $1.resources }
        written = states.count { $0 != .unchanged }
        unchanged = states.count - written
        self.removed = removed
        self.abandoned = abandoned
        self.leftovers = leftovers
        self.output = output
    }

    /// What is to be said also where no summary is wanted; empty for nothing.
    var warnings: String {
        leftovers.prefix(20).map { "warning: \($0.cause); the next run tries again\n" }.joined()
            + (leftovers.count > 20 ? "warning: \(leftovers.count - 20) more files could not be removed\n" : "")
    }

    var hasDifferences: Bool { written + removed > 0 }

    func text(check: Bool, since start: ContinuousClock.Instant) -> String {
        let elapsed = start.duration(to: .now)
        let milliseconds = elapsed.components.seconds * 1000 + elapsed.components.attoseconds / 1_000_000_000_000_000
        let files =
            check
            ? "\(written) \(written == 1 ? "file differs" : "files differ"), \(unchanged) up to date, \(removed) to be removed in `\(output)`"
            : "\(written) \(written == 1 ? "file" : "files") written to `\(output)`, \(unchanged) unchanged, \(removed) removed"
        return abandoned.text(in: output)
            + "\(stacks) \(stacks == 1 ? "stack" : "stacks"), \(resources) resources: \(files), \(milliseconds) ms\n"
    }
}
