internal import DorcModel

/// A callback: a notice of a provider's, or a function in Python.
enum CallbackReader {
    static func take<State: SettingsState>(_ value: WrittenValue, event: String, _ state: inout State) -> Verdict? {
        if let items = value.items, !items.allSatisfy(\.isScalar) {
            for item in items { if let verdict = take(item, event: event, &state) { state.settle(item, verdict) } }
            return nil
        }
        let name = value["callback"]?.text ?? value.text ?? value.texts?.joined(separator: ", ") ?? ""
        if event == "failure" || event == "success" {
            if name.contains("slack") {
                let channel = value["channel"]?.text ?? "?"
                return .decide(
                    nil,
                    "a notice of the run's \(event), with dorc's own text: write `notifications.slack`, by the channel's ids",
                    Todo(
                        "notifications.slack", value,
                        "\(channel): write {workspace: T..., channel: C...}, the ids in the channel's link, and `on: \(event)`",
                        at: "notifications.slack"))
            }
            if name.contains("smtp") || name.contains("Smtp"), let to = value["to"]?.texts {
                let sound = to.filter(Identifiers.isEmailAddress)
                if event == "failure", !sound.isEmpty {
                    state.settings.emails += sound.filter { !state.settings.emails.contains($0) }
                    return .differs("notifications.email", "a notice of the failed run, with dorc's own text")
                }
            }
            return .none(
                "a function that is called on \(event): write a step in `finally`, with `when` on `$states.input.status`"
            )
        }
        return .none("dorc calls nothing on \(event)")
    }
}
