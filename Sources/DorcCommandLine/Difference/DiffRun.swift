import ArgumentParser
import DorcDiff
import DorcText

/// One run of `diff`: reads or compiles both sides, compares them, and shows the difference.
struct DiffRun {
    var output: String?
    /// Whether `output` is written as a revision could be.
    var mayBeRevision = false
    var from: String?
    var to: String?
    var reading: ReadingOptions.Values
    var environments: [String]
    var pipelines: [String]
    var format: DifferenceFormat
    var failsOnDifference: Bool
    var now: Int

    func run() throws -> ExitStatus {
        let console = Console()
        // The project is needed only where a side is compiled.
        let project = Result { try ConfigLocation.resolve(reading.config) }
        let folder = output ?? Self.usualOutput(project: try? project.get())
        let reader = SideReader(output: folder, project: project, selects: selection, console: console)
        do {
            if mayBeRevision, let output, reader.isRevision(output) {
                throw ValidationError(
                    "no folder is called `\(output)`, and a revision in git is: did you mean"
                        + " `\(from == nil ? "--from" : "--to") \(output)`?")
            }
            let after = try to.map { try reader.side(named: $0, option: "--to") } ?? reader.compiled(nextTo: folder)
            let before = try from.map { try reader.side(named: $0, option: "--from") } ?? reader.written()
            try selection.check(before.side, after.side)
            if let first = before.side.project, let second = after.side.project, first != second {
                console.say("warning: the sides are of two projects, `\(first)` and `\(second)`\n")
            }
            let comparison = ProjectComparison(
                old: selection.apply(before.side), new: selection.apply(after.side),
                clock: RunClock(now: now, zone: SystemClock.zone))
            let difference = try comparison.difference(oldName: before.name, newName: after.name)
            console.result(render(difference, console))
            return failsOnDifference && !difference.isEmpty ? .differences : .success
        } catch let error as DiagnosedMistakes {
            console.report(error.diagnostics, as: reading.diagnosticsFormat, of: (try? project.get()) ?? ".")
            if let revision = error.revision { console.say("error: the project of \(revision) has mistakes\n") }
        } catch let error as UnreadableTemplate {
            let place = error.path + (error.line.map { ":\($0)" } ?? "")
            console.say("error: cannot read the template `\(place)`: \(error.reason)\n")
        } catch let error as DiffError {
            console.say("error: \(error)\n")
        } catch let error as OutputError {
            console.say("error: \(error.cause)\n")
        }
        return .failure
    }

    private var selection: SideSelection { SideSelection(environments: environments, pipelines: pipelines) }

    private func render(_ difference: ProjectDifference, _ console: Console) -> String {
        switch format {
        case .text: DifferenceText(colour: console.resultHasColour).render(difference)
        case .markdown: DifferenceMarkdown().render(difference)
        case .json: DifferenceJSON.render(difference)
        }
    }

    /// `out` here, or else beside dorc.yaml.
    private static func usualOutput(project: String?) -> String {
        guard !FileSystem.isFolder("out"), let project, FileSystem.isFolder("\(project)/out") else { return "out" }
        return "\(project)/out"
    }
}

/// The stacks that `--environment` and `--pipeline` leave.
struct SideSelection {
    var environments: [String]
    var pipelines: [String]

    func apply(_ side: ProjectSide) -> ProjectSide { side.selecting(environments: environments, pipelines: pipelines) }

    /// A name that neither side knows is a mistake.
    func check(_ sides: ProjectSide...) throws {
        let stacks = sides.flatMap(\.stacks)
        try NameChoice.check(environments, among: Set(stacks.compactMap(\.environment)).sorted(), "environment")
        try NameChoice.check(pipelines, among: Set(stacks.compactMap(\.pipeline)).sorted(), "pipeline")
    }
}
