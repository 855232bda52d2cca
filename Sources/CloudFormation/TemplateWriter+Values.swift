package import DorcText
internal import DorcModel

/// Entries of a list, or values after a key.
extension TemplateWriter {
    package mutating func add(_ text: String) {
        startValue()
        switch form {
        case .json: JSONText.appendASCII(text, to: &bytes)
        case .yaml: appendYAML(text)
        case .embedded: appendEmbedded(text)
        case .length: length.add(text)
        }
    }

    package mutating func add(_ number: Int) {
        startValue()
        switch form {
        case .json, .embedded: bytes.append(number)
        case .yaml:
            startYAMLScalar()
            bytes.append(number)
        case .length: length.add(bare: "\(number)".utf8.count)
        }
    }

    package mutating func add(_ number: JSONNumber) { addBare(number.text) }

    package mutating func add(_ flag: Bool) {
        if form == .length {
            startValue()
            length.addWord()
        } else {
            addBare(flag ? "true" : "false")
        }
    }

    package mutating func addNull() {
        if form == .length {
            startValue()
            length.addWord()
        } else {
            addBare("null")
        }
    }

    package mutating func add(_ texts: [String]) {
        list {
            for text in texts { $0.add(text) }
        }
    }

    /// What every form writes as it is.
    private mutating func addBare(_ text: String) {
        startValue()
        switch form {
        case .json, .embedded: bytes.append(text)
        case .yaml:
            startYAMLScalar()
            bytes.append(text)
        case .length: length.add(bare: text.utf8.count)
        }
    }
}

/// Members. One whose value is nil is left out.
extension TemplateWriter {
    /// A plain word, like the key.
    package mutating func word(_ key: StaticString, _ value: StaticString) {
        self.key(key)
        hasKey = false
        switch form {
        case .json, .embedded:
            bytes.append(UInt8(ascii: "\""))
            bytes.append(value)
            bytes.append(UInt8(ascii: "\""))
        case .yaml:
            bytes.append(UInt8(ascii: " "))
            bytes.append(value)
        case .length: length.add(bare: value.utf8CodeUnitCount + 2)
        }
    }

    package subscript(_ key: StaticString) -> String? {
        @available(*, unavailable, message: "a writer only writes") get { nil }
        set {
            guard let newValue else { return }
            self.key(key)
            add(newValue)
        }
    }

    package subscript(_ key: StaticString) -> Int? {
        @available(*, unavailable, message: "a writer only writes") get { nil }
        set {
            guard let newValue else { return }
            self.key(key)
            add(newValue)
        }
    }

    package subscript(_ key: StaticString) -> Bool? {
        @available(*, unavailable, message: "a writer only writes") get { nil }
        set {
            guard let newValue else { return }
            self.key(key)
            add(newValue)
        }
    }

    package subscript(_ key: StaticString) -> JSONNumber? {
        @available(*, unavailable, message: "a writer only writes") get { nil }
        set {
            guard let newValue else { return }
            self.key(key)
            add(newValue)
        }
    }

    package subscript(_ key: StaticString) -> [String]? {
        @available(*, unavailable, message: "a writer only writes") get { nil }
        set {
            guard let newValue else { return }
            self.key(key)
            add(newValue)
        }
    }

    package subscript(_ key: StaticString) -> TemplateValue? {
        @available(*, unavailable, message: "a writer only writes") get { nil }
        set {
            guard let newValue else { return }
            self.key(key)
            add(newValue)
        }
    }
}

/// What is written several times in a template.
extension TemplateWriter {
    package struct Fragment {
        fileprivate let bytes: [UInt8]
        fileprivate let form: Form
        fileprivate let indent: Int
    }

    /// A member. The first time, `value` writes what it is and `fragment` remembers it; at the same depth, it is then only
    /// copied.
    package mutating func member(
        _ key: StaticString, again fragment: inout Fragment?, _ value: (inout TemplateWriter) -> Void
    ) {
        self.key(key)
        if let fragment, fragment.form == form, fragment.indent == container.indent {
            hasKey = false
            fragment.bytes.withUnsafeBufferPointer { bytes.append($0) }
        } else {
            let start = bytes.count
            value(&self)
            guard form != .length else { return }
            fragment = Fragment(bytes: bytes.suffix(from: start) { Array($0) }, form: form, indent: container.indent)
        }
    }
}
