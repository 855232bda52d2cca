import DorcTemplates
import Glibc

/// The folder that the templates go to, locked for one run.
struct OutputFolder: Sendable {
    /// How a file that is to be written compares with what stands in the folder.
    enum FileState: Sendable, Equatable {
        case missing, changed, unchanged
        /// dorc did not write what stands there.
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

    func compare(_ relative: String, with bytes: [UInt8]) throws(OutputError) -> FileState {
        guard made.isEmpty, let current = try readFile("\(path)/\(relative)") else { return .missing }
        if current == bytes { return .unchanged }
        return listed.contains(relative) || Self.isDorcs(current) ? .changed : .foreign
    }

    /// The folder as it was before the run, where that has made it.
    func abandon() { Folders.remove(made) }

    /// Where the manifest was lost: every template carries dorc's tag, every image its label, the script a plan.
    private static func isDorcs(_ bytes: [UInt8]) -> Bool {
        let text = String(decoding: bytes, as: UTF8.self)
        return text.contains("AWSTemplateFormatVersion") && text.contains("managed-by") && text.contains("dorc-synth")
            || text.contains("\"dorc.content-sha256\"") || text.contains("END_OF_PLAN")
    }
}
