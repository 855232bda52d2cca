package import DorcConfig
package import DorcText

/// What dorc would say of values before they are written: the keys' own decoding says it.
package enum AcceptedValue {
    /// What only the keys around it could tell.
    private static let ofNeighbours: Set<DiagnosticID> = [.missingKey, .halfNetwork, .noSource, .misplacedKey]

    /// The first mistake in a section, as read again after it is written; nil where there is none.
    package static func problem<Object: Section>(in section: Object) -> String? {
        var diagnostics = Diagnostics()
        let decoded = Object.type.decode(Object.type.encode(section), &diagnostics)
        let errors = diagnostics.items.filter { $0.severity == .error && !ofNeighbours.contains($0.id) }
        return errors.first?.summary ?? (decoded == nil ? "it cannot be read again" : nil)
    }

    /// The same of one value under one key.
    package static func problem<Object: Section, Value: Sendable>(
        with value: Value, at path: WritableKeyPath<Object, Located<Value>?>
    ) -> String? {
        var section = Object()
        section[keyPath: path] = Located(made: value)
        return problem(in: section)
    }
}
