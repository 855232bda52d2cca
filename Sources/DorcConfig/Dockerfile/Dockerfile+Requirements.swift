extension Dockerfile {
    /// Whether it surely installs no `requirements.txt` of a function's own folder: it names files of requirements only where
    /// it has copied those of the repository or of pipelines to, or runs nothing at all.
    var installsOnlySharedRequirements: Bool {
        // `CODE_PATH` in the place of a path: what is below the folder, and not beside it.
        let folder = "layer/pipeline/function"
        var places: [String] = []
        for copy in copies {
            for source in copy.sources {
                guard let path = source.path(codePath: folder) else { return false }
                guard path.contains("requirements") else {
                    if copy.isMount, source.dependsOnFunction { return false }
                    continue
                }
                if path.hasPrefix(folder + "/") || copy.isMount { return false }
                if let destination = copy.destination { places.append(destination) }
            }
        }
        let words = runs.split { $0.isWhitespace || "'\"=;()".contains($0) }.filter { $0.contains("requirements") }
        guard !words.isEmpty else { return runs.allSatisfy(\.isWhitespace) }
        return words.allSatisfy { word in
            word == "--requirements"
                || places.contains { $0.hasSuffix("/") && $0.hasPrefix("/") ? word.hasPrefix($0) : word == $0 }
        }
    }
}
