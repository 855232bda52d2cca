import Glibc

func systemMessage(_ code: Int32) -> String { String(cString: strerror(code)) }

/// Writes a new file with all of the bytes; on failure no file remains.
///
/// With `isSynchronized` they are on the disk when this returns.
func createFile(
    _ path: String, _ bytes: [UInt8], isExecutable: Bool = false, isSynchronized: Bool = false
) throws(OutputError) {
    let mode: mode_t = isExecutable ? 0o777 : 0o666
    let handle = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, mode)
    guard handle >= 0 else { throw .system("create", path: path, code: errno) }
    var offset = 0
    while offset < bytes.count {
        let written = bytes.withUnsafeBytes { write(handle, $0.baseAddress.map { $0 + offset }, bytes.count - offset) }
        if written < 0 && errno == EINTR { continue }
        guard written > 0 else {
            let code = errno
            close(handle)
            unlink(path)
            throw .system("write", path: path, code: code)
        }
        offset += written
    }
    if isSynchronized, let code = synchronizationFailure(handle) {
        close(handle)
        unlink(path)
        throw .system("write", path: path, code: code)
    }
    guard close(handle) == 0 else {
        let code = errno
        unlink(path)
        throw .system("write", path: path, code: code)
    }
}

/// The names in a folder are on the disk when this returns.
func synchronize(_ folder: String) throws(OutputError) {
    let handle = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard handle >= 0 else { throw .system("open", path: folder, code: errno) }
    defer { close(handle) }
    if let code = synchronizationFailure(handle) { throw .system("write", path: folder, code: code) }
}

/// Nil where all is well, and where the file system does not know how to.
private func synchronizationFailure(_ handle: Int32) -> Int32? {
    while fsync(handle) != 0 {
        switch errno {
        case EINTR: continue
        case EINVAL, ENOTSUP, ENOSYS: return nil
        default: return errno
        }
    }
    return nil
}

/// The bytes of a regular file; nil where there is none. Links are not followed.
func readFile(_ path: String) throws(OutputError) -> [UInt8]? {
    let handle = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
    guard handle >= 0 else {
        if errno == ENOENT || errno == ENOTDIR { return nil }
        // A link, where none is followed.
        if errno == ELOOP { throw .noFile(path) }
        throw .system("read", path: path, code: errno)
    }
    defer { close(handle) }
    var status = stat()
    guard fstat(handle, &status) == 0 else { throw .system("read", path: path, code: errno) }
    guard status.st_mode & S_IFMT == S_IFREG else { throw .noFile(path) }
    var failure: Int32 = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: Int(status.st_size)) { buffer, count in
        while count < buffer.count {
            let got = read(handle, buffer.baseAddress.map { $0 + count }, buffer.count - count)
            if got < 0 && errno == EINTR { continue }
            if got < 0 { failure = errno }
            if got <= 0 { break }
            count += got
        }
    }
    if failure != 0 { throw .system("read", path: path, code: failure) }
    return bytes
}
