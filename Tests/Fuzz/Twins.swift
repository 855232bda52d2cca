import DorcText
import DorcYAML
import Foundation

/// Whether a template in YAML says what the same template says in JSON, short tags and all.
enum Twins {
    /// What differs; nil for nothing.
    static func problem(yaml: [UInt8], json: Any) -> String? {
        var findings = Diagnostics()
        var limits = YAMLLimits()
        limits.bytes = 4 << 20
        limits.depth = 1000
        limits.nodes = 2_000_000
        let root = YAMLReader.read(SourceFile(path: "template.yaml", bytes: yaml), limits: limits, into: &findings)
        guard let root, !findings.hasErrors else {
            return "the YAML cannot be read: \(findings.items.first?.summary.prefix(200) ?? "it is empty")"
        }
        return difference(root, json, at: "")
    }

    private static func difference(_ node: YAMLNode, _ json: Any, at place: String) -> String? {
        if let tag = node.tag, tag.hasPrefix("!"), !tag.hasPrefix("!!") {
            let name = String(tag.dropFirst())
            let key = name == "Ref" || name == "Condition" ? name : "Fn::\(name)"
            guard let object = json as? [String: Any], object.count == 1, var value = object[key] else {
                return "\(place): `\(tag)` is not \(key) in JSON"
            }
            if key == "Fn::GetAtt", let parts = value as? [String] { value = parts.joined(separator: ".") }
            var bare = node
            bare.tag = nil
            return difference(bare, value, at: place)
        }
        switch node.content {
        case .scalar(let text, let style):
            return isSame(text, isPlain: style == .plain && node.tag == nil, json)
                ? nil : "\(place): `\(text.prefix(100))` is `\(String(describing: json).prefix(100))` in JSON"
        case .sequence(let items):
            guard let others = json as? [Any], items.count == others.count else { return "\(place): another list" }
            for (number, pair) in zip(items, others).enumerated() {
                if let found = difference(pair.0, pair.1, at: "\(place)/\(number)") { return found }
            }
        case .mapping(let entries):
            guard let object = json as? [String: Any], object.count == entries.count else {
                return "\(place): another mapping"
            }
            for entry in entries {
                guard let other = object[entry.key] else { return "\(place): `\(entry.key)` is missing in JSON" }
                if let found = difference(entry.value, other, at: "\(place)/\(entry.key)") { return found }
            }
        }
        return nil
    }

    private static func isSame(_ text: String, isPlain: Bool, _ json: Any) -> Bool {
        if json is NSNull { return isPlain && (text == "null" || text == "~" || text.isEmpty) }
        if let string = json as? String { return Array(string.utf8) == Array(text.utf8) }
        guard isPlain, let number = json as? NSNumber else { return false }
        if text == "true" || text == "false" { return number.boolValue == (text == "true") }
        return Double(text) == number.doubleValue
    }
}
