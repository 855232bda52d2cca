/// Read access to a config repository. The command line gives the one on disk, tests the one in memory; paths are
/// relative to the repository's root, with forward slashes, and "" is the root itself.
package protocol SourceTree: Sendable {
    /// What stands in a folder, in no particular order.
    func entries(of folder: String) throws(SourceTreeError) -> [SourceEntry]

    /// The bytes of a file. A file of more than `limit` bytes is refused before it is read.
    func read(_ path: String, limit: Int) throws(SourceTreeError) -> [UInt8]

    /// What stands at a path, links followed inside the repository; nil where nothing does.
    func kind(of path: String) throws(SourceTreeError) -> SourceEntry.Kind?
}

package struct SourceEntry: Sendable, Equatable {
    package enum Kind: Sendable, Equatable {
        case file, folder
        /// A symbolic link that was not followed, since it leads out of the repository, into a loop or nowhere.
        case badLink(reason: String)
        /// A socket, a device, a pipe.
        case other
    }

    package var name: String
    package var kind: Kind

    package init(name: String, kind: Kind) {
        self.name = name
        self.kind = kind
    }
}

package struct SourceTreeError: Error, Equatable, Sendable {
    package enum Reason: Equatable, Sendable {
        case missing
        case tooLarge(bytes: Int, limit: Int)
        /// What the operating system says, such as "Permission denied".
        case system(String)
    }

    package var path: String
    package var reason: Reason

    package init(path: String, reason: Reason) {
        self.path = path
        self.reason = reason
    }
}
