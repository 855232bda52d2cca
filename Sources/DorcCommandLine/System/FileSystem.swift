#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Files and folders by their paths.
enum FileSystem {
    static var currentFolder: String {
        guard let buffer = getcwd(nil, 0) else { return "." }
        defer { free(buffer) }
        return String(cString: buffer)
    }

    static func status(_ path: String, followingLinks: Bool = true) throws(SystemError) -> FileStatus {
        var status = stat()
        guard (followingLinks ? stat(path, &status) : lstat(path, &status)) == 0 else { throw .last }
        return FileStatus(status)
    }

    /// Links are followed.
    static func isFile(_ path: String) -> Bool { (try? status(path))?.kind == .file }

    /// Links are followed.
    static func isFolder(_ path: String) -> Bool { (try? status(path))?.kind == .folder }

    /// Whether this user may start it as a program. Links are followed.
    static func isProgram(_ path: String) -> Bool { isFile(path) && access(path, X_OK) == 0 }

    /// Of this program, without links in it; nil where the system does not tell.
    static var programPath: String? {
        #if os(Linux)
            return try? realPath("/proc/self/exe")
        #else
            var size: UInt32 = 0
            _ = _NSGetExecutablePath(nil, &size)
            var buffer = [CChar](repeating: 0, count: Int(clamping: size) + 1)
            size = UInt32(clamping: buffer.count)
            guard _NSGetExecutablePath(&buffer, &size) == 0 else { return nil }
            return buffer.withUnsafeBufferPointer { $0.baseAddress.map { String(cString: $0) } }
                .flatMap { try? realPath($0) }
        #endif
    }

    /// A path without links in it.
    static func realPath(_ path: String) throws(SystemError) -> String {
        guard let pointer = realpath(path, nil) else { throw .last }
        defer { free(pointer) }
        return String(cString: pointer)
    }

    /// The names in a folder.
    static func names(in folder: String) throws(SystemError) -> [String] {
        try OpenFile(folder, .folder).entries().map(\.name)
    }

    static func makeFolder(_ path: String, permissions: UInt16 = 0o777) throws(SystemError) {
        guard mkdir(path, mode_t(permissions)) == 0 else { throw .last }
    }

    static func setPermissions(_ path: String, _ permissions: UInt16) throws(SystemError) {
        guard chmod(path, mode_t(permissions)) == 0 else { throw .last }
    }

    static func removeFolder(_ path: String) throws(SystemError) {
        guard rmdir(path) == 0 else { throw .last }
    }

    static func removeFile(_ path: String) throws(SystemError) {
        guard unlink(path) == 0 else { throw .last }
    }

    /// In one step: a reader sees what was at `target`, or what is moved there.
    static func move(_ path: String, to target: String) throws(SystemError) {
        guard rename(path, target) == 0 else { throw .last }
    }

    /// A second name for a file.
    static func addName(_ path: String, _ target: String) throws(SystemError) {
        guard link(path, target) == 0 else { throw .last }
    }
}

/// Why the system refused a call. No file outside of this folder makes system calls.
struct SystemError: Error, Equatable, Sendable {
    /// As `errno` has it.
    let code: Int32

    static let missing = SystemError(code: ENOENT)
    /// Something on the way to a path is not a folder.
    static let notAFolder = SystemError(code: ENOTDIR)
    static let exists = SystemError(code: EEXIST)
    static let notEmpty = SystemError(code: ENOTEMPTY)
    /// Too many links, or one where none is followed.
    static let link = SystemError(code: ELOOP)
    static let inputOutput = SystemError(code: EIO)

    /// Of the call before.
    static var last: SystemError { SystemError(code: errno) }

    /// There is nothing at the path.
    var isAbsence: Bool { self == .missing || self == .notAFolder }

    /// In the system's words.
    var message: String { String(cString: strerror(code)) }
}
