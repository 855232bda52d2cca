import Glibc

/// Where questions are asked: the user's terminal, or in tests a list of answers.
struct Terminal {
    var isInteractive: Bool
    /// The next line without its line break; nil at the end of input.
    var readLine: () -> String?
    /// Shows text where it does not mix with results.
    var show: (String) -> Void

    /// Standard input and standard error; interactive only where both are a terminal.
    static var standard: Terminal {
        Terminal(
            isInteractive: isatty(STDIN_FILENO) == 1 && isatty(STDERR_FILENO) == 1,
            readLine: { Swift.readLine() },
            show: showOnStandardError)
    }

    /// For hints beside the results. Not buffered.
    static func showOnStandardError(_ text: String) {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { write(STDERR_FILENO, $0.baseAddress, $0.count) }
            if count < 0 && errno != EINTR { return }
            rest = rest.dropFirst(max(0, count))
        }
    }
}
