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
        case .some: throw .inTheWay(path)
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
        for name in Self.names(path) where (try? FileSystem.removeFile("\(path)/\(name)")) == nil {
            let shelf = "\(path)/\(name)"
            for file in Self.names(shelf) { try? FileSystem.removeFile("\(shelf)/\(file)") }
            try? FileSystem.removeFolder(shelf)
        }
        try? FileSystem.removeFolder(path)
    }

    /// None where there is no folder.
    private static func names(_ folder: String) -> [String] { (try? FileSystem.names(in: folder)) ?? [] }

    private func make() throws(OutputError) {
        let failure = isMade.withLock { isMade -> OutputError? in
            if isMade { return nil }
            for folder in [path] + (0..<shelves).map({ "\(path)/\($0)" }) {
                do throws(SystemError) {
                    try FileSystem.makeFolder(folder)
                } catch {
                    if error != .exists { return .system("create", path: folder, error) }
                }
            }
            isMade = true
            return nil
        }
        if let failure { throw failure }
    }
}
