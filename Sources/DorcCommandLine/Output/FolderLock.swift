import Glibc

/// Keeps two runs from writing to one folder at a time. The lock is on the folder itself: no file is left behind, and
/// the system takes it back when the process ends.
final class FolderLock: Sendable {
    enum Kind {
        /// For a run that writes: no other run may hold a lock.
        case exclusive
        /// For a run that only reads: others may read as well.
        case shared
    }

    private let descriptor: Int32

    /// Seconds.
    private static let patience = 60

    /// Waits for another run to end, at most a minute; `waiting` is called when it has to.
    ///
    /// - Throws: `OutputError.noLocks` at once where the file system has no locks.
    init(_ folder: String, _ kind: Kind, waiting: () -> Void) throws(OutputError) {
        descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .system("open", path: folder, code: errno) }
        // From here on `deinit` closes, also where this throws.
        if try take(kind, folder) { return }
        waiting()
        for _ in 0..<Self.patience * 10 {
            usleep(100_000)
            if try take(kind, folder) { return }
        }
        throw .busy(folder)
    }

    /// False where another run has the lock.
    private func take(_ kind: Kind, _ folder: String) throws(OutputError) -> Bool {
        while flock(descriptor, (kind == .shared ? LOCK_SH : LOCK_EX) | LOCK_NB) != 0 {
            switch errno {
            case EWOULDBLOCK: return false
            case EINTR: continue
            default: throw .noLocks(folder, code: errno)
            }
        }
        return true
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
    }
}
