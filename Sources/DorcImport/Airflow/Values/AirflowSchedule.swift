internal import Schedules

/// When a DAG starts, as Airflow's tools write it -> as dorc's triggers say it.
struct AirflowSchedule: Equatable {
    /// Each a trigger: what dorc's `schedule` takes, with its time zone.
    var times: [Time] = []
    /// The datasets that are waited for: any of these lists, all of each.
    var datasets: [[String]] = []
    /// A timetable whose runs are for no interval: their logical date is the time that they are due.
    var hasNoInterval = false
    /// What is lost or changed.
    var differences: [String] = []
    /// Why nothing of it, or not all, can be said in dorc.
    var problems: [String] = []

    struct Time: Equatable {
        var schedule: String
        var timezone: String?
        /// Cron without a zone of its own: it is in the DAG's.
        var isOfDAG = false
    }

    /// A DAG's zone is that of its start date, and what cron says is in it (`DAG.timezone`, `DAG._create_timetable` of Airflow 2).
    /// Whether a time of it is.
    mutating func setZone(_ timezone: String) -> Bool {
        guard times.contains(where: \.isOfDAG) else { return false }
        for index in times.indices where times[index].isOfDAG { times[index].timezone = timezone }
        return true
    }

    /// A schedule that is left out starts nothing by itself.
    var isEmpty: Bool { times.isEmpty && datasets.isEmpty && problems.isEmpty }

    init(_ value: WrittenValue) { read(value) }

    private mutating func read(_ value: WrittenValue) {
        if value.isNull { return }
        if let tag = value.tag, ["!and", "!or"].contains(tag), let items = value.items {
            datasets = Self.condition(items, isAll: tag == "!and", into: &problems)
            return
        }
        switch value.content {
        case .scalar(let text, _): read(text: text)
        case .list(let items): datasets = Self.condition(items, isAll: true, into: &problems)
        case .mapping: read(mapping: value)
        }
    }

    private mutating func read(text: String) {
        let text = text.trimmed
        if text.contains("://") {
            datasets = [[text]]
            return
        }
        switch text {
        case "@once": problems.append("dorc has no `@once`: start it by hand, or write `at(...)` with the time")
        case "@continuous": problems.append("dorc starts no run because the one before has ended")
        case "@quarterly": add("0 0 1 1,4,7,10 *", nil)
        default: add(text, nil)
        }
        for index in times.indices {
            times[index].isOfDAG =
                times[index].schedule.hasPrefix("@") || times[index].schedule.split(separator: " ").count == 5
        }
    }

    private mutating func add(_ schedule: String, _ timezone: String?) {
        do throws(ScheduleProblem) {
            _ = try ScheduleExpression.parse(schedule)
        } catch {
            problems.append(error.summary)
            return
        }
        guard let timezone, timezone.lowercased() != "utc" else {
            times.append(Time(schedule: schedule))
            return
        }
        if TimeZones.isKnown(timezone) {
            times.append(Time(schedule: schedule, timezone: timezone))
        } else {
            problems.append("`\(timezone)` is not a time zone of IANA's")
        }
    }

    private mutating func read(mapping: WrittenValue) {
        if let type = mapping["type"]?.text, let value = mapping["value"] {
            return read(type, value)
        }
        for (name, isAll) in [("__and__", true), ("and", true), ("__or__", false), ("or", false)] {
            guard let items = mapping[name]?.items else { continue }
            datasets = Self.condition(items, isAll: isAll, into: &problems)
            return
        }
        if mapping["datasets"] != nil || mapping["assets"] != nil {
            if let value = mapping["datasets"] ?? mapping["assets"] {
                datasets = Self.condition([value], isAll: true, into: &problems)
            }
            if let file = mapping["file"] { problems.append("the datasets are in the file `\(file.source)`") }
            if let timetable = mapping["timetable"] { read(timetable: timetable) }
            return
        }
        if mapping["uri"] != nil
            || mapping["__type__"]?.text.map({ $0.hasSuffix("Asset") || $0.hasSuffix("Dataset") }) == true
        {
            datasets = Self.condition([mapping], isAll: true, into: &problems)
            return
        }
        if let seconds = AirflowDuration.seconds(mapping) { return add(everySeconds: seconds) }
        read(timetable: mapping)
    }

    private mutating func read(_ type: String, _ value: WrittenValue) {
        switch type {
        case "cron": value.text.map { read(text: $0) } ?? problems.append("the cron expression is not a string")
        case "timedelta":
            if let seconds = AirflowDuration.seconds(value) {
                add(everySeconds: seconds)
            } else {
                problems.append("`\(value.source.shortened(to: 60))` is not a length of time")
            }
        case "timetable": read(timetable: value)
        case "asset", "assets", "dataset", "datasets": read(value)
        default: problems.append("dorc has no schedule like `\(type)`: write cron")
        }
    }

