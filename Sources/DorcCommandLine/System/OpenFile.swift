#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// An open file or folder: closed with its value, or by `close`, which says whether that went well.
struct OpenFile: ~Copyable, Sendable {
    struct Mode: OptionSet, Sendable {
        let rawValue: Int32

        static let reading = Mode(rawValue: O_RDONLY)
        /// To be written, from its start.
        static let writing = Mode(rawValue: O_WRONLY)
        /// To be written; fails where something is there already, a link included.
        static let new = Mode(rawValue: O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW)
        /// A folder, to read the names in it.
        static let folder = Mode(rawValue: O_RDONLY | O_DIRECTORY)
        /// A folder to go through, which need not be readable.
        static let folderOnTheWay = Mode(rawValue: onlyAsPath | O_DIRECTORY)
        /// The last part of the path may not be a link.
        static let notThroughLink = Mode(rawValue: O_NOFOLLOW)
        /// Does not wait for the other end of a pipe.
        static let withoutWaiting = Mode(rawValue: O_NONBLOCK)

        #if os(Linux)
            /// `O_PATH`, which Swift's Glibc module leaves out.
            private static let onlyAsPath: Int32 = 0o10_000_000
        #else
            private static let onlyAsPath = O_RDONLY
        #endif
    }

    private let descriptor: Int32

    /// - Parameter permissions: those of a new file, before the user's mask.
    init(_ path: String, _ mode: Mode, permissions: UInt16 = 0o666) throws(SystemError) {
        let descriptor = open(path, mode.rawValue | O_CLOEXEC, mode_t(permissions))
        guard descriptor >= 0 else { throw .last }
        self.descriptor = descriptor
    }

    /// `path` is relative to a folder that is open.
    init(
        _ path: String, in folder: borrowing OpenFile, _ mode: Mode, permissions: UInt16 = 0o666
    ) throws(SystemError) {
        let descriptor = openat(folder.descriptor, path, mode.rawValue | O_CLOEXEC, mode_t(permissions))
        guard descriptor >= 0 else { throw .last }
        self.descriptor = descriptor
    }

    deinit { _ = systemClose(descriptor) }

    consuming func close() throws(SystemError) {
        let descriptor = descriptor
        discard self
        guard systemClose(descriptor) == 0 else { throw .last }
    }

    func status() throws(SystemError) -> FileStatus {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw .last }
        return FileStatus(status)
    }

    /// The bytes up to the end, which may come later than at `size`; nil where there are more than `limit`.
    func bytes(size: Int, limit: Int = .max) throws(SystemError) -> [UInt8]? {
        var failure: SystemError?
        var isAtEnd = false
        func fill(_ buffer: inout UnsafeMutableBufferPointer<UInt8>, _ count: inout Int) {
            while count < buffer.count {
                let got = read(descriptor, buffer.baseAddress.map { $0 + count }, buffer.count - count)
                if got < 0 && errno == EINTR { continue }
                if got < 0 { failure = .last }
                if got == 0 { isAtEnd = true }
                if got <= 0 { return }
                count += got
            }
        }
        var bytes = [UInt8](unsafeUninitializedCapacity: size + 1, initializingWith: fill)
        while !isAtEnd && failure == nil {
            guard bytes.count <= limit else { return nil }
            bytes += [UInt8](unsafeUninitializedCapacity: 1 << 16, initializingWith: fill)
        }
        if let failure { throw failure }
        return bytes.count <= limit ? bytes : nil
    }

    func write(_ bytes: some RandomAccessCollection<UInt8>) throws(SystemError) {
        if let failure = writeAll(bytes, to: descriptor) { throw failure }
    }

    /// What was written, or the names in the folder, are on the disk when this returns; not so where the file system has
    /// no way to say.
    func synchronize() throws(SystemError) {
        while fsync(descriptor) != 0 {
            switch errno {
            case EINTR: continue
            case EINVAL, ENOTSUP, ENOSYS: return
            default: throw .last
            }
        }
    }

    enum Lock: Sendable {
        /// No other may hold one.
        case exclusive
        case shared
    }

    /// False where another process has the lock. The system takes it back when the file is closed.
    func tryLock(_ lock: Lock) throws(SystemError) -> Bool {
        while flock(descriptor, (lock == .shared ? LOCK_SH : LOCK_EX) | LOCK_NB) != 0 {
            switch errno {
            case EWOULDBLOCK: return false
            case EINTR: continue
            default: throw .last
            }
        }
        return true
    }
}

/// What is in an open folder, by paths relative to it.
extension OpenFile {
    /// In no particular order.
    consuming func entries() throws(SystemError) -> [FolderEntry] {
        let descriptor = descriptor
        discard self
        guard let directory = fdopendir(descriptor) else {
            let failure = SystemError.last
            _ = systemClose(descriptor)
            throw failure
        }
        defer { closedir(directory) }
        var entries: [FolderEntry] = []
        while true {
            errno = 0
            guard let pointer = readdir(directory) else {
                if errno != 0 { throw .last }
                return entries
            }
            let entry = FolderEntry(pointer)
            if entry.name != "." && entry.name != ".." { entries.append(entry) }
        }
    }

    func status(of path: String, followingLinks: Bool) throws(SystemError) -> FileStatus {
        var status = stat()
        guard fstatat(descriptor, path, &status, followingLinks ? 0 : AT_SYMLINK_NOFOLLOW) == 0 else { throw .last }
        return FileStatus(status)
    }

    /// What a link says, as it is stored.
    func linkText(of path: String) throws(SystemError) -> String {
        var failure: SystemError?
        let bytes = [UInt8](unsafeUninitializedCapacity: Int(PATH_MAX)) { buffer, count in
            let got = buffer.withMemoryRebound(to: CChar.self) { buffer in
                buffer.baseAddress.map { readlinkat(descriptor, path, $0, buffer.count) } ?? -1
            }
            if got < 0 { failure = .last } else { count = got }
        }
        if let failure { throw failure }
        return String(decoding: bytes, as: UTF8.self)
    }

    func makeFolder(_ path: String) throws(SystemError) {
        guard mkdirat(descriptor, path, 0o777) == 0 else { throw .last }
    }

    func remove(_ path: String, isFolder: Bool) throws(SystemError) {
        guard unlinkat(descriptor, path, isFolder ? AT_REMOVEDIR : 0) == 0 else { throw .last }
    }
}

private func systemClose(_ descriptor: Int32) -> Int32 { close(descriptor) }

/// Nil where all is written.
func writeAll(_ bytes: some Collection<UInt8>, to descriptor: Int32) -> SystemError? {
    let failure = bytes.withContiguousStorageIfAvailable { buffer -> SystemError? in
        var offset = 0
        while offset < buffer.count {
            let count = write(descriptor, buffer.baseAddress.map { $0 + offset }, buffer.count - offset)
            if count < 0 && errno == EINTR { continue }
            if count <= 0 { return count == 0 ? .inputOutput : .last }
            offset += count
        }
        return nil
    }
    return failure ?? writeAll(Array(bytes), to: descriptor)
}
