import DorcTestSupport
import Schedules
import Testing
@testable import DorcSynth

@Suite struct EventBridgeScheduleTests {
    @Test(arguments: [
        ("30 6 * * 1-5", ["cron(30 6 ? * MON-FRI *)"]), ("*/15 * * * *", ["cron(0/15 * * * ? *)"]),
        ("0 20 * * 7", ["cron(0 20 ? * SUN *)"]), ("@daily", ["cron(0 0 * * ? *)"]),
        ("@hourly", ["cron(0 * * * ? *)"]),
        ("@weekly", ["cron(0 0 ? * SUN *)"]), ("@monthly", ["cron(0 0 1 * ? *)"]),
        ("@yearly", ["cron(0 0 1 JAN ? *)"]),
        ("* * * * *", ["cron(* * * * ? *)"]), ("0 9-17/2 * * *", ["cron(0 9-17/2 * * ? *)"]),
        ("0 22-2 * * *", ["cron(0 0-2,22,23 * * ? *)"]), ("0 0 * * FRI-MON", ["cron(0 0 ? * SUN,MON,FRI,SAT *)"]),
        ("0 0 * * 6,0", ["cron(0 0 ? * SUN,SAT *)"]), ("0 0 * * */2", ["cron(0 0 ? * SUN,TUE,THU,SAT *)"]),
        ("0 0 1,15,29 * *", ["cron(0 0 1,15,29 * ? *)"]), ("*/30 0 * * *", ["cron(0,30 0 * * ? *)"]),
        ("0 0 1 */3 *", ["cron(0 0 1 1/3 ? *)"]), ("0 0 1 NOV-FEB *", ["cron(0 0 1 JAN,FEB,NOV,DEC ? *)"]),
        ("0 0 1 6-8 *", ["cron(0 0 1 JUN-AUG ? *)"]), ("0 0 */2 * *", ["cron(0 0 1/2 * ? *)"]),
        ("0 6 1 * 1", ["cron(0 6 1 * ? *)", "cron(0 6 ? * MON *)"]),
        ("0 6 1-31 * 1", ["cron(0 6 * * ? *)"]),
        ("every 15m", ["rate(15 minutes)"]), ("every 1h", ["rate(1 hour)"]), ("every 24h", ["rate(24 hours)"]),
        ("every 1d", ["rate(1 day)"]), ("rate( 5   minutes )", ["rate(5 minutes)"]),
        ("cron( 0  6 ? *\tmon-fri * )", ["cron(0 6 ? * MON-FRI *)"]),
        ("cron(0 6 LW * ? 2026/2)", ["cron(0 6 LW * ? 2026/2)"]),
        ("at(2028-02-29T06:05:00)", ["at(2028-02-29T06:05:00)"]),
    ])
    func `a schedule becomes EventBridge's own form`(text: String, expected: [String]) throws {
        #expect(try ScheduleExpression.parse(text).eventBridgeExpressions() == expected)
    }

    @Test func `only two restricted day fields may start a run twice`() throws {
        #expect(try ScheduleExpression.parse("0 6 1 * 1").mayStartTwice)
        for text in ["0 6 1 * *", "0 6 * * 1", "0 6 */1 * 1", "0 6 1 * 0-6", "every 1d", "cron(0 6 1 * ? *)"] {
            #expect(try !ScheduleExpression.parse(text).mayStartTwice)
        }
    }

    @Test func `the longest fields stay within AWS's 256 characters`() throws {
        func pairs(from lowest: Int, through highest: Int) -> [Int] {
            (lowest...highest).filter { ($0 - lowest) % 3 < 2 }
        }
        let cron = UnixCron(
            minutes: pairs(from: 0, through: 59), hours: pairs(from: 0, through: 23),
            days: .either(
                ofMonth: pairs(from: 1, through: 31), ofWeek: [.sunday, .monday, .wednesday, .thursday, .saturday]),
            months: pairs(from: 1, through: 12))
        for expression in ScheduleExpression.unixCron(cron).eventBridgeExpressions() {
            #expect(expression.count <= 256)
        }
    }

