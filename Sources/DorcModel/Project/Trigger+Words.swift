internal import DorcText
package import Schedules

extension Trigger {
    /// What starts the pipeline, in English: a clause without a full stop, such as "at 06:00 on Monday to Friday, Europe/London time".
    package var words: String {
        switch source {
        case .schedule(let schedule): schedule.words
        case .objectCreated(let bucket, let prefix, let suffix):
            "when an object is created in \(bucket.shown)" + Self.place(prefix, suffix)
        case .event(let pattern): "on an event" + Self.eventWords(pattern)
        case .afterAll(let join):
            "after \(Self.choice(join.pipelines.map(\.description), "and")) have \(join.kind.participle)"
                + (join.within.map { ", within \($0)" } ?? "")
        case .afterPipelines(let ids, let kind): "after \(Self.choice(ids.map(\.description))) \(kind.words)"
        }
    }

    private static func place(_ prefix: Text?, _ suffix: Text?) -> String {
        guard prefix != nil || suffix != nil else { return "" }
        return " as \(prefix?.shown ?? "")*\(suffix?.shown ?? "")"
    }

    /// As in " of my.app: Ready", from the two fields that nearly all patterns have.
    private static func eventWords(_ pattern: JSONValue<Text>) -> String {
        guard case .object(let fields) = pattern else { return "" }
        func values(_ name: String) -> [String] {
            guard case .list(let items)? = fields.first(where: { $0.name == name })?.value else { return [] }
            return items.compactMap { if case .text(let text) = $0 { text.shown } else { nil } }
        }
        let (sources, kinds) = (values("source"), values("detail-type"))
        return (sources.isEmpty ? "" : " of \(choice(sources))") + (kinds.isEmpty ? "" : ": \(choice(kinds))")
    }

    /// As in "a, b or c".
    private static func choice(_ items: [String], _ word: String = "or") -> String {
        guard let last = items.last, items.count > 1 else { return items.first ?? "" }
        return "\(items.dropLast().joined(separator: ", ")) \(word) \(last)"
    }
}

extension ScheduleTrigger {
    /// As in "at 06:00 on Monday to Friday, Europe/London time, from 1 January 2030 on".
    package var words: String {
        var parts = [expression.words]
        if expression.followsClock { parts.append(timezone.map { $0 == "UTC" ? "UTC" : "\($0) time" } ?? "UTC") }
        if let flexibleMinutes {
            parts.append("up to \(flexibleMinutes) \(flexibleMinutes == 1 ? "minute" : "minutes") later")
        }
        if let start { parts.append("from \(start.words) on") }
        if let end { parts.append("until \(end.words)") }
        return parts.joined(separator: ", ")
    }

    /// Its runs from a moment on; seconds since 1 January 1970, UTC.
    package func nextRuns(from now: Int, in zone: ZoneRules) -> NextRuns {
        NextRuns(of: expression, in: zone, from: now, start: start, end: end)
    }
}

extension CompletionKind {
    /// Of several runs, as in "have succeeded".
    fileprivate var participle: String {
        switch self {
        case .success: "succeeded"
        case .failure: "failed"
        case .any: "ended"
        }
    }

    /// Of one run, as in "curated/model succeeds".
    package var words: String {
        switch self {
        case .success: "succeeds"
        case .failure: "fails"
        case .any: "ends"
        }
    }
}

extension Interpolated<PseudoParameter> {
    /// For people: what only deployment knows is shown as its variable.
    package var shown: String {
        filled { hole in
            switch hole {
            case .accountID: "${account}"
            case .partition: "${partition}"
            case .region: "${region}"
            }
        }
    }
}
