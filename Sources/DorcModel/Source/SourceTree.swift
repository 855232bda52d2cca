/// Read access to a config repository. The command line gives the one on disk, tests the one in memory; paths are
/// relative to the repository's root, with forward slashes, and "" is the root itself.
package protocol SourceTree: Sendable {
    /// What stands in a folder, in no particular order.
    func entries(of folder: String) throws(SourceTreeError) -> [SourceEntry]

    /// A file. One of more than `limit` bytes is refused before it is read.
    func content(of path: String, limit: Int) throws(SourceTreeError) -> SourceContent

    /// What stands at a path, links followed inside the repository; nil where nothing does.
    func kind(of path: String) throws(SourceTreeError) -> SourceEntry.Kind?
}

extension SourceTree {
    /// The bytes of a file alone.
    package func read(_ path: String, limit: Int) throws(SourceTreeError) -> [UInt8] {
        try content(of: path, limit: limit).bytes
    }
}

package struct SourceContent: Sendable, Equatable {
    package var bytes: [UInt8]
    /// Whether its owner may run it.
    package var isExecutable: Bool

    package init(bytes: [UInt8], isExecutable: Bool) {
        self.bytes = bytes
        self.isExecutable = isExecutable
    }
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
    /// Where a symbolic link leads, relative to the repository's root; nil for what is no link.
    package var linkTarget: String?

    package init(name: String, kind: Kind, linkTarget: String? = nil) {
        self.name = name
        self.kind = kind
        self.linkTarget = linkTarget
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
