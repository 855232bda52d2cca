import Blueprints

/// The folders of starting points: what each makes and where its files go.
enum BlueprintGroup: String, CaseIterable, Sendable {
    /// Into the new project's folder.
    case project
    /// Into `<source>/<layer>/<pipeline>/`.
    case pipeline
    /// Into `<source>/<layer>/<pipeline>/<function>/`.
    case function
}

/// The starting points that scaffolding chooses from, by group, in the order of their paths.
struct BlueprintSet: Equatable, Sendable {
    private var groups: [BlueprintGroup: [Blueprint]] = [:]

    subscript(_ group: BlueprintGroup) -> [Blueprint] {
        get { groups[group] ?? [] }
        set { groups[group] = newValue.sorted { $0.path < $1.path } }
    }

    init() {}

    /// The ones in the binary.
    static let builtIn: BlueprintSet = {
        var set = BlueprintSet()
        for (path, contents) in EmbeddedBlueprints.all {
            let parts = path.split(separator: "/", maxSplits: 1).map(String.init)
            guard parts.count == 2, let group = BlueprintGroup(rawValue: parts[0]) else { continue }
            set[group].append(Blueprint(path: parts[1], shownPath: "templates/" + path, contents: contents))
        }
        return set
    }()
}

extension BlueprintSet {
    /// Names that programs leave behind, and no user means to be copied.
    private static let passedOver: Set<String> = [".DS_Store", "__pycache__"]

    /// The user's own: `folder` is laid out as `templates/` of dorc's repository is. A group that it has no folder for
    /// is taken from the built-in ones.
    init(folder: String) throws(ScaffoldError) {
        self = .builtIn
        let groups = BlueprintGroup.allCases.filter { FileSystem.isFolder(folder + "/" + $0.rawValue) }
        guard !groups.isEmpty else {
            let names = BlueprintGroup.allCases.map { $0.rawValue + "/" }.joined(separator: ", ")
            throw .blueprintFolder(path: folder, reason: "it has none of the folders \(names)")
        }
        for group in groups { self[group] = try Self.files(in: folder + "/" + group.rawValue, below: "") }
    }

    private static func files(in folder: String, below parent: String) throws(ScaffoldError) -> [Blueprint] {
        var files: [Blueprint] = []
        for name in try attempt(folder, { () throws(SystemError) in try FileSystem.names(in: folder) })
        where !passedOver.contains(name) {
            let path = folder + "/" + name
            if FileSystem.isFolder(path) {
                guard (try? FileSystem.status(path, followingLinks: false))?.kind == .folder else {
                    throw .blueprintFolder(
                        path: path, reason: "it is a link to a folder, which could lead into a cycle")
                }
                files += try Self.files(in: path, below: parent + name + "/")
            } else {
                let contents = try attempt(path) { () throws(SystemError) in
                    let file = try OpenFile(path, [.reading, .withoutWaiting])
                    let status = try file.status()
                    return status.kind == .file ? try file.bytes(size: status.size) : nil
                }
                guard let contents else { throw .blueprintFolder(path: path, reason: "it is not a regular file") }
                files.append(Blueprint(path: parent + name, shownPath: path, contents: contents))
            }
        }
        return files
    }

    private static func attempt<Value>(
        _ path: String, _ body: () throws(SystemError) -> Value
    ) throws(ScaffoldError) -> Value {
        do throws(SystemError) {
            return try body()
        } catch {
            throw .blueprintFolder(path: path, reason: error.message)
        }
    }
}
