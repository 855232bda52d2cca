import DorcTemplates
import FoundationEssentials

extension Manifest {
    /// Nil for what is no manifest of dorc's.
    init?(_ bytes: [UInt8]) {
        guard let manifest = try? JSONDecoder().decode(Manifest.self, from: Data(bytes)) else { return nil }
        self = manifest
        let isSafe = files.allSatisfy { path in
            !path.hasPrefix("/") && !path.split(separator: "/").contains("..") && !path.isEmpty
        }
        guard version == 1, isSafe else { return nil }
    }
}
