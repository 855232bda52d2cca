internal import DorcText
internal import DorcYAML

/// Why a side of the comparison cannot be read.
package struct UnreadableTemplate: Error, Sendable, Equatable {
    /// Relative to the folder of templates.
    package var path: String
    /// 1-based; nil for the file as a whole.
    package var line: Int?
    package var reason: String
}

/// The bytes of a template, JSON or YAML with CloudFormation's short tags -> Tree.
///
/// Scalars are read as CloudFormation reads them where that decides about what is written: `true` and `false` are booleans,
/// numbers of JSON's form are numbers, and everything else is a text.
struct TemplateReader {
    /// A template has at most 1,000,000 bytes; state machines have many nested lists.
    private static let limits: YAMLLimits = {
        var limits = YAMLLimits()
        (limits.bytes, limits.depth, limits.nodes) = (1 << 23, 400, 2_000_000)
        return limits
    }()

    static func read(_ bytes: [UInt8], path: String) throws(UnreadableTemplate) -> Tree {
        let file = SourceFile(path: path, bytes: bytes)
        var diagnostics = Diagnostics()
        let isJSON = bytes.first { $0 > 0x20 } == UInt8(ascii: "{") && path.hasSuffix(".json")
        let node =
            isJSON
            ? JSONReader.read(file, limits: limits, into: &diagnostics)
            : YAMLReader.read(file, limits: limits, into: &diagnostics)
        if let finding = diagnostics.sorted.first {
            throw UnreadableTemplate(path: path, line: finding.range.start.line, reason: finding.summary)
        }
        guard let node else { throw UnreadableTemplate(path: path, reason: "it is empty") }
        return tree(node)
    }

    private static func tree(_ node: YAMLNode) -> Tree {
        if let tag = node.tag, let function = function(tag) { return apply(function, content(node)) }
        return content(node)
    }

    private static func content(_ node: YAMLNode) -> Tree {
        switch node.content {
        case .scalar(let text, let style): return style == .plain && node.stringTag == nil ? scalar(text) : .text(text)
        case .sequence(let items): return .list(items.map(tree))
        case .mapping(let entries):
            let members = entries.map { Tree.Member(name: $0.key, value: tree($0.value)) }
            if members.count == 1, let member = members.first, isFunction(member.name) {
                return apply(member.name, member.value)
            }
            return .object(members)
        }
    }

    private static func scalar(_ text: String) -> Tree {
        switch text {
        case "", "~", "null", "Null", "NULL": return .null
        case "true", "True", "TRUE": return .boolean(true)
        case "false", "False", "FALSE": return .boolean(false)
        default: return JSONNumber(text).map { .number($0) } ?? .text(text)
        }
    }

    /// The name of a short tag's function; nil for other tags, which CloudFormation does not know.
    private static func function(_ tag: String) -> String? {
        guard tag.hasPrefix("!"), !tag.hasPrefix("!!"), tag.utf8.count > 1 else { return nil }
        let name = tag.dropFirst()
        return ["Ref", "Condition"].contains(name) ? String(name) : "Fn::\(name)"
    }

    private static func isFunction(_ name: String) -> Bool { name == "Fn::GetAtt" }

    private static func apply(_ function: String, _ value: Tree) -> Tree {
        var value = value
        // Logical ids have no dot: what follows the first one is the attribute.
        if function == "Fn::GetAtt", let text = value.scalar, let dot = text.firstIndex(of: ".") {
            value = .list([.text(String(text[..<dot])), .text(String(text[text.index(after: dot)...]))])
        } else if function == "Ref" || function == "Fn::Sub", let text = value.scalar {
            value = .text(text)
        }
        return .object([Tree.Member(name: function, value: value)])
    }
}
