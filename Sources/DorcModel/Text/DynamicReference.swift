/// `{{resolve:service:...}}`, which CloudFormation replaces at deployment (user guide, "Dynamic references").
package enum DynamicReference {
    package struct Problem: Equatable, Sendable {
        package var summary: String
        package var help: String
    }

    /// Whether a text has one, well formed or not.
    package static func isIn(_ text: String) -> Bool {
        var previous: UInt8 = 0
        for byte in text.utf8 {
            if byte == UInt8(ascii: "{") && previous == byte { return text.contains("{{resolve:") }
            previous = byte
        }
        return false
    }

    /// What is wrong with the first malformed reference in the text; nil where all are well formed.
    package static func problem(in text: String) -> Problem? {
        let services = ["ssm", "ssm-secure", "secretsmanager"]
        for piece in pieces(of: text) {
            guard let piece else {
                return Problem(summary: "`{{resolve:` has no `}}`", help: "as in `{{resolve:ssm:/network/vpc-id}}`")
            }
            let fields = piece.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            let service = fields.first.map(String.init) ?? ""
            guard services.contains(service) else {
                return Problem(
                    summary: "`\(service)` is not a service of dynamic references",
                    help: "write one of \(services.map { "`\($0)`" }.joined(separator: ", "))")
            }
            guard fields.count == 2, !fields[1].isEmpty, !fields[1].contains(where: \.isWhitespace) else {
                return Problem(
                    summary: "the dynamic reference names no parameter", help: "as in `{{resolve:ssm:/network/vpc-id}}`"
                )
            }
        }
        return nil
    }

    /// What is between `{{resolve:` and `}}`; nil for one that is not closed.
    private static func pieces(of text: String) -> [String?] {
        let bytes = Array(text.utf8)
        let opening = Array("{{resolve:".utf8)
        var result: [String?] = []
        var index = 0
        while index + opening.count <= bytes.count {
            guard bytes[index...].starts(with: opening) else {
                index += 1
                continue
            }
            let start = index + opening.count
            var end = start
            while end + 1 < bytes.count, bytes[end] != UInt8(ascii: "}") || bytes[end + 1] != UInt8(ascii: "}") {
                end += 1
            }
            guard end + 1 < bytes.count else { return result + [nil] }
            result.append(String(decoding: bytes[start..<end], as: UTF8.self))
            index = end + 2
        }
        return result
    }
}
