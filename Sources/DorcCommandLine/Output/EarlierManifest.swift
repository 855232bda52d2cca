import DorcTemplates

/// The manifest of the run before: read before the project is compiled, and again under the lock, where another run may
/// have written it in between.
struct EarlierManifest: Sendable {
    /// Nil for none, and for one that cannot be read, which `current` reports.
    let manifest: Manifest?
    private let bytes: [UInt8]?

    init(_ folder: String) {
        bytes = (try? readFile(Self.path(in: folder))) ?? nil
        manifest = bytes.flatMap { Manifest($0) }
    }

    func current(in folder: String) throws(OutputError) -> Manifest? {
        let path = Self.path(in: folder)
        guard let now = try readFile(path) else { return nil }
        if now == bytes, let manifest { return manifest }
        guard let manifest = Manifest(now) else { throw .unreadableManifest(path) }
        return manifest
    }

    private static func path(in folder: String) -> String { "\(folder)/\(Manifest.fileName)" }
}
