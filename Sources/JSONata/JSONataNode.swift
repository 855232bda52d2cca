/// A part of an expression.
package struct JSONataNode: Sendable, Equatable {
    package let kind: Kind
    /// 0-based offsets of Unicode scalars in the expression's text.
    package let offset: Range<Int>
    /// How many nodes stand above each other here: 1 without parts.
    let depth: Int

    init(_ kind: Kind, at offset: Range<Int>) {
        self.kind = kind
        self.offset = offset
        depth = 1 + (kind.parts.lazy.map(\.depth).max() ?? 0)
    }

    package indirect enum Kind: Sendable, Equatable {
        case string(String)
        case number(Double)
        case boolean(Bool)
        case null
        case regularExpression(String)
        /// A field of the context. Quoted ones stand between backticks.
        case name(String, isQuoted: Bool)
        /// Without its `$`: empty for `$`, the context, and `$` for `$$`, the root.
        case variable(String)
        /// `*`
        case wildcard
        /// `**`
        case descendants
        /// `%`
        case parent

        case array([JSONataNode])
        case object([JSONataPair])
        /// `(a; b)`, whose value is the last one's.
        case block([JSONataNode])

        /// `a.b`
        case path(JSONataNode, step: JSONataNode)
        /// `a[b]`, with a number an index
        case filter(JSONataNode, predicate: JSONataNode)
        /// `a[]`
        case keepArray(JSONataNode)
        /// `a^(b, >c)`
        case sort(JSONataNode, by: [JSONataNode])
        /// `a{b: c}`
        case group(JSONataNode, [JSONataPair])
        /// `a@$b`
        case focus(JSONataNode, JSONataVariable)
        /// `a#$b`
        case position(JSONataNode, JSONataVariable)

        case negation(JSONataNode)
        case operation(JSONataNode, JSONataOperator, at: Range<Int>, JSONataNode)
        case condition(JSONataNode, then: JSONataNode, else: JSONataNode?)
        /// `$a := b`
        case binding(JSONataVariable, JSONataNode)

        case call(JSONataNode, [JSONataNode])
        /// A call with `?` in the place of some arguments, for which there is nil.
        case partialCall(JSONataNode, [JSONataNode?])
        case lambda([JSONataVariable], signature: String?, body: JSONataNode)
        /// `|a|b, c|`
        case transform(JSONataNode, update: JSONataNode, delete: JSONataNode?)
    }
}

/// A key of an object and its value.
package struct JSONataPair: Sendable, Equatable {
    package let key: JSONataNode
    package let value: JSONataNode
}

/// A place that gives a variable its value.
package struct JSONataVariable: Sendable, Equatable {
    /// Without the `$`.
    package let name: String
    package let offset: Range<Int>
}
