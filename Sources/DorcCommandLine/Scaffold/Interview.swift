/// Something that a new project, pipeline or function needs to know.
struct Question {
    /// As it is shown before the cursor.
    var label: String
    /// How it is given on the command line: `--region`, or `NAME`.
    var option: String
    /// Completes "must be ..."; shown after an answer that `accepts` refuses.
    var rule: String
    /// The answer where none is given. Nil makes the question one that has to be answered.
    var fallback: String?
    var accepts: (String) -> Bool

    init(
        _ label: String, option: String, rule: String, fallback: String? = nil, accepts: @escaping (String) -> Bool
    ) {
        (self.label, self.option, self.rule, self.fallback, self.accepts) = (label, option, rule, fallback, accepts)
    }

    init(_ label: String, option: String, rule: NameRule, fallback: String? = nil) {
        self.init(label, option: option, rule: rule.explanation, fallback: fallback) { answer in
            rule.accepts(answer) || (answer.isEmpty && fallback == "")
        }
    }
}

/// Collects the answers to questions: from the command line, else asked for at the terminal, else the fallback. What is
/// missing or wrong is kept until `finish`, so that the user hears of all of it at once.
struct Interview {
    private let terminal: Terminal
    private var isOver = false
    private var missing: [Question] = []
    private var wrong: [String] = []

    init(at terminal: Terminal = .standard) {
        self.terminal = terminal
    }

    /// The answer, which the question accepts; empty where there is none, in which case `finish` throws.
    mutating func answer(_ question: Question, given: String?) -> String {
        if let given {
            if question.accepts(given) { return given }
            wrong.append("\(question.option) must be \(question.rule): `\(given)` is not")
            return ""
        }
        // With something wrong already, no answer could help.
        guard terminal.isInteractive, !isOver, wrong.isEmpty else {
            if question.fallback == nil { missing.append(question) }
            return question.fallback ?? ""
        }
        return ask(question)
    }

    /// - Throws: `InterviewError` where an answer was wrong or missing.
    func finish() throws(InterviewError) {
        var reasons = wrong
        if !missing.isEmpty {
            let options = missing.map { "\($0.option) (\($0.rule))" }.joined(separator: "; ")
            reasons.append("missing: \(options)")
        }
        guard reasons.isEmpty else { throw InterviewError(reasons: reasons) }
    }

    private mutating func ask(_ question: Question) -> String {
        let suggestion = question.fallback.map { $0.isEmpty ? " (optional)" : " [\($0)]" } ?? ""
        while true {
            terminal.show("\(question.label)\(suggestion): ")
            guard let line = terminal.readLine() else {
                terminal.show("\n")
                isOver = true
                missing.append(question)
                return ""
            }
            let answer = trimmed(line)
            if answer.isEmpty, let fallback = question.fallback { return fallback }
            if question.accepts(answer) { return answer }
            terminal.show("Please give \(question.rule).\n")
        }
    }

    private func trimmed(_ line: String) -> String {
        var text = Substring(line)
        while text.first?.isWhitespace == true { text.removeFirst() }
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text)
    }
}

struct InterviewError: Error, Equatable, CustomStringConvertible {
    var reasons: [String]

    var description: String { reasons.joined(separator: "\n") }
}

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
            isInteractive: StandardStreams.isInputATerminal && StandardStreams.isATerminal(StandardStreams.error),
            readLine: { Swift.readLine() },
            show: Console().say)
    }
}
