import ArgumentParser
import DorcConfig
import DorcModel
import DorcText

/// What a shell offers after `--environment` and where a pipeline is named: the names of the project, as far as it can be read.
enum ProjectNames {
    static let environments = CompletionKind.custom { words, _, prefix in
        offer(words, prefix) { $0.environments.map(\.name) }
    }
    static let pipelines = CompletionKind.custom { words, _, prefix in
        offer(words, prefix) { $0.pipelines.map(\.id.description) }
    }

    /// Of the pipelines that the line names, else of all.
    static let steps = CompletionKind.custom { words, _, prefix in
        offer(words, prefix) { project in
            let named = project.pipelines.filter { words.contains($0.id.description) }
            return Set(
                (named.isEmpty ? project.pipelines : named).flatMap { pipeline in
                    pipeline.environments.flatMap { $0.workflow.steps.map(\.name) + ($0.machine?.stateNames ?? []) }
                }
            ).sorted()
        }
    }

    /// Mistakes of the project are not told here: what is offered then is what is sound.
    private static func offer(_ words: [String], _ prefix: String, _ names: (Project) -> [String]) -> [String] {
        let config = words.firstIndex(of: "--config").flatMap { words.dropFirst($0 + 1).first }
        let equals = words.first { $0.hasPrefix("--config=") }.map { String($0.dropFirst("--config=".count)) }
        var ignored = Diagnostics()
        // The shell has not expanded it.
        let given = (config ?? equals).map { path in
            path.hasPrefix("~/") ? (Surroundings.variable("HOME") ?? "~") + path.dropFirst() : path
        }
        guard let folder = try? ConfigLocation.resolve(given), let tree = try? DiskTree(root: folder),
            let project = ConfigRepository.read(tree, output: nil, into: &ignored)?.resolve(into: &ignored)
        else { return [] }
        return names(project).filter { $0.hasPrefix(prefix) }
    }
}
