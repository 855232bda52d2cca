import DorcTemplates

/// All changes of one run to the output folder, or none of them.
///
/// New content is staged in a folder of its own inside the output folder, from where it is renamed into place: a reader
/// sees a file as it was or as it will be. What was there before is kept as a hard link until the end, so that a
/// failure on the way can be undone. Between the first change and the last the folder has the `UnfinishedMark`.
struct OutputTransaction: Sendable {
    struct Change: Sendable {
        /// In the output folder.
        var path: String
        /// In the staging folder.
        var staged: String
        var state: OutputFolder.FileState

        var isNeeded: Bool { state == .missing || state == .changed }
    }

    /// What `commit` did beside putting the changes into place.
    struct Outcome: Sendable {
        var manifest: OutputFolder.FileState
        /// Files.
        var removed = 0
        /// Why some of the stale files or their folders are still there. The manifest lists them, and the next run tries
        /// again.
        var leftovers: [OutputError] = []
    }

    private let folder: OutputFolder
    private let staging: StagingArea

    /// - Throws: `OutputError` where something is in the staging area's way.
    init(_ folder: OutputFolder, files: Int) throws(OutputError) {
        self.folder = folder
        staging = try StagingArea(in: folder.path, files: files)
    }

    /// Writes what has changed into the staging area. `number` is the file's own; several threads may stage.
    func stage(
        _ path: String, _ bytes: some RandomAccessCollection<UInt8>, isExecutable: Bool = false, number: Int
    ) throws(OutputError) -> Change {
        let state = try folder.compare(path, with: bytes)
        guard state == .missing || state == .changed else { return Change(path: path, staged: "", state: state) }
        let staged = try staging.place(number)
        try createFile(staged, bytes, isExecutable: isExecutable)
        return Change(path: path, staged: staged, state: state)
    }

    /// Puts the changes into place, removes the files of earlier runs that the manifest does not list, with the folders
    /// that they leave empty, and last puts the manifest into place, which lists what is there then.
    func commit(_ changes: [Change], _ manifest: Manifest) throws(OutputError) -> Outcome {
        let listed = Set(manifest.files)
        let stale = folder.earlierFiles.filter { !listed.contains($0) }
        var manifestChange = try stage(manifest, as: "manifest")
        var outcome = Outcome(manifest: manifestChange.state)
        let needed = changes.filter(\.isNeeded)
        if !needed.isEmpty || !stale.isEmpty || manifestChange.isNeeded {
            try folder.mark.set(needed.filter { $0.state == .missing }.map(\.path) + stale, staging: staging)
            var undo = UndoLog(folder: folder.path, staging: staging)
            do {
                for change in needed { try put(change, &undo) }
                let left = remove(stale, &undo, &outcome)
                if !left.isEmpty {
                    var longer = manifest
                    longer.files = (manifest.files + left).sorted()
                    manifestChange = try stage(longer, as: "longer-manifest")
                    outcome.manifest = manifestChange.state
                }
                if manifestChange.isNeeded { try put(manifestChange, &undo) }
            } catch {
                let stuck = undo.run()
                if !stuck.isEmpty { throw .halfChanged(cause: error.cause, stuck, mark: folder.mark.path) }
                if !folder.mark.isSet { try folder.mark.clear() }
                throw error
            }
        }
        if !needed.isEmpty || !stale.isEmpty || manifestChange.isNeeded || folder.mark.isSet {
            try folder.mark.clear()
        }
        staging.remove()
        return outcome
    }

    func abandon() {
        staging.remove()
        folder.abandon()
    }

    private func stage(_ manifest: Manifest, as name: String) throws(OutputError) -> Change {
        // It has been read as dorc's own.
        let current = try readFile("\(folder.path)/\(Manifest.fileName)")
        let bytes = manifest.bytes
        if current == bytes { return Change(path: Manifest.fileName, staged: "", state: .unchanged) }
        let staged = try staging.place(name)
        try createFile(staged, bytes)
        return Change(path: Manifest.fileName, staged: staged, state: current == nil ? .missing : .changed)
    }

    private func put(_ change: Change, _ undo: inout UndoLog) throws(OutputError) {
        switch change.state {
        case .missing: try undo.add(change.path, from: change.staged)
        case .changed: try undo.replace(change.path, by: change.staged)
        case .unchanged, .foreign: break
        }
    }

    /// What cannot be removed stays: the templates are whole without it.
    ///
    /// - Returns: those of the stale files that are still there, or whose folder is.
    private func remove(_ stale: [String], _ undo: inout UndoLog, _ outcome: inout Outcome) -> [String] {
        var left: [String] = []
        var known: Set<String> = []
        for path in stale {
            do throws(OutputError) {
                if try undo.remove(path) { outcome.removed += 1 }
            } catch {
                outcome.leftovers.append(error)
                left.append(path)
            }
        }
        for path in stale {
            var parts = path.split(separator: "/").dropLast()
            do throws(OutputError) {
                guard try Folders.isReal(path, below: folder.path) else { continue }
                while !parts.isEmpty, try undo.removeFolder(parts.joined(separator: "/")) { parts.removeLast() }
            } catch {
                guard known.insert(parts.joined(separator: "/")).inserted, !left.contains(path) else { continue }
                outcome.leftovers.append(error)
                left.append(path)
            }
        }
        return left
    }
}
