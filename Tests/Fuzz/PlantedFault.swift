import DorcText
import Foundation

/// A fault of the kind that DORC_FUZZ_FAULT names, wherever dorc.yaml has a project: a test that finds nothing shows
/// little unless it would find this.
enum PlantedFault {
    private static let kind = ProcessInfo.processInfo.environment["DORC_FUZZ_FAULT"]

    static func run(_ tree: MemoryTree) -> String? {
        guard let kind, String(decoding: tree.files["dorc.yaml"] ?? [], as: UTF8.self).contains("project:") else {
            return nil
        }
        switch kind {
        case "crash": fatalError("planted")
        case "hang": while true {}
        default: return "planted: this is the fault"
        }
    }
}
