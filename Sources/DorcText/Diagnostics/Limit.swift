/// A limit of AWS's: what is above it is refused; what comes near is worth a warning, while there is time to do something.
package struct Limit: Sendable {
    package let most: Int

    package init(_ most: Int) {
        self.most = most
    }

    /// Reports a count of more than nine tenths of the limit as a warning, and one above it as an error.
    package func check(
        _ count: Int, _ diagnostics: inout Diagnostics, finding: (Diagnostic.Severity) -> Diagnostic
    ) {
        if count > most {
            diagnostics.report(finding(.error))
        } else if count > most - most / 10 {
            diagnostics.report(finding(.warning))
        }
    }
}
