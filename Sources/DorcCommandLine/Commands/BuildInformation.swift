internal import CBuildInformation
internal import DorcYAML

/// What `--version` tells of a program: enough to build the same again, and to look up an error of a library in it.
enum BuildInformation {
    static let version = "0.1.0"

    /// `dorc-synth 0.1.0 (commit 0123456789ab, libyaml 0.2.5)`; no commit in a program that is no release.
    static var text: String {
        let commit = String(cString: build_commit())
        let parts = [commit.isEmpty ? nil : "commit \(commit)", "libyaml \(YAMLReader.libraryVersion)"]
        return "dorc-synth \(version) (\(parts.compactMap { $0 }.joined(separator: ", ")))"
    }
}
