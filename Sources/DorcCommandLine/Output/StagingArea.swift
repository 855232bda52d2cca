import Glibc
import Synchronization

/// The folder inside the output folder where a run puts its files together. It is made when the first file needs it: a
/// run that changes nothing writes nothing.
final class StagingArea: Sendable {
    let path: String
    /// Folders inside it: two threads that make files in one folder wait for each other.
    private let shelves: Int
    private let isMade = Mutex(false)

    private static let filesOnShelf = 64

    /// Clears away what a run that was killed has left.
    init(in folder: String, files: Int) throws(OutputError) {
        path = "\(folder)/.dorc-staging"
        shelves = max(1, min(64, files / Self.filesOnShelf))
        switch try Folders.kind(path) {
        case nil: break
        case .folder: remove()
        case .file, .other: throw .inTheWay(path)
        }
    }

    /// Where the file of that number is put together.
    func place(_ number: Int) throws(OutputError) -> String {
        try make()
        return "\(path)/\(number % shelves)/\(number)"
    }

    func place(_ name: String) throws(OutputError) -> String {
        try make()
        return "\(path)/\(name)"
    }

    func remove() {
        for name in Folders.names(path) where unlink("\(path)/\(name)") != 0 {
            for file in Folders.names("\(path)/\(name)") { unlink("\(path)/\(name)/\(file)") }
            rmdir("\(path)/\(name)")
        }
        rmdir(path)
    }

    private func make() throws(OutputError) {
        let failure = isMade.withLock { isMade -> OutputError? in
            if isMade { return nil }
            for folder in [path] + (0..<shelves).map({ "\(path)/\($0)" }) {
                if mkdir(folder, 0o777) != 0, errno != EEXIST {
                    return .system("create", path: folder, code: errno)
                }
            }
            isMade = true
            return nil
        }
        if let failure { throw failure }
    }
}