    @Test func `generated expressions fire at the times of the Unix expression they come from`() throws {
        var generator = UnixCronGenerator(seed: 20_261_123)
        let days = CalendarDay.twoYears
        var compared = 0
        for _ in 0..<600 {
            let text = generator.expression()
            let oracle = UnixOracle(text)
            let schedule: ScheduleExpression
            do throws(ScheduleProblem) {
                schedule = try ScheduleExpression.parse(text)
            } catch {
                let isExpected = oracle.requiresBothDayFields || !days.contains { oracle.dayOfMonthMatches($0) }
                #expect(isExpected, "\(text): \(error.summary)")
                continue
            }
            let expressions = schedule.eventBridgeExpressions()
            let targets = expressions.map(EventBridgeOracle.init)
            for expression in expressions {
                #expect(throws: Never.self) { try ScheduleExpression.parse(expression) }
                #expect(expression.count <= 256)
            }
            let wanted = days.filter(oracle.matches)
            let found = days.filter { day in targets.contains { $0.matches(day) } }
            #expect(wanted == found, "\(text) -> \(expressions)")
            for target in targets {
                #expect(target.minutes == oracle.minutes && target.hours == oracle.hours, "\(text) -> \(expressions)")
            }
            compared += 1
        }
        #expect(compared > 350)
    }
}

private struct CalendarDay: Equatable {
    var year: Int
    var month: Int
    var day: Int
    /// 0 is Sunday.
    var weekday: Int

    /// 2027 and 2028, a leap year. 1 January 2027 is a Friday.
    static let twoYears: [CalendarDay] = {
        var weekday = 5
        var days: [CalendarDay] = []
        for (year, february) in [(2027, 28), (2028, 29)] {
            for (index, length) in [31, february, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31].enumerated() {
                for day in 1...length {
                    days.append(CalendarDay(year: year, month: index + 1, day: day, weekday: weekday))
                    weekday = (weekday + 1) % 7
                }
            }
        }
        return days
    }()
}

private let monthNames = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"]
private let weekdayNames = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"]

/// Asks of each value whether a field of crontab(5) has it, instead of listing the field's values.
private struct UnixOracle {
    var minutes: [Int]
    var hours: [Int]
    var daysOfMonth: [Int]
    var months: [Int]
    var daysOfWeek: [Int]
    var hasStarDay: Bool

    init(_ text: String) {
        let fields = text.split(separator: " ")
        minutes = (0...59).filter { Self.has($0, in: fields[0], from: 0, cycle: 60) }
        hours = (0...23).filter { Self.has($0, in: fields[1], from: 0, cycle: 24) }
        daysOfMonth = (1...31).filter { Self.has($0, in: fields[2], from: 1, cycle: 31) }
        months = (1...12).filter { Self.has($0, in: fields[3], from: 1, cycle: 12) }
        daysOfWeek = (0...6).filter { Self.has($0, in: fields[4], from: 0, cycle: 7) }
        hasStarDay = fields[2].hasPrefix("*") || fields[4].hasPrefix("*")
    }

    var requiresBothDayFields: Bool { hasStarDay && daysOfMonth.count < 31 && daysOfWeek.count < 7 }

    func dayOfMonthMatches(_ day: CalendarDay) -> Bool { months.contains(day.month) && daysOfMonth.contains(day.day) }

    func matches(_ day: CalendarDay) -> Bool {
        let byMonth = daysOfMonth.contains(day.day)
        let byWeek = daysOfWeek.contains(day.weekday)
        return months.contains(day.month) && (hasStarDay ? byMonth && byWeek : byMonth || byWeek)
    }

    private static func has(_ value: Int, in field: Substring, from lowest: Int, cycle: Int) -> Bool {
        field.split(separator: ",").contains { item in
            let parts = item.split(separator: "/")
            let step = parts.count == 2 ? Int(parts[1])! : 1
            let ends = parts[0] == "*" ? [lowest, lowest + cycle - 1] : parts[0].split(separator: "-").map(number)
            func apart(_ a: Int, _ b: Int) -> Int { ((b - a) % cycle + cycle) % cycle }
            let distance: Int
            if ends.count == 1 {
                distance = parts.count == 2 ? lowest + cycle - 1 - (ends[0] == 7 && cycle == 7 ? 0 : ends[0]) : 0
            } else {
                distance = ends == [0, 7] && cycle == 7 ? 6 : apart(ends[0], ends[1])
            }
            let position = apart(ends[0], value)
            return position <= distance && position % step == 0
        }
    }

