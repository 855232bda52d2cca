import ArgumentParser
import DorcConfig
import DorcModel
import DorcRun
import DorcSynth
import DorcText
import DorcYAML

/// What the commands that run pipelines here begin with: the project is read and compiled, and what is wrong with it is told.
struct RunPreparation {
    let project: Project
    /// Whose settings and variables count.
    let environment: String
    /// The path of the config repository.
    let folder: String
    private let reading: ProjectReading
    private let graph: ResourceGraph
    private let console: Console
    private let hasNotes: Bool

    /// The environment where none is named, and there are several.
    private static let usualEnvironment = "dev"

    /// Nil where the project has mistakes, which are then told. Of warnings only the number is: they are `check`'s business.
    ///
    /// Without `hasNotes`, standard error is for a program that reads JSON from it.
    init?(_ options: LocalOptions, pipelines: [String], hasNotes: Bool = true, console: Console) throws {
        let environment = options.environment
        let folder = try ConfigLocation.resolve(options.config)
        guard
            let reading = try ProjectReading(
                ReadingOptions.Values(config: options.config), environments: environment.map { [$0] } ?? [],
                pipelines: pipelines, console: console)
        else { return nil }
        self.environment = try environment ?? Self.usual(among: reading.project.environments.map(\.name))
        var findings = reading.findings
        graph = GraphBuilder(reading.project).graph(into: &findings)
        project = reading.project
        self.reading = reading
        self.folder = try FileSystem.realPath(folder)
        self.console = console
        self.hasNotes = hasNotes
        guard !findings.hasErrors else {
            console.report(findings, as: .text, of: folder)
            return nil
        }
        let warnings = findings.sorted.count { $0.severity == .warning }
        if warnings > 0 && hasNotes {
            let are = warnings == 1 ? "is 1 warning" : "are \(warnings) warnings"
            console.say("note: there \(are), see `dorc-synth check`\n")
        }
    }

    private static func usual(among names: [String]) throws -> String {
        if let only = names.first, names.count == 1 { return only }
        if names.contains(usualEnvironment) { return usualEnvironment }
        let list = names.map { "`\($0)`" }.joined(separator: ", ")
        throw WrongChoice("say in which environment with `--environment`; there are \(list)")
    }

    /// For a run of the first pipeline. Nil where it cannot be made, which is then told.
    func plan(_ pipelines: [PipelineID]) -> RunPlan? {
        var findings = Diagnostics()
        let planner = RunPlanner(project, graph, environment: environment, root: folder)
        let plan = planner?.plan(pipelines, into: &findings)
        if findings.hasErrors || plan == nil { console.report(findings, as: .text, of: folder) }
        guard let plan, !findings.hasErrors else { return nil }
        for sentence in plan.unknown where hasNotes { console.say("note: \(sentence)\n") }
        return plan
    }

    /// The cases of pipelines, or of all, by pipeline; those without any are left out. Nil where there are mistakes in them. What
    /// is found is told.
    func cases(of pipelines: [String]) -> [(pipeline: PipelineID, cases: [PipelineCase])]? {
        var findings = Diagnostics()
        let wanted = pipelines.isEmpty ? nil : Set(pipelines.compactMap { PipelineID($0) })
        let written = reading.repository.cases(of: wanted, in: reading.tree, into: &findings)
        let resolver = CaseResolver(reading.repository, project)
        let found = written.map { written in
            let cases = resolver.cases(written, environment: environmentIndex, into: &findings)
            return (pipeline: written.pipeline, cases: cases)
        }
        console.report(findings, as: .text, of: folder)
        return findings.hasErrors ? nil : found.filter { !$0.cases.isEmpty }
    }

    /// The file of `--mock`, for runs of a pipeline. Nil where there are mistakes in it, which are then told.
    func mocks(_ path: String, of pipeline: PipelineID) throws -> [JSONValue<Text>.Member]? {
        let bytes: [UInt8]?
        do throws(SystemError) {
            bytes = try OpenFile(path, .reading).bytes(size: 0, limit: YAMLLimits().bytes)
        } catch {
            throw WrongChoice("`--mock \(path)`: \(error.message)")
        }
        guard let bytes else {
            throw WrongChoice("`--mock \(path)`: it has more than \(YAMLLimits().bytes) bytes")
        }
        var findings = Diagnostics()
        let file = SourceFile(path: path, bytes: bytes)
        let map = MockFile.read(file, for: pipeline, in: reading.repository, into: &findings)
        let mocks = map.map { map in
            CaseResolver(reading.repository, project)
                .mocks(map, of: pipeline, environment: environmentIndex, into: &findings)
        }
        console.report(findings, as: .text, of: folder)
        return findings.hasErrors ? nil : mocks
    }

    private var environmentIndex: Int { project.environments.firstIndex { $0.name == environment } ?? 0 }
}
