import DorcTemplates

/// The folder that the templates go to, locked for one run.
struct OutputFolder: Sendable {
    /// How a file that is to be written compares with what is in the folder.
    enum FileState: Sendable, Equatable {
        case missing, changed, unchanged
        /// dorc did not write what is there.
        case foreign
    }

    let path: String
    /// The manifest of the run before; nil for the first.
    let manifest: Manifest?
    /// Set where the run before was ended while it changed the folder.
    let mark: UnfinishedMark
    /// The files of the run before, and of one that was ended.
    private let listed: Set<String>
    private let lock: FolderLock
    /// Folders that this run has made, outermost first: where it fails, they go again.
    private let made: [String]

    /// Waits for another run to end, at most a minute; `waiting` is called when it has to.
    init(_ path: String, earlier: EarlierManifest, waiting: () -> Void) throws(OutputError) {
        self.path = path
        made = try Folders.make(self.path)
        do {
            lock = try FolderLock(self.path, .exclusive, waiting: waiting)
            mark = try UnfinishedMark(in: self.path)
            manifest = try earlier.current(in: self.path)
        } catch {
            Folders.remove(made)
            throw error
        }
        listed = Set((manifest?.files ?? []) + (mark.leftPlan ?? []))
    }

    /// Files of earlier runs: those that the manifest lists, and those that a run that was ended had begun to add or remove.
    var earlierFiles: [String] { listed.sorted() }

    func compare(_ relative: String, with bytes: some RandomAccessCollection<UInt8>) throws(OutputError) -> FileState {
        guard made.isEmpty, let current = try readFile("\(path)/\(relative)") else { return .missing }
        if current.count == bytes.count, current.elementsEqual(bytes) { return .unchanged }
        return listed.contains(relative) || Self.isDorcs(current) ? .changed : .foreign
    }

    /// The folder as it was before the run, where that has made it.
    func abandon() { Folders.remove(made) }

    /// Where the manifest was lost: every template carries dorc's tag, every image its label, and the others say so.
    private static func isDorcs(_ bytes: [UInt8]) -> Bool {
        let text = String(decoding: bytes, as: UTF8.self)
        return text.contains("AWSTemplateFormatVersion") && text.contains("managed-by") && text.contains("dorc-synth")
            || text.contains("\"dorc.source\"") || text.contains("\n# Written by dorc-synth")
            || text.hasPrefix("# Written by dorc-synth")
    }
}

/// The manifest of the run before: read before the project is compiled, and again under the lock, where another run may
/// have written it in between.
struct EarlierManifest: Sendable {
    /// Nil for none, and for one that cannot be read, which `current` reports.
    let manifest: Manifest?
    private let bytes: [UInt8]?

    init(_ folder: String) {
        bytes = (try? readFile(Self.path(in: folder))) ?? nil
        manifest = bytes.flatMap { Manifest($0) }
    }

    func current(in folder: String) throws(OutputError) -> Manifest? {
        let path = Self.path(in: folder)
        guard let now = try readFile(path) else { return nil }
        if now == bytes, let manifest { return manifest }
        if let manifest = Manifest(now) { return manifest }
        if let version = Manifest.laterVersion(now) { throw .laterManifest(path, version: version) }
        throw .unreadableManifest(path)
    }

    private static func path(in folder: String) -> String { "\(folder)/\(Manifest.fileName)" }
}

/// Keeps two runs from writing to one folder at a time. The lock is on the folder itself: no file is left behind, and
/// the system takes it back when the process ends.
final class FolderLock: Sendable {
    private let folder: OpenFile

    /// Milliseconds between two tries.
    private static let pause: UInt32 = 100

    /// Waits for another run to end, for `patience` seconds at most; `waiting` is called when it has to.
    ///
    /// - Throws: `OutputError.noLocks` at once where the file system has no locks.
    init(_ path: String, _ lock: OpenFile.Lock, patience: UInt32 = 60, waiting: () -> Void) throws(OutputError) {
        folder = try attempt("open", path) { () throws(SystemError) in try OpenFile(path, .folder) }
        do throws(SystemError) {
            if try folder.tryLock(lock) { return }
            waiting()
            for _ in 0..<(patience * 1000 / Self.pause) {
                Surroundings.sleep(milliseconds: Self.pause)
                if try folder.tryLock(lock) { return }
            }
        } catch {
            throw .noLocks(path, error)
        }
        throw .busy(path)
    }
}
