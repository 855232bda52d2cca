package import Foundation

package enum Folders {
    /// The root of dorc's own repository.
    package static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// Every file below a folder, hidden ones too, by its path relative to it.
    package static func files(below folder: URL) throws -> [String: [UInt8]] {
        var files: [String: [UInt8]] = [:]
        try collect(folder, prefix: "", &files)
        return files
    }

    private static func collect(_ folder: URL, prefix: String, _ files: inout [String: [UInt8]]) throws {
        for name in try FileManager.default.contentsOfDirectory(atPath: folder.path) {
            let url = folder.appending(path: name)
            var isFolder: ObjCBool = false
            _ = FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder)
            if isFolder.boolValue {
                try collect(url, prefix: prefix + name + "/", &files)
            } else {
                files[prefix + name] = try [UInt8](Data(contentsOf: url))
            }
        }
    }
}

/// Calls `body` with an empty folder that is removed afterwards.
package func inTemporaryFolder(_ body: (String) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("dorc-test-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
    defer { try? FileManager.default.removeItem(at: folder) }
    try body(folder.path)
}
