/// A plain scalar as PyYAML reads it, which Airflow's tools do: YAML 1.1, not 1.2 (yaml/resolver.py, yaml/constructor.py).
enum ScalarOfYAML11: Equatable {
    case null
    case boolean(Bool)
    /// In decimal digits.
    case integer(String)
    case number(Double)
    /// A date, or a date with a time, as `str()` of Python's writes it.
    case time(String)
    case text

    init(_ text: String) {
        switch text {
        case "", "~", "null", "Null", "NULL": self = .null
        case "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON": self = .boolean(true)
        case "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF": self = .boolean(false)
        default:
            let first = text.utf8.first ?? 0
            guard (0x30...0x39).contains(first) || "+-.".utf8.contains(first), text.utf8.count <= 100 else {
                self = .text
                return
            }
            self = Self.asInteger(text) ?? Self.asNumber(text) ?? TimeOfYAML11.text(text).map { .time($0) } ?? .text
        }
    }

    private static func isDigits(_ text: some StringProtocol, _ allowed: String = "0123456789_") -> Bool {
        !text.isEmpty && text.utf8.allSatisfy(allowed.utf8.contains)
    }

    private static func split(sign text: String) -> (sign: String, rest: Substring) {
        if text.hasPrefix("-") { return ("-", text.dropFirst()) }
        return ("", text.hasPrefix("+") ? text.dropFirst() : text[...])
    }

    private static func asInteger(_ text: String) -> ScalarOfYAML11? {
        let (sign, rest) = split(sign: text)
        let digits = rest.filter { $0 != "_" }
        func whole(_ text: Substring, _ radix: Int) -> ScalarOfYAML11? {
            Int(text, radix: radix).map { .integer($0 == 0 ? "0" : "\(sign)\($0)") }
        }
        if rest == "0" { return .integer("0") }
        if rest.hasPrefix("0b"), isDigits(rest.dropFirst(2), "01_") { return whole(digits.dropFirst(2)[...], 2) }
        if rest.hasPrefix("0x"), isDigits(rest.dropFirst(2), "0123456789abcdefABCDEF_") {
            return whole(digits.dropFirst(2)[...], 16)
        }
        if rest.hasPrefix("0"), isDigits(rest.dropFirst(), "01234567_") { return whole(digits.dropFirst()[...], 8) }
        guard let first = rest.first, "123456789".contains(first) else { return nil }
        if isDigits(rest) { return .integer(sign + digits) }
        guard let sum = sexagesimal(rest), sum == sum.rounded(), sum < 1e15, !rest.contains(".") else { return nil }
        return .integer("\(sign)\(Int(sum))")
    }

