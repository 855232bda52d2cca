import DorcTemplates

/// `.dorc-synth-incomplete`: the file in the output folder that says that a run is changing it, or was ended while it did.
///
/// A run replaces file after file, and can be killed between two of them: some templates are of the new project then, and
/// some of the old. The mark is on the disk before the first file changes and goes after the last, so that such a mixture
/// is never deployed: `deploy.sh` refuses the folder, `--check` fails, and the next run makes it whole.
///
/// (To build a second folder and to exchange the two in one step, as `renameat2` could, would need no mark. But the
/// folder holds files that are not dorc's and files that must keep their identity, it may be a mount point or a link,
/// and the folder that it is in may not be writable.)
struct UnfinishedMark: Sendable {
    static let fileName = ".dorc-synth-incomplete"

    let path: String
    /// The plan of the run that was ended: the files that it was adding or removing, which are dorc's though no manifest
    /// may list them. Nil where there is no mark.
    let leftPlan: [String]?

    private let folder: String

    private static let explanation = """
        # dorc-synth is changing this folder, or was stopped while it did: some files may be new and others old.
        # Do not deploy it. Run dorc-synth again, which completes the folder and removes this file.
        # These files were being added or removed:

        """

    init(in folder: String) throws(OutputError) {
        self.folder = folder
        path = "\(folder)/\(Self.fileName)"
        leftPlan = try readFile(path).map { bytes in
            String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
                .filter { !$0.hasPrefix("#") && Manifest.isSafe($0) }
        }
    }

    var isSet: Bool { leftPlan != nil }

    /// On the disk when this returns: the file, and its name in the folder. `plan` takes in the files of the plan that
    /// was left.
    func set(_ plan: [String], staging: StagingArea) throws(OutputError) {
        let staged = try staging.place("mark")
        let files = Set(plan + (leftPlan ?? [])).sorted()
        try createFile(
            staged, Array((Self.explanation + files.map { "\($0)\n" }.joined()).utf8), isSynchronized: true)
        try attempt("create", path) { () throws(SystemError) in try FileSystem.move(staged, to: path) }
        do {
            try synchronize(folder)
        } catch {
            if !isSet { try? FileSystem.removeFile(path) }
            throw error
        }
    }

    func clear() throws(OutputError) {
        do throws(SystemError) {
            try FileSystem.removeFile(path)
        } catch {
            if error != .missing { throw .markStays(path, error) }
        }
    }
}
