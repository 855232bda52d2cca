import DorcTemplates
import Glibc
import Synchronization

/// The folder inside the output folder where a run puts its files together. It is made when the first file needs it: a
/// run that changes nothing writes nothing.
///
/// Its plan lists the files that the run is about to add. A run that was killed leaves it behind, and the next one
/// knows by it which files are dorc's though no manifest lists them.
final class StagingArea: Sendable {
    let path: String
    /// The plan that a killed run has left.
    let leftPlan: [String]
    /// Folders inside it: two threads that make files in one folder wait for each other.
    private let shelves: Int
    private let isMade = Mutex(false)

    private static let filesOnShelf = 64

    init(in folder: String, files: Int) throws(OutputError) {
        path = "\(folder)/.dorc-staging"
        shelves = max(1, min(64, files / Self.filesOnShelf))
        switch Folders.kind(path) {
        case nil: leftPlan = []
        case .folder:
            let plan = try readFile("\(path)/plan").map { String(decoding: $0, as: UTF8.self) } ?? ""
            leftPlan = plan.split(separator: "\n").map(String.init).filter(Manifest.isSafe)
            // The plan stays until this run has one of its own.
            if leftPlan.isEmpty { remove() }
        case .file, .other: throw .inTheWay(path)
        }
    }

    /// Where the file of that number is put together.
    func place(_ number: Int) throws(OutputError) -> String {
        try make()
        return "\(path)/\(number % shelves)/\(number)"
    }

    func place(_ name: String) throws(OutputError) -> String {
        try make()
        return "\(path)/\(name)"
    }

    /// Before the first file is put into place.
    func writePlan(_ added: [String]) throws(OutputError) {
        let plan = leftPlan + added
        guard !plan.isEmpty else { return }
        let place = try place("plan")
        unlink(place)
        try createFile(place, Array(plan.joined(separator: "\n").utf8))
    }

    /// After a run that has put everything into place.
    func remove() { clear(keepingPlan: false) }

    /// After a run that has failed: what a killed run had begun to add is still to be known.
    func abandon() { clear(keepingPlan: !leftPlan.isEmpty) }

    private func clear(keepingPlan: Bool) {
        guard Folders.kind(path) == .folder else { return }
        for name in Folders.names(path) where !(keepingPlan && name == "plan") && unlink("\(path)/\(name)") != 0 {
            for file in Folders.names("\(path)/\(name)") { unlink("\(path)/\(name)/\(file)") }
            rmdir("\(path)/\(name)")
        }
        rmdir(path)
    }

    private func make() throws(OutputError) {
        let failure = isMade.withLock { isMade -> OutputError? in
            if isMade { return nil }
            clear(keepingPlan: true)
            for folder in [path] + (0..<shelves).map({ "\(path)/\($0)" }) {
                if mkdir(folder, 0o777) != 0, errno != EEXIST {
                    return .system("create", path: folder, code: errno)
                }
            }
            isMade = true
            return nil
        }
        if let failure { throw failure }
    }
}
