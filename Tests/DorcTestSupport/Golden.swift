internal import DorcText
package import Foundation

/// Texts that are on record. `DORC_RECORD=1` records anew what differs, and the test fails all the same: a recording is
/// reviewed, not trusted.
package enum Golden {
    package static let records = ProcessInfo.processInfo.environment["DORC_RECORD"] == "1"
    /// Of differences, as many characters are shown.
    private static let most = 20_000

    /// How the texts of now differ from those on record in a folder, both by their paths, and how to record them; nil
    /// where they do not. What is on record and not there any more differs too.
    ///
    /// - Parameter isOther: Whether a file of the folder is not a record.
    package static func difference(
        of actual: [String: String], from folder: URL, leaving isOther: (String) -> Bool = { _ in false },
        tests: String
    ) throws -> String? {
        let exists = FileManager.default.fileExists(atPath: folder.path)
        let recorded = try exists ? Folders.files(below: folder).filter { !isOther($0.key) } : [:]
        var difference = ""
        for path in Set(actual.keys).union(recorded.keys).sorted() {
            difference += UnifiedDiff.render(
                old: recorded[path].map { String(decoding: $0, as: UTF8.self) }, new: actual[path],
                oldName: "recorded/\(path)", newName: "now/\(path)")
        }
        guard !difference.isEmpty else { return nil }
        if records { try record(actual, in: folder, replacing: recorded.keys) }
        return """
            \(folder.lastPathComponent) differs from what is on record\(records ? "; recorded anew" : ""):
            \(difference.prefix(most))
            To record: DORC_RECORD=1 swift test --filter \(tests)
            """
    }

    private static func record(
        _ actual: [String: String], in folder: URL, replacing recorded: some Collection<String>
    ) throws {
        for path in recorded where actual[path] == nil {
            var url = folder.appending(path: path)
            try FileManager.default.removeItem(at: url)
            url.deleteLastPathComponent()
            while try url.path != folder.path && FileManager.default.contentsOfDirectory(atPath: url.path).isEmpty {
                try FileManager.default.removeItem(at: url)
                url.deleteLastPathComponent()
            }
        }
        for (path, text) in actual {
            let url = folder.appending(path: path)
            try FileManager.default.createDirectory(
                at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(text.utf8).write(to: url)
        }
    }
}
