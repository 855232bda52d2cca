import DorcTemplates
import FoundationEssentials

extension Manifest {
    /// Nil for what is no manifest of dorc's.
    init?(_ bytes: [UInt8]) {
        guard let manifest = try? JSONDecoder().decode(Manifest.self, from: Data(bytes)) else { return nil }
        self = manifest
        guard version == 1, files.allSatisfy(Self.isSafe) else { return nil }
    }

    /// Whether a path stays inside the output folder, and is the only spelling of what it names.
    static func isSafe(_ path: String) -> Bool {
        path.split(separator: "/", omittingEmptySubsequences: false).allSatisfy { !["", ".", ".."].contains($0) }
    }
}
