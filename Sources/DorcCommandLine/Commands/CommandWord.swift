import DorcText

/// The first word of a command line that is not one of the program's commands.
///
/// It may name an output folder that exists. A new one is written with a slash (`build/`, `./x`), so that neither a mistyped
/// command nor one of another tool makes a folder; `out` alone needs none.
enum CommandWord {
    /// What the words of other tools are here, by the word.
    private static let others: [String: Other] = [
        "add": .new, "create": .new, "generate": .new, "init": .new, "scaffold": .new, "start": .new,
        "lint": .check, "validate": .check, "verify": .check,
        "build": .synth, "compile": .synth, "package": .synth, "render": .synth, "synthesise": .synth,
        "synthesize": .synth, "template": .synth, "write": .synth,
        "changes": .difference, "plan": .difference, "preview": .difference, "status": .difference,
        "apply": .deploy, "deploy": .deploy, "destroy": .deploy, "publish": .deploy, "push": .deploy,
        "release": .deploy,
        "up": .deploy, "update": .deploy,
        "version": .version,
        "describe": .list, "ls": .list, "pipelines": .list,
        "cron": .schedule, "crontab": .schedule, "next": .schedule, "schedules": .schedule, "upcoming": .schedule,
        "config": .none, "export": .none,
        "info": .none, "logs": .none, "remove": .none, "show": .none, "watch": .none,
        "debug": .run, "exec": .run, "execute": .run, "invoke": .run, "local": .run, "simulate": .run,
    ]

    private enum Other {
        case new, check, synth, difference, deploy, version, list, schedule, run, none

        var advice: String? {
            switch self {
            case .new: "use `dorc-synth new project NAME` for a new config repository"
            case .check: "use `dorc-synth check` to find mistakes"
            case .synth: "use `dorc-synth out/` to write the templates"
            case .difference: "use `dorc-synth diff` to see what would change"
            case .deploy: "the templates are deployed by the script next to them, as in `out/deploy.sh dev`"
            case .version: "use `dorc-synth --version`"
            case .list: "use `dorc-synth list` for the pipelines"
            case .schedule: "use `dorc-synth schedule` to see when pipelines start"
            case .run: "use `dorc-synth run LAYER/NAME` to run a pipeline on this computer"
            case .none: nil
            }
        }
    }

    /// Why a word cannot be the output folder; nil where it can.
    static func mistake(_ word: String) -> String? {
        guard !word.isEmpty, !word.hasPrefix("-"), !word.utf8.contains(UInt8(ascii: "/")),
            ![".", "..", "out", "help"].contains(word)
        else { return nil }
        let commands = DorcSynthCommand.names
        guard !commands.contains(word), !FileSystem.isFolder(word) else { return nil }
        let lower = word.lowercased()
        let known = others.keys.sorted()
        let advice: String?
        if let other = others[lower] {
            advice = other.advice
        } else if let command = Suggestion.closest(to: lower, among: commands + ["help"]) {
            advice = "did you mean `\(command)`?"
        } else {
            advice = Suggestion.closest(to: lower, among: known).flatMap { others[$0]?.advice }
        }
        let names = commands.map { "`\($0)`" }
        let list = names.dropLast().joined(separator: ", ") + names.suffix(1).map { " and \($0)" }.joined()
        return "there is no command `\(word)`" + (advice.map { "; \($0)" } ?? "")
            + "\nThe commands are \(list) (see `dorc-synth --help`); a new output folder of that name is written `\(word)/`"
    }
}
