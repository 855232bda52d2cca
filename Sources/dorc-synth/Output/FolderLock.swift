import Glibc

/// Keeps two runs from writing to one folder at a time. The lock is on the folder itself: no file is left behind, and
/// the system takes it back when the process ends.
final class FolderLock: Sendable {
    private let descriptor: Int32

    /// Seconds.
    private static let patience = 60

    init(_ folder: String, waiting: () -> Void) throws(OutputError) {
        descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .system("open", path: folder, code: errno) }
        if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { return }
        waiting()
        for _ in 0..<Self.patience * 10 {
            usleep(100_000)
            if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { return }
        }
        close(descriptor)
        throw .busy(folder)
    }

    deinit {
        close(descriptor)
    }
}
