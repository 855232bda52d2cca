/// The git repository that a config repository is in, or is.
enum GitRepository {
    /// The way from its root to the config repository in `folder`: empty, or with a slash at its end. GitHub knows files by their
    /// path from there.
    ///
    /// The root is the nearest folder with a `.git` (a file in a worktree or submodule). Where there is none, it is the folder
    /// that GitHub Actions works in or the current folder, if the config repository is below it, else the config repository.
    static func prefix(of folder: String) -> String {
        guard let whole = try? FileSystem.realPath(folder) else { return "" }
        if let root = ConfigLocation.nearest(from: whole, where: { (try? FileSystem.status($0 + "/.git")) != nil }) {
            return relative(whole, to: root) ?? ""
        }
        let others = [Surroundings.variable("GITHUB_WORKSPACE") ?? "", FileSystem.currentFolder]
        for other in others where !other.isEmpty {
            if let root = try? FileSystem.realPath(other), let path = relative(whole, to: root) { return path }
        }
        return ""
    }

    private static func relative(_ path: String, to root: String) -> String? {
        if path == root { return "" }
        let start = root == "/" ? "/" : root + "/"
        return path.hasPrefix(start) ? path.dropFirst(start.count) + "/" : nil
    }
}
