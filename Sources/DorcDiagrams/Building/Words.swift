internal import DorcModel
internal import DorcText

/// Values as people say them.
enum Words {
    /// `90 s` as `1 min 30 s`.
    static func duration(_ duration: Duration) -> String {
        let units = [("d", 86400), ("h", 3600), ("min", 60), ("s", 1)]
        var (rest, parts) = (duration.seconds, [String]())
        for (name, seconds) in units where rest >= seconds {
            parts.append("\(rest / seconds) \(name)")
            rest %= seconds
        }
        return parts.isEmpty ? "0 s" : parts.joined(separator: " ")
    }

    static func retry(_ retry: Retry) -> String {
        guard retry.attempts > 0 else { return "none" }
        var text = "\(retry.attempts) \(retry.attempts == 1 ? "time" : "times"), after \(duration(retry.interval))"
        if retry.attempts > 1, retry.backoffRate != 1 {
            text += ", then \(JSONNumber(retry.backoffRate).text) times as long each time"
        }
        if let most = retry.maxDelay { text += ", at most \(duration(most))" }
        return text + " on \(StepWords.errors(retry.errors))"
    }

    /// JSON on one line.
    static func json(_ value: JSONValue<Text>) -> String {
        var bytes = ByteBuffer(capacity: 128)
        append(value, to: &bytes)
        return bytes.text
    }

    private static func append(_ value: JSONValue<Text>, to bytes: inout ByteBuffer) {
        switch value {
        case .null: bytes.append("null" as StaticString)
        case .boolean(let flag): bytes.append(flag ? "true" as StaticString : "false" as StaticString)
        case .number(let number): bytes.append(number.text)
        case .text(let text): JSONText.append(StepWords.text(text), to: &bytes)
        case .list(let items):
            bytes.append("[" as StaticString)
            for (position, item) in items.enumerated() {
                if position > 0 { bytes.append(", " as StaticString) }
                append(item, to: &bytes)
            }
            bytes.append("]" as StaticString)
        case .object(let members):
            bytes.append("{" as StaticString)
            for (position, member) in members.enumerated() {
                if position > 0 { bytes.append(", " as StaticString) }
                JSONText.append(member.name, to: &bytes)
                bytes.append(": " as StaticString)
                append(member.value, to: &bytes)
            }
            bytes.append("}" as StaticString)
        }
    }

    /// Without white space at its ends.
    static func trimmed(_ text: Substring) -> String {
        var text = text
        while text.first?.isWhitespace == true { text.removeFirst() }
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text)
    }

    static func count(_ count: Int, _ one: String, _ many: String? = nil) -> String {
        "\(count) \(count == 1 ? one : many ?? one + "s")"
    }
}
