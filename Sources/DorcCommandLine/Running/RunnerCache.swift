import DorcRunner
import DorcText

/// Where the runner, which is a part of this program, is on the disk for Python: in a folder that is named by the digest of its
/// files, so that each version has its own. It is complete when it gets its name, and its files are compared before each run.
///
/// Python keeps what it has compiled beside them.
struct RunnerCache {
    /// In the order in which they are tried.
    private let places: [Place]
    private let files: [(path: String, text: [UInt8])]
    private let name: String

    private struct Place {
        var folder: String
        /// Whether other users can make folders beside it.
        var isShared: Bool
    }

    struct Failure: Error, CustomStringConvertible {
        var description: String
    }

    init() {
        files =
            [(EmbeddedRunner.start.name, Array(EmbeddedRunner.start.text.utf8))]
            + EmbeddedRunner.files.map { ("\(EmbeddedRunner.package)/\($0.name)", $0.text) }
        var digest = SHA256()
        for file in files {
            digest.update(file.path)
            digest.update(UInt64(file.text.count))
            digest.update(file.text)
        }
        name = "runner-" + HexadecimalDigest.text(digest.finalize()).prefix(32)
        places = Self.places
    }

    /// What the variable says is not passed over: who sets it wants nothing elsewhere.
    private static var places: [Place] {
        if let given = Surroundings.nonEmpty("DORC_CACHE_DIR") { return [Place(folder: given, isShared: false)] }
        let temporary = Place(folder: "\(temporaryFolder)/dorc-\(Surroundings.user)", isShared: true)
        return [cacheFolder.map { Place(folder: "\($0)/dorc", isShared: false) }, temporary].compactMap { $0 }
    }

    /// XDG Base Directory Specification: a path that is not absolute does not count.
    private static var cacheFolder: String? {
        if let folder = Surroundings.nonEmpty("XDG_CACHE_HOME"), folder.hasPrefix("/") { return folder }
        #if os(macOS)
            return Surroundings.nonEmpty("HOME").map { "\($0)/Library/Caches" }
        #else
            return Surroundings.nonEmpty("HOME").map { "\($0)/.cache" }
        #endif
    }

    static var temporaryFolder: String { Folders.trimmed(Surroundings.nonEmpty("TMPDIR") ?? "/tmp") }

    /// The path of what Python is to be started with.
    func start() throws(Failure) -> String {
        var problems: [String] = []
        for place in places {
            do throws(OutputError) {
                return try unpack(place) + "/" + EmbeddedRunner.start.name
            } catch {
                problems.append(error.description)
            }
        }
        throw Failure(
            description: "the runner cannot be unpacked: \(problems.joined(separator: "; "))\n"
                + "Set DORC_CACHE_DIR to a folder that can be written to")
    }

    private func unpack(_ place: Place) throws(OutputError) -> String {
        let folder = "\(place.folder)/\(name)"
        if try isOurs(place), try isWhole(folder) { return folder }
        if place.isShared {
            try makePrivate(place.folder)
        } else {
            _ = try Folders.make(place.folder)
        }
        guard try isOurs(place) else { throw .inTheWay(place.folder) }
        let staged = "\(place.folder)/.\(name).\(Surroundings.process)"
        remove(staged)
        do throws(OutputError) {
            try write(to: staged)
            try settle(staged, at: folder)
        } catch {
            remove(staged)
            throw error
        }
        return folder
    }

    /// In a folder where others write, one that is not this user's may be a trap.
    private func isOurs(_ place: Place) throws(OutputError) -> Bool {
        guard place.isShared else { return true }
        guard let status = try? FileSystem.status(place.folder, followingLinks: false) else { return false }
        return status.kind == .folder && status.isOnlyOurs
    }

    private func makePrivate(_ folder: String) throws(OutputError) {
        do throws(SystemError) {
            try FileSystem.makeFolder(folder, permissions: 0o700)
        } catch {
            if error != .exists { throw .system("create", path: folder, error) }
        }
    }

    private func write(to folder: String) throws(OutputError) {
        for path in [folder, "\(folder)/\(EmbeddedRunner.package)"] { try makePrivate(path) }
        for file in files { try createFile("\(folder)/\(file.path)", file.text) }
    }

    /// Another run may do the same: then there is a folder already, and it is whole; or what is there is damaged.
    private func settle(_ staged: String, at folder: String) throws(OutputError) {
        for _ in 0..<2 {
            do throws(SystemError) {
                return try FileSystem.move(staged, to: folder)
            } catch {
                guard error == .exists || error == .notEmpty || error == .notAFolder else {
                    throw .system("create", path: folder, error)
                }
            }
            if try isWhole(folder) { return remove(staged) }
            let aside = staged + ".damaged"
            try attempt("replace", folder) { () throws(SystemError) in try FileSystem.move(folder, to: aside) }
            remove(aside)
        }
        throw .inTheWay(folder)
    }

    /// Whether each file is there, byte for byte, and nobody else can change them.
    private func isWhole(_ folder: String) throws(OutputError) -> Bool {
        guard let status = try? FileSystem.status(folder, followingLinks: false), status.kind == .folder,
            status.isOnlyOurs
        else { return false }
        for file in files {
            guard let bytes = try? readFile("\(folder)/\(file.path)"), bytes == file.text else { return false }
        }
        return true
    }

    /// A folder of files and folders, as far as it goes.
    private func remove(_ path: String) {
        if (try? FileSystem.removeFile(path)) != nil { return }
        for name in (try? FileSystem.names(in: path)) ?? [] { remove("\(path)/\(name)") }
        try? FileSystem.removeFolder(path)
    }
}