    /// A class of Airflow's that knows a cron expression, as an object (`__type__`) or a call (`callable` with `params`).
    private mutating func read(timetable value: WrittenValue) {
        let type = (value["__type__"] ?? value["callable"])?.text ?? ""
        let parameters = value["params"] ?? value
        guard type.hasSuffix("CronTriggerTimetable") || type.hasSuffix("CronDataIntervalTimetable"),
            let cron = (parameters["cron"] ?? parameters["__args__"]?.items?.first)?.text
        else {
            problems.append(
                type.isEmpty ? "not a schedule that dorc has" : "dorc has no timetable `\(type)`: write cron")
            return
        }
        hasNoInterval = type.hasSuffix("CronTriggerTimetable")
        add(cron.trimmed, parameters["timezone"]?.text)
    }

    private mutating func add(everySeconds seconds: Int) {
        guard seconds > 0 else {
            problems.append("every 0 seconds is no schedule")
            return
        }
        let minutes = (seconds + 59) / 60
        if minutes * 60 != seconds {
            differences.append("EventBridge counts whole minutes: \(seconds) s became \(minutes) min")
        }
        differences.append("counted from the deployment, not from the start date")
        add("every \(AirflowDuration.text(minutes * 60))", nil)
    }
}

/// Conditions on datasets, as lists of which any has to be complete.
extension AirflowSchedule {
    /// More than that nobody means.
    private static let most = 20

    static func condition(_ items: [WrittenValue], isAll: Bool, into problems: inout [String]) -> [[String]] {
        var result: [[String]] = isAll ? [[]] : []
        for item in items {
            let inner = condition(item, into: &problems)
            guard !inner.isEmpty else { continue }
            result = isAll ? result.flatMap { left in inner.map { left + $0 } } : result + inner
            if result.count > most {
                problems.append("the condition has more than \(most) alternatives")
                return []
            }
        }
        return result.filter { !$0.isEmpty }.map { names in
            names.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
        }
    }

    private static func condition(_ item: WrittenValue, into problems: inout [String]) -> [[String]] {
        switch item.content {
        case .scalar(let text, _):
            if text.contains("&") && !text.contains("://") || text.contains("|") || text.contains(" & ")
                || text.hasPrefix("(")
            {
                guard let parsed = DatasetCondition.parse(text) else {
                    problems.append("`\(text.shortened(to: 60))` is not a condition on datasets")
                    return []
                }
                return parsed.count > most ? [] : parsed
            }
            return item.isNull ? [] : [[text.trimmed]]
        case .list(let items):
            return condition(items, isAll: item.tag != "!or", into: &problems)
        case .mapping:
            for (name, isAll) in [("__and__", true), ("and", true), ("__or__", false), ("or", false)] {
                if let items = item[name]?.items { return condition(items, isAll: isAll, into: &problems) }
            }
            if let name = (item["uri"] ?? item["name"] ?? item["__args__"]?.items?.first)?.text { return [[name]] }
            problems.append("`\(item.source.shortened(to: 60))` is not a dataset")
            return []
        }
    }
}

/// `((a & b) | c)`.
struct DatasetCondition {
    private var tokens: [String]
    private var index = 0
    private var depth = 0

    static func parse(_ text: String) -> [[String]]? {
        var tokens: [String] = []
        var word = ""
        for character in text {
            if "()&|".contains(character) || character == " " {
                if !word.isEmpty { tokens.append(word) }
                word = ""
                if character != " " { tokens.append(String(character)) }
            } else {
                word.append(character)
            }
        }
        if !word.isEmpty { tokens.append(word) }
        guard tokens.count <= 200 else { return nil }
        var parser = DatasetCondition(tokens: tokens)
        guard let result = parser.alternatives(), parser.index == tokens.count else { return nil }
        return result
    }

    private init(tokens: [String]) { self.tokens = tokens }

    private var next: String? { tokens.indices.contains(index) ? tokens[index] : nil }

    private mutating func alternatives() -> [[String]]? {
        guard var result = together() else { return nil }
        while next == "|" {
            index += 1
            guard let more = together() else { return nil }
            result += more
        }
        return result.count <= 100 ? result : nil
    }

    private mutating func together() -> [[String]]? {
        guard var result = single() else { return nil }
        while next == "&" {
            index += 1
            guard let more = single() else { return nil }
            result = result.flatMap { left in more.map { left + $0 } }
            guard result.count <= 100 else { return nil }
        }
        return result
    }

    private mutating func single() -> [[String]]? {
        guard let token = next else { return nil }
        index += 1
        if token == "(" {
            depth += 1
            guard depth < 50, let inner = alternatives(), next == ")" else { return nil }
            depth -= 1
            index += 1
            return inner
        }
        return ["(", ")", "&", "|"].contains(token) ? nil : [[token]]
    }
}
