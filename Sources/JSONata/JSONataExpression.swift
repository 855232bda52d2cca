/// An expression of JSONata 2 (docs.jsonata.org), parsed but not evaluated.
///
/// `JSONataLexer` makes tokens of the text, one at a time, since only the parser knows whether a `/` divides or begins a
/// regular expression. `JSONataParser` makes a tree of them by their binding powers. `findings(stateFields:variables:)` and
/// `kind` answer questions about the tree.
package struct JSONataExpression: Sendable {
    /// Without `{%` and `%}`.
    package let text: String
    package let root: JSONataNode

    package init(parsing text: String) throws(JSONataProblem) {
        var parser = try JSONataParser(JSONataLexer(text))
        root = try parser.wholeExpression()
        self.text = text
    }

    /// The text between two offsets, as it is written.
    func source(_ offset: Range<Int>) -> String {
        String(String.UnicodeScalarView(text.unicodeScalars.dropFirst(offset.lowerBound).prefix(offset.count)))
    }
}
