import DorcModel

/// The first word of a command line that is not one of the program's commands.
///
/// It names the output folder, as in `dorc-synth out`, unless it looks like a command: one that is mistyped, or one that
/// other tools have. A word with a slash (`out/`, `./deploy`) and a folder that exists are never taken for a command.
enum CommandWord {
    /// What the words of other tools are here, by the word.
    private static let others: [String: Other] = [
        "add": .new, "create": .new, "generate": .new, "init": .new, "scaffold": .new, "start": .new,
        "lint": .check, "test": .check, "validate": .check, "verify": .check,
        "build": .synth, "compile": .synth, "package": .synth, "render": .synth, "synthesise": .synth,
        "synthesize": .synth, "template": .synth, "write": .synth,
        "changes": .difference, "diff": .difference, "plan": .difference, "preview": .difference, "status": .difference,
        "apply": .deploy, "deploy": .deploy, "destroy": .deploy, "publish": .deploy, "push": .deploy,
        "release": .deploy,
        "up": .deploy, "update": .deploy,
        "version": .version,
        "config": .none, "describe": .none, "explain": .none, "export": .none, "graph": .none, "import": .none,
        "info": .none, "invoke": .none, "list": .none, "local": .none, "logs": .none, "ls": .none, "remove": .none,
        "run": .none, "schedule": .none, "schema": .none, "show": .none, "watch": .none,
    ]

    private enum Other {
        case new, check, synth, difference, deploy, version, none

        var advice: String? {
            switch self {
            case .new: "use `dorc-synth new project NAME` for a new config repository"
            case .check: "use `dorc-synth check` to find mistakes"
            case .synth: "use `dorc-synth out/` to write the templates"
            case .difference: "use `dorc-synth out/ --check` to see what would change"
            case .deploy: "the templates are deployed by the script beside them, as in `out/deploy.sh dev`"
            case .version: "use `dorc-synth --version`"
            case .none: nil
            }
        }
    }

    /// Why a word cannot be the output folder; nil where it can.
    ///
    /// - Parameter commands: the names of the program's commands.
    static func mistake(_ word: String, commands: [String]) -> String? {
        guard !word.isEmpty, !word.hasPrefix("-"), !word.contains("/"), word != ".", word != "..",
            !commands.contains(word), word != "help"
        else { return nil }
        let advice: String?
        if let other = others[word.lowercased()] {
            advice = other.advice
        } else if word != "out", let command = Suggestion.closest(to: word, among: commands + ["help"]) {
            advice = "did you mean `\(command)`?"
        } else {
            return nil
        }
        guard !Folders.exists(word) else { return nil }
        let names = commands.map { "`\($0)`" }
        let list = (names.dropLast().joined(separator: ", ") + " and \(names.last ?? "")")
        return "there is no command `\(word)`" + (advice.map { "; \($0)" } ?? "")
            + "\nThe commands are \(list) (see `dorc-synth --help`); an output folder of that name is written `\(word)/`."
    }
}
