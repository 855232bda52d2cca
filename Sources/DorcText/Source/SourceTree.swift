/// Read access to a config repository. The command line gives the one on disk, tests the one in memory; paths are
/// relative to the repository's root, with forward slashes, and "" is the root itself.
package protocol SourceTree: Sendable {
    /// What is in a folder, in no particular order.
    func entries(of folder: String) throws(SourceTreeError) -> [SourceEntry]

    /// A file. One of more than `limit` bytes is refused before it is read.
    func content(of path: String, limit: Int) throws(SourceTreeError) -> SourceContent

    /// What is at a path, links followed inside the repository; nil where nothing does.
    func kind(of path: String) throws(SourceTreeError) -> SourceEntry.Kind?

    /// The path without symbolic links in it; nil where it leads out of the repository or nowhere.
    func realPath(of path: String) -> String?

    /// Whether every user of a machine may list a folder and open what is in it.
    func isOpenToAll(_ folder: String) -> Bool
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
    /// Whether every user of a machine may read it.
    package var isOpenToAll: Bool

    package init(bytes: [UInt8], isExecutable: Bool, isOpenToAll: Bool = true) {
        self.bytes = bytes
        self.isExecutable = isExecutable
        self.isOpenToAll = isOpenToAll
    }
}

package struct SourceEntry: Sendable, Equatable {
    package enum Kind: Sendable, Equatable {
        case file, folder
        /// A symbolic link that was not followed, since it leads out of the repository, into a loop or nowhere.
        case badLink(reason: String)
        case special(SpecialFile)
    }

    /// What has no content of its own.
    package enum SpecialFile: String, Sendable {
        case pipe = "a named pipe (FIFO)"
        case socket = "a socket"
        case device = "a device"
        case unknown = "neither a file nor a folder"
    }

    package struct Link: Sendable, Equatable {
        /// As it is stored.
        package var text: String
        /// Where it leads in the end, relative to the repository's root.
        package var target: String

        package init(text: String, target: String) {
            self.text = text
            self.target = target
        }
    }

    package var name: String
    package var kind: Kind
    /// Of a symbolic link that leads somewhere in the repository.
    package var link: Link?

    package init(name: String, kind: Kind, link: Link? = nil) {
        self.name = name
        self.kind = kind
        self.link = link
    }
}

package struct SourceTreeError: Error, Equatable, Sendable {
    package enum Reason: Equatable, Sendable {
        case missing
        case tooLarge(bytes: Int, limit: Int)
        /// What it is instead, as in "a named pipe (FIFO)".
        case notAFile(String)
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
