internal import DorcText
internal import DorcModel

/// Writes a template from its first byte to its last, without a tree of it: code that writes a resource reads like the
/// resource.
///
///     writer.object {
///         $0["Type"] = "AWS::SNS::Topic"
///         $0.object("Properties") {
///             $0["TopicName"] = name
///             $0["KmsMasterKeyId"] = key          // nil: there is no such member
///             $0.list("Subscription") {
///                 for email in emails { $0.object { ... } }
///             }
///         }
///     }
///
/// Keys that stand in code are never looked at: they are words that every form writes as they are. All text is written in
/// ASCII: `GetTemplate` answers `?` for other characters
/// (https://github.com/aws-cloudformation/cloudformation-coverage-roadmap/issues/814), and a program with another encoding
/// reads them wrongly; escaped, they reach the resources in every case.
package struct TemplateWriter: ~Copyable {
    package enum Form: Sendable {
        /// Two spaces a level, CloudFormation's functions on one line.
        case json
        /// Block style, with CloudFormation's short tags.
        case yaml
        /// JSON that becomes a text of a template (`JSONLines`).
        case embedded
        /// Nothing but a number (`DeployedLength`).
        case length
    }

    struct Container {
        enum Kind {
            case none, object, list
        }

        var kind = Kind.none
        /// The column of its entries.
        var indent = 0
        var isEmpty = true
        /// In JSON, everything is on one line.
        var isInline = false
        /// In YAML, the first entry does not start a line.
        var startsInLine = true
    }

    /// What a value comes after, in YAML.
    enum Place {
        case nothing, key, dash
        /// The colon of a key that has a line of its own.
        case colon
    }

    let form: Form
    var bytes: ByteBuffer
    var container = Container()
    var place = Place.nothing
    /// Whether a key waits for its value.
    var hasKey = false
    var length: DeployedLength
    /// Whether something was written that the form cannot say.
    package internal(set) var isImpossible = false

    package init(_ form: Form) {
        self.init(form, length: DeployedLength())
    }

    init(_ form: Form, length: DeployedLength) {
        self.form = form
        self.length = length
        bytes = ByteBuffer(capacity: form == .length ? 0 : 1 << 16)
    }

    /// The whole text, with a line break at its end.
    package consuming func finish() -> [UInt8] { finish { Array($0) } }

    /// The same, lent: templates are large, and those who write them to a file need no copy.
    package consuming func finish<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        bytes.append(UInt8(ascii: "\n"))
        return bytes.suffix(from: 0, body)
    }

    /// Bytes of the JSON of the value that `body` writes.
    package static func jsonLength(_ body: (inout TemplateWriter) -> Void) -> Int {
        var writer = TemplateWriter(.json)
        body(&writer)
        return writer.bytes.count + 1
    }

    // MARK: Objects and lists

    package mutating func object(_ body: (inout TemplateWriter) -> Void) {
        nest(.object, body)
    }

    package mutating func object(_ key: StaticString, _ body: (inout TemplateWriter) -> Void) {
        self.key(key)
        nest(.object, body)
    }

    package mutating func list(_ body: (inout TemplateWriter) -> Void) {
        nest(.list, body)
    }

    package mutating func list(_ key: StaticString, _ body: (inout TemplateWriter) -> Void) {
        self.key(key)
        nest(.list, body)
    }

    private mutating func nest(_ kind: Container.Kind, _ body: (inout TemplateWriter) -> Void) {
        startValue()
        let outer = container
        switch form {
        case .json, .embedded: openJSON(kind)
        case .yaml: openYAML(kind, isTagged: false)
        case .length:
            length.openContainer()
            container = Container(kind: kind)
        }
        body(&self)
        switch form {
        case .json, .embedded: closeJSON(outer.indent)
        case .yaml: closeYAML()
        case .length: break
        }
        container = outer
    }

    // MARK: Entries

    /// Before the value of a member.
    package mutating func key(_ key: StaticString) {
        switch form {
        case .json, .embedded:
            let (isEmpty, isInline, indent) = (container.isEmpty, container.isInline, container.indent)
            bytes.append(atMost: indent + key.utf8CodeUnitCount + 16) {
                if !isEmpty { $0.append(UInt8(ascii: ",")) }
                if !isInline {
                    $0.append(UInt8(ascii: "\n"))
                    $0.append(spaces: indent)
                } else if !isEmpty {
                    $0.append(UInt8(ascii: " "))
                }
                $0.append(UInt8(ascii: "\""))
                $0.append(key)
                $0.append(UInt8(ascii: "\""))
                $0.append(UInt8(ascii: ":"))
                $0.append(UInt8(ascii: " "))
            }
        case .yaml: startYAMLEntry(key: key)
        case .length: length.add(key: key.utf8CodeUnitCount)
        }
        container.isEmpty = false
        hasKey = true
    }

    /// The same for a key that comes from the user.
    package mutating func key(_ key: String) {
        startEntry()
        switch form {
        case .json:
            JSONText.appendASCII(key, to: &bytes)
            bytes.append(": " as StaticString)
        case .embedded:
            appendEmbedded(key)
            bytes.append(": " as StaticString)
        case .yaml: appendYAML(key: key)
        case .length: length.add(key: key.unicodeScalars.count)
        }
        hasKey = true
    }

    /// Before every value: in a list it is an entry of its own.
    mutating func startValue() {
        if hasKey {
            hasKey = false
        } else if container.kind == .list {
            startEntry()
            if form == .yaml {
                bytes.append(UInt8(ascii: "-"))
                place = .dash
            }
        }
    }

    private mutating func startEntry() {
        switch form {
        case .json, .embedded: startJSONEntry()
        case .yaml: startYAMLEntry()
        case .length: if container.kind == .list { length.addEntry() }
        }
        container.isEmpty = false
    }

    mutating func breakLine(_ indent: Int) {
        bytes.append(atMost: indent + 9) {
            $0.append(UInt8(ascii: "\n"))
            $0.append(spaces: indent)
        }
    }
}