    private static func number(_ text: Substring) -> Int {
        if let month = monthNames.firstIndex(of: text.uppercased()) { return month + 1 }
        return weekdayNames.firstIndex(of: text.uppercased()) ?? Int(text)!
    }
}

/// Reads a `cron(...)` by AWS's documentation: Sunday is 1, one day field is `?`, no range wraps around.
private struct EventBridgeOracle {
    var minutes: [Int]
    var hours: [Int]
    var daysOfMonth: [Int]
    var months: [Int]
    var daysOfWeek: [Int]

    init(_ text: String) {
        let fields = text.dropFirst("cron(".count).dropLast().split(separator: " ")
        #expect(text.hasPrefix("cron(") && text.hasSuffix(" *)") && fields.count == 6, "\(text)")
        #expect((fields[2] == "?") != (fields[4] == "?") && !fields[4].contains("/"), "\(text)")
        minutes = (0...59).filter { Self.has($0, in: fields[0], highest: 59) }
        hours = (0...23).filter { Self.has($0, in: fields[1], highest: 23) }
        daysOfMonth = (1...31).filter { Self.has($0, in: fields[2], highest: 31) }
        months = (1...12).filter { Self.has($0, in: fields[3], highest: 12) }
        daysOfWeek = (1...7).filter { Self.has($0, in: fields[4], highest: 7) }
    }

    func matches(_ day: CalendarDay) -> Bool {
        months.contains(day.month) && daysOfMonth.contains(day.day) && daysOfWeek.contains(day.weekday + 1)
    }

    private static func has(_ value: Int, in field: Substring, highest: Int) -> Bool {
        field.split(separator: ",").contains { item in
            if item == "*" || item == "?" { return true }
            let parts = item.split(separator: "/")
            let ends = parts[0].split(separator: "-").map { number($0) }
            let last = ends.count == 2 ? ends[1] : parts.count == 2 ? highest : ends[0]
            #expect(ends[0] <= last, "\(field)")
            return ends[0] <= value && value <= last
                && (value - ends[0]) % (parts.count == 2 ? Int(parts[1])! : 1) == 0
        }
    }

    private static func number(_ text: Substring) -> Int {
        if let month = monthNames.firstIndex(of: String(text)) { return month + 1 }
        return weekdayNames.firstIndex(of: String(text)).map { $0 + 1 } ?? Int(text)!
    }
}

/// The same expressions on every run.
private struct UnixCronGenerator {
    private var random: SeededNumbers

    init(seed: UInt64) { random = SeededNumbers(seed: seed) }

    private mutating func next(_ bound: Int) -> Int { Int.random(in: 0..<bound, using: &random) }

    mutating func expression() -> String {
        [
            field(0...59, stars: 2), field(0...23, stars: 3), field(1...31, stars: 5),
            field(1...12, stars: 6, names: monthNames), field(0...7, stars: 5, names: weekdayNames),
        ].joined(separator: " ")
    }

    private mutating func field(_ bounds: ClosedRange<Int>, stars: Int, names: [String] = []) -> String {
        if next(10) < stars { return "*" }
        return (0...next(3)).map { _ in item(bounds, names: names) }.joined(separator: ",")
    }

    private mutating func item(_ bounds: ClosedRange<Int>, names: [String]) -> String {
        let step = "/\(1 + next(min(bounds.upperBound, 9)))"
        switch next(7) {
        case 0: return "*" + step
        case 1: return value(bounds, names: names) + step
        case 2, 3: return value(bounds, names: names) + "-" + value(bounds, names: names)
        case 4: return value(bounds, names: names) + "-" + value(bounds, names: names) + step
        default: return value(bounds, names: names)
        }
    }

    private mutating func value(_ bounds: ClosedRange<Int>, names: [String]) -> String {
        let value = bounds.lowerBound + next(bounds.count)
        let index = value - bounds.lowerBound
        guard names.indices.contains(index), next(2) == 0 else { return String(value) }
        return next(2) == 0 ? names[index] : names[index].lowercased()
    }
}
