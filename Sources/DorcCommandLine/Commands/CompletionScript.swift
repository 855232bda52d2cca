import ArgumentParser

/// The shells' completion scripts: ArgumentParser's, with what it does not know of commands without a name. After `out/` the options of
/// `synth` are offered, and folders beside the names of commands.
struct CompletionScript {
    static let option = "--generate-completion-script"

    /// Nil for any other command line, and for a shell without a script.
    init?(_ words: [String]) {
        guard words.first == Self.option, words.count <= 2 else { return nil }
        let shell = words.count == 2 ? CompletionShell(rawValue: words[1]) : CompletionShell.autodetected()
        guard let shell else { return nil }
        self.shell = shell
    }

    private let shell: CompletionShell

    var text: String {
        let script = DorcSynthCommand.completionScript(for: shell)
        // Fish 3 knows the place of the cursor in a word only on a terminal.
        let asked = script.replacing("(__dorc-synth_tokens -tC)", with: "(string length -- (commandline -ct))")
        return Self.changes(for: shell).reduce(asked) { text, change in
            guard let place = text.firstRange(of: change.text) else { return text }
            return text[..<place.lowerBound] + change.replacement + text[place.upperBound...]
        }
    }

    private typealias Change = (text: String, replacement: String)

    /// Each at the first place of its text, which is that of the whole program.
    private static func changes(for shell: CompletionShell) -> [Change] {
        switch shell {
        case .bash: bash
        case .zsh: zsh
        case .fish: fish
        default: []
        }
    }

    private static let bash: [Change] = [
        (
            """
                local -r subcommand="${unparsed_words[0]}"
                unset 'unparsed_words[0]'

            """,
            """
                local subcommand="${unparsed_words[0]}"
                # After a folder come the options of `synth`.
                if [[ "${#unparsed_words[@]}" -gt 1 && ( "${subcommand}" = */* || "${subcommand}" = out ) ]]; then
                    subcommand=synth
                else
                    unset 'unparsed_words[0]'
                fi

            """
        ),
        (
            """
                    # Offer subcommand completions

            """,
            """
                    # Offer folder and subcommand completions
                    __dorc-synth_add_completions -d -S /

            """
        ),
    ]

    private static let zsh: [Change] = [
        (
            """
                    _describe -V subcommand subcommands && ret=0

            """,
            """
                    _describe -V subcommand subcommands && ret=0
                    _files -/ && ret=0

            """
        ),
        (
            """
                    case "${words[1]}" in

            """,
            """
                    case "${words[1]}" in
                    */*|out)
                        # After a folder come the options of `synth`.
                        words=(synth "${words[@]}")
                        (( CURRENT++ ))
                        _dorc-synth_synth && ret=0
                        ;;

            """
        ),
    ]

    private static let fish: [Change] = [
        (
            """
                    __dorc-synth_parse_subcommand 0 'version' 'h/help'

            """,
            """
                    __dorc-synth_parse_subcommand 0 'version' 'h/help'
                    # After a folder come the options of `synth`.
                    if string match -qr '/|^out$' -- "$unparsed_tokens[1]"
                        set -p unparsed_tokens synth
                    end

            """
        ),
        (
            """
            complete -c 'dorc-synth' -f

            """,
            """
            complete -c 'dorc-synth' -f
            complete -c 'dorc-synth' -n '__dorc-synth_should_offer_completions_for_positional "dorc-synth" -eq 1' -fa '(__dorc-synth_complete_directories)'

            """
        ),
    ]
}
