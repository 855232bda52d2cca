/// A time in a template: which one, how far from it, and how it is written ("Templates reference" of Airflow 2).
struct JinjaTime: Equatable {
    /// The end of the data interval instead of its beginning.
    var isEnd = false
    /// In seconds.
    private var shift = 0
    private var form = Form.timestamp

    private enum Form: Equatable {
        case date, dateWithoutDashes, timestamp, timestampWithoutDashes, timestampWithoutDashesWithZone
        /// Parts of the text, from and how many, and what is between them.
        case pieces([Piece])
    }

    private enum Piece: Equatable {
        case part(Int, Int)
        case text(String)
    }

    /// - Parameter inner: what is between the braces.
    init?(_ inner: String, _ times: RunTimes) {
        let parts = inner.split(separator: "|", omittingEmptySubsequences: false).map(\.trimmed)
        guard let first = parts.first, parts.count <= 2 else { return nil }
        if let name = Self.names[first], parts.count == 1 {
            (shift, form) = name
            return
        }
        if parts.count == 1, let days = Self.days(first) {
            (shift, form) = (days * 86400, .date)
            return
        }
        var time = first
        if parts.count == 2 {
            guard let filter = Self.filters[parts[1]] else { return nil }
            form = filter
        } else if time.hasSuffix(".isoformat()") {
            time = String(time.dropLast(".isoformat()".count))
        } else if let start = time.firstRange(of: ".strftime("), time.hasSuffix(")") {
            guard let pieces = Self.pieces(String(time[start.upperBound...].dropLast())) else { return nil }
            form = .pieces(pieces)
            time = String(time[..<start.lowerBound])
        }
        if time.hasPrefix("dag_run.") { time = String(time.dropFirst("dag_run.".count)) }
        switch time {
        case "logical_date", "execution_date", "data_interval_start": break
        case "data_interval_end": isEnd = true
        case "prev_execution_date", "next_execution_date", "prev_ds", "next_ds", "prev_ds_nodash", "next_ds_nodash":
            // What is before and after is known of a regular schedule.
            guard case .regular(let seconds) = times.schedule, parts.count == 1 else { return nil }
            shift = time.hasPrefix("prev") ? -seconds : seconds
            if form == .timestamp, time.hasSuffix("_ds") { form = .date }
            if form == .timestamp, time.hasSuffix("_ds_nodash") { form = .dateWithoutDashes }
        default: return nil
        }
    }

    private static let names: [String: (Int, Form)] = [
        "ds": (0, .date), "ds_nodash": (0, .dateWithoutDashes), "ts": (0, .timestamp),
        "ts_nodash": (0, .timestampWithoutDashes), "ts_nodash_with_tz": (0, .timestampWithoutDashesWithZone),
        "yesterday_ds": (-86400, .date), "yesterday_ds_nodash": (-86400, .dateWithoutDashes),
        "tomorrow_ds": (86400, .date), "tomorrow_ds_nodash": (86400, .dateWithoutDashes),
    ]

    private static let filters: [String: Form] = [
        "ds": .date, "ds_nodash": .dateWithoutDashes, "ts": .timestamp, "ts_nodash": .timestampWithoutDashes,
        "ts_nodash_with_tz": .timestampWithoutDashesWithZone,
    ]

    /// `macros.ds_add(ds, -1)`
    private static func days(_ text: String) -> Int? {
        guard text.hasPrefix("macros.ds_add("), text.hasSuffix(")") else { return nil }
        let arguments = text.dropFirst("macros.ds_add(".count).dropLast().split(separator: ",").map(\.trimmed)
        guard arguments.count == 2, arguments[0] == "ds", let days = Int(arguments[1]), abs(days) <= 36_500 else {
            return nil
        }
        return days
    }

    /// A format of `strftime` in quotes, of numbers alone.
    private static func pieces(_ quoted: String) -> [Piece]? {
        guard let quote = quoted.first, quote == "'" || quote == "\"", quoted.count > 2, quoted.last == quote else {
            return nil
        }
        var pieces: [Piece] = []
        var text = ""
        var isDirective = false
        for character in quoted.dropFirst().dropLast() {
            if isDirective {
                guard let part = directives[character] else { return nil }
                if !text.isEmpty { pieces.append(.text(text)) }
                text = ""
                pieces.append(part)
                isDirective = false
            } else if character == "%" {
                isDirective = true
            } else if character.isASCII, character != quote, !"\\'\"{}$".contains(character) {
                text.append(character)
            } else {
                return nil
            }
        }
        if !text.isEmpty { pieces.append(.text(text)) }
        return isDirective || pieces.isEmpty ? nil : pieces
    }

    /// Of `2031-03-21T06:00:00`.
    private static let directives: [Character: Piece] = [
        "Y": .part(0, 4), "m": .part(5, 2), "d": .part(8, 2), "H": .part(11, 2), "M": .part(14, 2), "S": .part(17, 2),
    ]

    /// - Parameter time: an expression of ISO 8601.
    func expression(_ time: String) -> String {
        let moved =
            shift == 0
            ? time : "$fromMillis($toMillis(\(time)) \(shift < 0 ? "-" : "+") \(abs(shift)) * 1000)"
        func part(_ from: Int, _ count: Int) -> String { "$substring(\(moved), \(from), \(count))" }
        func bare(_ text: String) -> String { "$replace($replace(\(text), '-', ''), ':', '')" }
        return switch form {
        case .date: part(0, 10)
        case .dateWithoutDashes: "$replace(\(part(0, 10)), '-', '')"
        case .timestamp: "\(part(0, 19)) & '+00:00'"
        case .timestampWithoutDashes: bare(part(0, 19))
        case .timestampWithoutDashesWithZone: "\(bare(part(0, 19))) & '+0000'"
        case .pieces(let pieces):
            pieces.map { piece in
                switch piece {
                case .part(let from, let count): part(from, count)
                case .text(let text): "'\(text)'"
                }
            }.joined(separator: " & ")
        }
    }
}
