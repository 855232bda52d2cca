#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// What is at a path.
struct FileStatus: Sendable {
    enum Kind: Sendable, Equatable {
        case file, folder, link, pipe, socket, device, unknown
    }

    let kind: Kind
    /// Bytes.
    let size: Int
    /// The lower twelve bits of the mode.
    let permissions: UInt16
    /// A user's id.
    let owner: UInt32

    var isExecutable: Bool { permissions & 0o100 != 0 }
    var isReadableByAll: Bool { permissions & 0o004 != 0 }
    /// Whether every user of the machine may list the folder and open what is in it.
    var isOpenToAll: Bool { permissions & 0o005 == 0o005 }

    /// Whether nobody but this user, and root, can change what is in it.
    var isOnlyOurs: Bool { (owner == geteuid() || owner == 0) && permissions & 0o022 == 0 }

    init(_ status: stat) {
        kind =
            switch status.st_mode & S_IFMT {
            case S_IFREG: .file
            case S_IFDIR: .folder
            case S_IFLNK: .link
            case S_IFIFO: .pipe
            case S_IFSOCK: .socket
            case S_IFCHR, S_IFBLK: .device
            default: .unknown
            }
        size = Int(status.st_size)
        permissions = UInt16(truncatingIfNeeded: status.st_mode & 0o7777)
        owner = status.st_uid
    }
}

/// A name in a folder. Links are not followed.
struct FolderEntry: Sendable {
    let name: String
    /// Nil where the file system does not say.
    let kind: FileStatus.Kind?

    init(_ entry: UnsafeMutablePointer<dirent>) {
        name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
            pointer.withMemoryRebound(to: CChar.self, capacity: 1) { String(cString: $0) }
        }
        kind =
            switch Int32(entry.pointee.d_type) {
            case Int32(DT_REG): .file
            case Int32(DT_DIR): .folder
            case Int32(DT_LNK): .link
            case Int32(DT_FIFO): .pipe
            case Int32(DT_SOCK): .socket
            case Int32(DT_CHR), Int32(DT_BLK): .device
            case Int32(DT_UNKNOWN): nil
            default: .unknown
            }
    }
}
