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
    /// The files of the run before.
    private let listed: Set<String>
    private let lock: FolderLock
    /// Folders that this run has made, outermost first: where it fails, they go again.
    private let made: [String]

    /// Waits for another run to end, at most a minute; `waiting` is called when it has to.
    init(_ path: String, waiting: () -> Void) throws(OutputError) {
        self.path = path
        made = try Folders.make(self.path)
        do {
            lock = try FolderLock(self.path, waiting: waiting)
            manifest = try Self.readManifest(self.path)
        } catch {
            Folders.remove(made)
            throw error
        }
        listed = Set(manifest?.files ?? [])
    }

    /// `alsoListed` are files of dorc's that the manifest does not list.
    func compare(_ relative: String, with bytes: [UInt8], alsoListed: [String]) throws(OutputError) -> FileState {
        guard made.isEmpty, let current = try readFile("\(path)/\(relative)") else { return .missing }
        if current == bytes { return .unchanged }
        return listed.contains(relative) || alsoListed.contains(relative) || Self.isTemplate(current)
            ? .changed : .foreign
    }

    /// The folder as it was before the run, where that has made it.
    func abandon() { Folders.remove(made) }

    static func readManifest(_ folder: String) throws(OutputError) -> Manifest? {
        let whole = "\(folder)/\(Manifest.fileName)"
        guard let bytes = try readFile(whole) else { return nil }
        guard let manifest = Manifest(bytes) else { throw .unreadableManifest(whole) }
        return manifest
    }

    /// Every template of dorc's carries its tag: where the manifest was lost, it tells the file's origin.
    private static func isTemplate(_ bytes: [UInt8]) -> Bool {
        let text = String(decoding: bytes, as: UTF8.self)
        return text.contains("AWSTemplateFormatVersion") && text.contains("managed-by") && text.contains("dorc-synth")
    }
}