    /// `12:30` is 750.
    private static func sexagesimal(_ text: Substring) -> Double? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count > 1, isDigits(parts[0]) else { return nil }
        var sum = Double(parts[0].filter { $0 != "_" }) ?? 0
        for (index, part) in parts.dropFirst().enumerated() {
            let isLast = index == parts.count - 2
            let whole = isLast ? part.prefix { $0 != "." } : part[...]
            guard (1...2).contains(whole.count), isDigits(whole, "0123456789"), let value = Double(whole), value < 60
            else { return nil }
            if whole.count < part.count,
                part.dropFirst(whole.count + 1).contains(where: { !"0123456789_".contains($0) })
            {
                return nil
            }
            let fraction = part.dropFirst(whole.count + 1).filter { $0 != "_" }
            sum = sum * 60 + value + (fraction.isEmpty ? 0 : Double("0.\(fraction)") ?? 0)
        }
        return sum
    }

    private static func asNumber(_ text: String) -> ScalarOfYAML11? {
        let (sign, rest) = split(sign: text)
        let factor = sign == "-" ? -1.0 : 1
        if [".inf", ".Inf", ".INF"].contains(rest) { return .number(factor * .infinity) }
        if [".nan", ".NaN", ".NAN"].contains(text) { return .number(.nan) }
        guard let point = rest.firstIndex(of: ".") else { return nil }
        let whole = rest[..<point]
        if whole.contains(":") { return sexagesimal(rest).map { .number(factor * $0) } }
        let after = rest[rest.index(after: point)...]
        let fraction = after.prefix { $0 != "e" && $0 != "E" }
        let exponent = after.dropFirst(fraction.count)
        guard whole.isEmpty ? isDigits(fraction) && fraction.first != "_" && rest == text : isDigits(whole),
            fraction.isEmpty || isDigits(fraction), !whole.hasPrefix("_")
        else { return nil }
        if !exponent.isEmpty {
            // A sign is part of it: `1e3` is a text.
            guard let mark = exponent.dropFirst().first, mark == "+" || mark == "-",
                isDigits(exponent.dropFirst(2), "0123456789")
            else { return nil }
        }
        let clean = "\(whole.isEmpty ? "0" : whole).\(fraction.isEmpty ? "0" : fraction)\(exponent)".filter {
            $0 != "_"
        }
        return Double(clean).map { .number(factor * $0) }
    }

    /// As `str()` of Python's gives it; nil for a text.
    var python: String? {
        switch self {
        case .null: "None"
        case .boolean(let value): value ? "True" : "False"
        case .integer(let digits): digits
        case .number(let value): value.isNaN ? "nan" : value.isInfinite ? (value < 0 ? "-inf" : "inf") : "\(value)"
        case .time(let text): text
        case .text: nil
        }
    }
}

/// A date of YAML 1.1, with a time perhaps.
enum TimeOfYAML11 {
    /// As `str()` of Python's gives it.
    static func text(_ text: String) -> String? {
        let bytes = Array(text.utf8)
        if bytes.count == 10 { return WorkflowKeys.isDate(text) ? text : nil }
        let date = text.prefix { $0.isNumber || $0 == "-" }
        let parts = date.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0].count == 4, parts.dropFirst().allSatisfy({ (1...2).contains($0.count) }) else {
            return nil
        }
        func two(_ text: Substring) -> String { text.count == 1 ? "0\(text)" : String(text) }
        let day = "\(parts[0])-\(two(parts[1]))-\(two(parts[2]))"
        var rest = text.dropFirst(date.count)
        guard WorkflowKeys.isDate(day), let mark = rest.first, "Tt \t".contains(mark) else { return nil }
        rest = rest.dropFirst().drop { $0 == " " || $0 == "\t" }
        let clock = rest.prefix { $0.isNumber || $0 == ":" }
        let fields = clock.split(separator: ":", omittingEmptySubsequences: false)
        guard fields.count == 3, (1...2).contains(fields[0].count), fields[1].count == 2, fields[2].count == 2,
            let hour = Int(fields[0]), hour < 24, let minute = Int(fields[1]), minute < 60, let second = Int(fields[2]),
            second < 60
        else { return nil }
        rest = rest.dropFirst(clock.count)
        var fraction = ""
        if rest.first == "." {
            let digits = rest.dropFirst().prefix { $0.isNumber }
            rest = rest.dropFirst(digits.count + 1)
            let six = String((digits + "000000").prefix(6))
            if six != "000000" { fraction = ".\(six)" }
        }
        rest = rest.drop { $0 == " " || $0 == "\t" }
        guard let zone = zone(rest) else { return nil }
        return "\(day) \(two(fields[0])):\(fields[1]):\(fields[2])\(fraction)\(zone)"
    }

    private static func zone(_ text: Substring) -> String? {
        if text.isEmpty { return "" }
        if text == "Z" { return "+00:00" }
        guard let sign = text.first, sign == "+" || sign == "-" else { return nil }
        let parts = text.dropFirst().split(separator: ":", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), (1...2).contains(parts[0].count), let hour = Int(parts[0]), hour < 24,
            parts.count == 1 || parts[1].count == 2 && (Int(parts[1]) ?? 60) < 60
        else { return nil }
        return "\(sign)\(hour < 10 ? "0" : "")\(hour):\(parts.count == 1 ? "00" : parts[1])"
    }
}
