internal import DorcText

/// What a state is for. dorc compiles one step to several states; a machine that the user wrote has states only, each of
/// which is taken for a step.
enum StateRole: Equatable {
    /// The state of a step, by the step's name: an error path has copies, as `quarantine (for extract)`.
    case step(String)
    /// The condition of a step.
    case condition(of: String)
    /// What a step gets instead of the output of the state before it.
    case event(of: String)
    /// Keeps the output of a step in a variable.
    case kept(String)
    /// Ends the run after the error path of a handler.
    case failure(of: String)
    /// The limit of active runs, which the condition states.
    case runLimit, runLimitCondition
    /// The defaults of the run's input.
    case parameters
    /// All steps before those of `finally`.
    case workflow
    /// Steps side by side, and states that only pass on.
    case group, passing

    init(_ name: String, _ state: Tree) {
        let type = state["Type"]?.text ?? ""
        let (base, role) = Self.parts(name)
        switch (type, role) {
        case ("Parallel", nil) where name.contains(", "): self = .group
        case ("Parallel", nil) where base == "steps" && Self.hasFinally(state): self = .workflow
        case ("Choice", "ended") where base == "finally": self = .passing
        case ("Fail", "error") where base == "finally": self = .passing
        case ("Succeed", "output") where base == "finally": self = .passing
        case ("Choice", "when") where base == Self.parametersName && state["Assign"]?["run_input"] != nil:
            self = .passing
        case ("Choice", "when"): self = .condition(of: Self.step(base))
        case ("Pass", "event"): self = .event(of: Self.step(base))
        case ("Pass", "kept") where base == Self.parametersName && state["Assign"]?["run_input"] != nil: self = .passing
        case ("Pass", "kept"): self = .kept(Self.step(base))
        case ("Pass", "outputs"), ("Pass", "items"), ("Succeed", "skipped"): self = .passing
        case ("Fail", "fail"): self = .failure(of: Self.step(base))
        case ("Pass", "skipped") where base == Self.limit: self = .passing
        case ("Choice", "reached") where base == Self.limit: self = .runLimitCondition
        case ("Pass", nil) where base == Self.limit && state["Assign"]?["turn"] != nil: self = .runLimit
        case ("Task", "count") where base == Self.limit: self = .runLimit
        case ("Wait", "wait") where base == Self.limit: self = .passing
        // As it was before there was `when_busy`.
        case ("Task", nil) where base == Self.limit && state["Assign"]?["runs_before_this_one"] != nil: self = .runLimit
        case ("Pass", nil) where base == Self.parametersName && Self.defaults(state) != nil: self = .parameters
        case ("Pass", nil) where Self.step(base) == "output" && Self.isOutputs(state["Output"]): self = .passing
        default: self = .step(Self.step(name))
        }
    }

    static let limit = "max_active_runs"
    static let parametersName = "parameters"

    /// Whether it is where a run waits for its turn.
    static func isTurn(_ name: String, _ state: Tree) -> Bool {
        state["Type"]?.text == "Wait" && parts(name).base == limit && parts(name).role == "wait"
    }

    /// The defaults of the run's input; nil for another state.
    static func defaults(_ state: Tree) -> String? {
        let (before, after) = ("{% $type($states.input) = 'object' ? $merge([", ", $states.input]) : $states.input %}")
        if state["Assign"]?["run_input"] != nil, let output = state["Output"], !output.members.isEmpty {
            return ParameterDefaults.words(output)
        }
        guard let text = state["Output"]?.text, text.hasPrefix(before), text.hasSuffix(after) else { return nil }
        return ParameterDefaults.words(String(text.dropFirst(before.count).dropLast(after.count)))
    }

    private static let roles = [
        "when", "event", "kept", "outputs", "items", "skipped", "fail", "reached", "item", "batch", "ended",
        "error", "output", "count", "wait",
    ]

    /// `publish` and `when` of `publish (when)`. A name that was taken has a digest after it: `publish (when), 0a1b2c3d`.
    private static func parts(_ name: String) -> (base: String, role: String?) {
        var whole = name
        if let comma = name.range(of: ", "), name[comma.upperBound...].utf8.count == 8,
            name[comma.upperBound...].allSatisfy(\.isHexDigit)
        {
            whole = String(name[..<comma.lowerBound])
        }
        guard whole.hasSuffix(")"), let open = whole.range(of: " (", backwards: true) else { return (whole, nil) }
        let role = String(whole[open.upperBound...].dropLast())
        return roles.contains(role) ? (String(whole[..<open.lowerBound]), role) : (whole, nil)
    }

    /// Whether a state inside a Map is the step's own.
    static func isItem(_ name: String) -> Bool { ["item", "batch", "items"].contains(parts(name).role) }

    static func step(_ name: String) -> String {
        guard name.hasSuffix(")"), let open = name.range(of: " (for ") else { return name }
        return String(name[..<open.lowerBound])
    }

    private static func hasFinally(_ state: Tree) -> Bool { state["Assign"]?["finally_event"] != nil }

    /// An object of nothing but steps' outputs, or one of them.
    private static func isOutputs(_ value: Tree?) -> Bool {
        guard let value else { return false }
        let values = value.members.isEmpty ? [value] : value.members.map(\.value)
        return values.allSatisfy { VariableUse($0) != nil }
    }
}

/// JSONata that is one variable and no more: `{% $extract_output %}`.
struct VariableUse {
    var name: String

    init?(_ value: Tree) {
        guard let text = value.text, text.hasPrefix("{% $"), text.hasSuffix(" %}") else { return nil }
        name = String(text.dropFirst("{% $".count).dropLast(" %}".count))
        guard name.contains("_output"), name.utf8.allSatisfy({ $0 == UInt8(ascii: "_") || Self.isWord($0) }) else {
            return nil
        }
    }

    private static func isWord(_ byte: UInt8) -> Bool {
        (0x61...0x7A).contains(byte | 0x20) && byte < 0x80 || (0x30...0x39).contains(byte)
    }
}

extension StringProtocol {
    /// The first place of a text, or the last one.
    func range(of text: String, backwards: Bool = false) -> Range<Index>? {
        let (length, count) = (text.utf8.count, utf8.count)
        guard length <= count else { return nil }
        var found: Range<Index>?
        var start = utf8.startIndex
        for _ in 0...(count - length) {
            if utf8[start...].starts(with: text.utf8) {
                found = start..<utf8.index(start, offsetBy: length)
                if !backwards { return found }
            }
            start = utf8.index(after: start)
        }
        return found
    }
}
