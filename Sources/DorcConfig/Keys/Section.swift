package import DorcText

/// A mapping of dorc.yaml or pipeline.yaml as written. Its file has its properties and, for each, a `Key`.
///
/// Two sections with the same values are equal, wherever they are written.
package protocol Section: Equatable, Sendable {
    static var type: ObjectType<Self> { get }
    var origin: Origin { get set }
    /// Without a single key.
    init()
}

extension Section {
    package var range: SourceRange { origin.range }
    /// All that are written, with those that are unknown or could not be read.
    package var writtenKeys: WrittenKeys { origin.keys }
}

/// Where a section was written. It is no part of what the section says: all are equal.
package struct Origin: Sendable, Equatable {
    package var range: SourceRange
    package var keys: WrittenKeys
    /// Whether any of them is not a key of the section.
    package var hasUnknownKeys: Bool

    package init(range: SourceRange, keys: WrittenKeys, hasUnknownKeys: Bool = false) {
        self.range = range
        self.keys = keys
        self.hasUnknownKeys = hasUnknownKeys
    }

    /// Of a section that is made, not read.
    package init() { self = Self.none }

    private static let none = Origin(range: .whole(""), keys: [])

    package static func == (left: Origin, right: Origin) -> Bool { true }
}

/// The keys of a mapping. They are few: to look at each is faster than to hash.
package struct WrittenKeys: Sendable, ExpressibleByArrayLiteral {
    private var names: [String]

    init(_ names: [String]) { self.names = names }
    package init(arrayLiteral names: String...) { self.names = names }

    package func contains(_ name: String) -> Bool { names.contains(name) }
    package func isDisjoint(with others: some Sequence<String>) -> Bool { !others.contains(where: names.contains) }
    package func isSubset(of others: Set<String>) -> Bool { names.allSatisfy(others.contains) }

    mutating func insert(_ name: String) {
        if !names.contains(name) { names.append(name) }
    }
}
