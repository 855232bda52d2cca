import ArgumentParser
import DorcModel
import DorcSynth
import DorcText

/// The stacks that `--environment` and `--pipeline` leave: the universal ones always, those of the environments, and of
/// their core stacks those of the pipelines.
struct StackSelection {
    /// In the order of deployment.
    let stacks: [StackIndex]
    /// Whether anything was left out.
    let isPartial: Bool

    init(_ graph: ResourceGraph, environments: [String], pipelines: [String]) throws {
        isPartial = !environments.isEmpty || !pipelines.isEmpty
        guard isPartial else {
            stacks = graph.order
            return
        }
        let knownEnvironments = Self.unique(graph.stacks.compactMap(\.environment))
        let knownPipelines = Self.unique(graph.stacks.compactMap { $0.pipeline?.description })
        try NameChoice.check(environments, among: knownEnvironments, "environment")
        try NameChoice.check(pipelines, among: knownPipelines, "pipeline")
        stacks = graph.order.filter { index in
            let stack = graph[index]
            if let environment = stack.environment, !environments.isEmpty, !environments.contains(environment) {
                return false
            }
            if let pipeline = stack.pipeline, !pipelines.isEmpty, !pipelines.contains(pipeline.description) {
                return false
            }
            return true
        }
    }

    private static func unique(_ names: [String]) -> [String] { Set(names).sorted() }
}

/// A name that the command line gives for something that there is.
enum NameChoice {
    static func check(_ names: [String], among known: [String], _ what: String) throws {
        for name in names where !known.contains(name) {
            let hint = suggestion(for: name, among: known).map { "; did you mean `\($0)`?" } ?? ""
            throw WrongChoice("there is no \(what) `\(name)`\(hint)\n\(list(known, what))")
        }
    }

    /// Of a pipeline its own name, without the layer, is a good guess.
    private static func suggestion(for name: String, among known: [String]) -> String? {
        if let pipeline = known.first(where: { $0.hasSuffix("/\(name)") }) { return pipeline }
        if let near = Suggestion.closest(to: name, among: known) { return near }
        let names = Dictionary(
            known.compactMap { full in full.split(separator: "/").last.map { (String($0), full) } },
            uniquingKeysWith: { first, _ in first })
        return Suggestion.closest(to: name, among: names.keys.sorted()).flatMap { names[$0] }
    }

    private static func list(_ known: [String], _ what: String) -> String {
        let shown = known.prefix(12).map { "`\($0)`" }.joined(separator: ", ")
        let more = known.count > 12 ? " and \(known.count - 12) more" : ""
        return known.isEmpty ? "The project has no \(what)." : "The \(what)s are: \(shown)\(more)"
    }
}
