/// The actions of AWS that a state machine can call as `aws-sdk:<service>:<action>`. The table is in `SDKActions+Data.swift`; it
/// is read in place, a line at a time, and costs nothing where no task is used.
package enum SDKActions {
    package struct Service {
        package var name: String
        /// IAM's prefix of its actions; nil where IAM has none of them.
        package var vendor: String?
        /// Of the actions in the table.
        fileprivate var place: Range<Int>

        /// In camel case, sorted by verb.
        package var actions: [String] { entries.map(\.action) }

        package func has(_ action: String) -> Bool { entries.contains { $0.action == action } }

        /// IAM's name of an action, without the prefix; nil where IAM has none of that name.
        func right(of action: String) -> String? {
            guard let entry = entries.first(where: { $0.action == action }) else { return nil }
            return switch entry.right {
            case "?"?: nil
            case let other?: String(other)
            case nil: action.prefix(1).uppercased() + action.dropFirst()
            }
        }

        private var entries: [(action: String, right: Substring?)] {
            SDKActions.text(at: place).split(separator: " ").flatMap { verb -> [(String, Substring?)] in
                let parts = verb.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
                guard parts.count == 2 else { return [] }
                return parts[1].split(separator: ",", omittingEmptySubsequences: false).map { rest in
                    let pieces = rest.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                    return (String(parts[0] + (pieces.first ?? "")), pieces.count == 2 ? pieces[1] : nil)
                }
            }
        }
    }

    /// Nil for a service that the table does not have.
    package static func service(_ name: String) -> Service? {
        table.withUTF8Buffer { bytes in
            // Lines are sorted by name.
            var low = bytes.startIndex
            var high = bytes.endIndex
            while low < high {
                let line = lineStart(bytes, before: low + (high - low) / 2)
                let end = bytes[line...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.endIndex
                let key = bytes[line..<(bytes[line..<end].firstIndex(of: UInt8(ascii: " ")) ?? end)]
                if key.elementsEqual(name.utf8) { return parse(bytes, line..<end) }
                if key.lexicographicallyPrecedes(name.utf8) {
                    low = min(end + 1, bytes.endIndex)
                } else {
                    high = line
                }
            }
            return nil
        }
    }

    /// All of them, for suggestions.
    package static var services: [Service] {
        table.withUTF8Buffer { bytes in
            var services: [Service] = []
            var start = bytes.startIndex
            while start < bytes.endIndex {
                let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.endIndex
                if let service = parse(bytes, start..<end) { services.append(service) }
                start = end + 1
            }
            return services
        }
    }

    /// Whether a prefix of IAM's is one of those that the table knows.
    package static func hasVendor(_ prefix: String) -> Bool { services.contains { $0.vendor == prefix } }

    private static func lineStart(_ bytes: UnsafeBufferPointer<UInt8>, before index: Int) -> Int {
        bytes[..<index].lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? bytes.startIndex
    }

    private static func parse(_ bytes: UnsafeBufferPointer<UInt8>, _ line: Range<Int>) -> Service? {
        let space = UInt8(ascii: " ")
        guard let first = bytes[line].firstIndex(of: space),
            let second = bytes[(first + 1)..<line.upperBound].firstIndex(of: space)
        else { return nil }
        let vendor = String(decoding: bytes[(first + 1)..<second], as: UTF8.self)
        return Service(
            name: String(decoding: bytes[line.lowerBound..<first], as: UTF8.self), vendor: vendor == "?" ? nil : vendor,
            place: (second + 1)..<line.upperBound)
    }

    private static func text(at place: Range<Int>) -> String {
        table.withUTF8Buffer { String(decoding: $0[place], as: UTF8.self) }
    }
}
