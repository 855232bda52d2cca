import DorcConfig
import DorcModel
import DorcRun
import DorcSynth
import DorcTestSupport
import DorcText
import Foundation
import Testing

/// The plans of local runs. Plans/ has those of the example on record; `DORC_RECORD=1 swift test --filter SnapshotTests` records anew.
@Suite struct RunPlanTests {
    /// In each environment, of each pipeline.
    private func plans(of tree: MemoryTree) throws -> (plans: [RunPlan], findings: [Diagnostic]) {
        var diagnostics = Diagnostics()
        guard let project = ConfigRepository.read(tree, into: &diagnostics)?.resolve(into: &diagnostics) else {
            return ([], [])
        }
        let graph = GraphBuilder(project).graph(into: &diagnostics)
        guard !diagnostics.hasErrors else { return ([], []) }
        var findings = Diagnostics()
        var plans: [RunPlan] = []
        for environment in project.environments {
            let made = RunPlanner(project, graph, environment: environment.name, root: "/config")
            let planner = try #require(made)
            for pipeline in project.pipelines {
                let plan = planner.plan(pipeline.id, into: &findings)
                plans.append(try #require(plan))
            }
        }
        return (plans, findings.sorted)
    }

    @Test func `the plans of the example are as recorded`() throws {
        var tree = MemoryTree([:])
        tree.files = try Folders.files(below: Folders.root.appending(path: "examples/census"))
        let plans = try plans(of: tree).plans
        let texts = Dictionary(
            uniqueKeysWithValues: plans.filter { $0.pipeline != "curated/tables" }.map { plan in
                ("\(plan.environment)/\(plan.pipeline).json", JSONPretty.file(plan.json))
            })
        let folder = SnapshotCase.root.deletingLastPathComponent().appending(path: "Plans")
        if let difference = try Golden.difference(of: texts, from: folder, tests: "SnapshotTests") {
            Issue.record("\(difference)")
        }
    }

    @Test(arguments: SnapshotCase.all)
    func `every case has a plan in which no function of CloudFormation is left`(_ snapshot: SnapshotCase) throws {
        let (plans, findings) = try plans(of: snapshot.config())
        #expect(findings.filter { $0.id == .internalError }.isEmpty)
        for plan in plans {
            #expect(Self.intrinsics(in: plan.json) == [], "\(plan.environment) \(plan.pipeline)")
            #expect(plan.pipelines.first?.name == plan.pipeline)
            #expect(Set(plan.pipelines.map(\.stateMachine)).count == plan.pipelines.count)
            #expect(
                plan.pipelines.allSatisfy { $0.stateMachine.hasPrefix("arn:\(plan.partition):states:\(plan.region):") })
        }
    }

    private static func intrinsics(in json: RunPlan.JSON) -> [String] {
        switch json {
        case .null, .boolean, .number: []
        case .text(let text): text.contains("${AWS::") ? [text] : []
        case .list(let items): items.flatMap(intrinsics)
        case .object(let members):
            members.filter { $0.name == "Ref" || $0.name.hasPrefix("Fn::") }.map(\.name)
                + members.flatMap { intrinsics(in: $0.value) }
        }
    }
}
