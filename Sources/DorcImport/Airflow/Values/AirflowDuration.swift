/// A length of time as Airflow's tools write it.
enum AirflowDuration {
    /// Seconds, of a number, `5 minutes`, `{seconds: 30}` or an object of `datetime.timedelta`; nil for anything else, and for less
    /// than nothing.
    static func seconds(_ value: WrittenValue) -> Int? {
        switch value.content {
        case .scalar(let text, _):
            if let number = value.number { return whole(number) }
            return seconds(text)
        case .list: return nil
        case .mapping(let entries):
            var parts = entries
            if let type = value["__type__"]?.text {
                guard type.hasSuffix("timedelta") else { return nil }
                parts.removeAll { $0.name == "__type__" }
            }
            // `{type: timedelta, value: {hours: 1}}`
            if let type = value["type"]?.text, type == "timedelta", let inner = value["value"] { return seconds(inner) }
            guard !parts.isEmpty else { return nil }
            var sum = 0.0
            for part in parts {
                guard let unit = units[part.name], let number = part.value.number else {
                    return nil
                }
                sum += number * unit
            }
            return whole(sum)
        }
    }

    /// `300`, `1.5`, `5 minutes`, `1 hour`, `2 days`.
    private static func seconds(_ text: String) -> Int? {
        if let number = Double(text) { return whole(number) }
        let words = text.split { $0 == " " || $0 == "," }
        guard !words.isEmpty, words.count.isMultiple(of: 2) else { return nil }
        var sum = 0.0
        for index in stride(from: 0, to: words.count, by: 2) {
            let name = words[index + 1].lowercased()
            guard let number = Double(words[index]), let unit = units[name.hasSuffix("s") ? name : name + "s"] else {
                return nil
            }
            sum += number * unit
        }
        return whole(sum)
    }

    private static let units = [
        "seconds": 1.0, "minutes": 60, "hours": 3600, "days": 86400, "weeks": 604_800, "milliseconds": 0.001,
        "microseconds": 0.000001,
    ]

    /// Rounded up: a hundred years are enough for everybody.
    private static func whole(_ seconds: Double) -> Int? {
        guard seconds >= 0, seconds <= 3_153_600_000 else { return nil }
        return Int(seconds.rounded(.up))
    }

    /// As dorc writes it: `90s`, `15m`, `2h`, `7d`.
    static func text(_ seconds: Int) -> String {
        for (unit, length) in [("d", 86400), ("h", 3600), ("m", 60)] where seconds > 0 && seconds.isMultiple(of: length)
        {
            return "\(seconds / length)\(unit)"
        }
        return "\(seconds)s"
    }
}
