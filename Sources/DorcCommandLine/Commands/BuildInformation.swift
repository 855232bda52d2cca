internal import CBuildInformation
internal import DorcYAML

/// What `--version` tells of a program: enough to build the same again, and to look up an error of a library in it.
enum BuildInformation {
    static let version = "0.1.0"

    /// Where a file of dorc's repository is shown, for those who have installed the program alone; its path where nobody has
    /// released the program.
    static func address(of path: String) -> String {
        let homepage = String(cString: build_homepage())
        return homepage.isEmpty ? "\(path) in dorc's repository" : "\(homepage)/blob/v\(version)/\(path)"
    }

    /// `dorc-synth 0.1.0 (commit 0123456789ab, libyaml 0.2.5)`; without the commit where the build is not a release.
    static var text: String {
        let commit = String(cString: build_commit())
        let parts = [commit.isEmpty ? nil : "commit \(commit)", "libyaml \(YAMLReader.libraryVersion)"]
        return "dorc-synth \(version) (\(parts.compactMap { $0 }.joined(separator: ", ")))"
    }
}
