import DorcModel
import DorcText
import Schedules

/// Starts for programs: JSON, an object for each.
enum ScheduleJSON {
    /// `write` gets piece after piece.
    static func render(_ starts: inout ScheduledStarts, _ write: (String) -> Void) {
        let sources = starts.sources
        // What does not change from one start to the next.
        let heads = sources.map { source in
            "  {" + member("pipeline", source.pipeline.description) + ", " + member("trigger", source.trigger) + ", "
                + member("environment", source.environment)
        }
        let tails = sources.map { source in
            member("timezone", source.timezone) + ", " + member("schedule", source.schedule.text)
                + (source.isEnabled ? "" : ", \"enabled\": false")
                + (source.isRelative ? ", " + member("relative_to", "deployment") : "") + "}"
        }
        var isFirst = true
        starts.forEachDay { day in
            var text = ""
            for start in day {
                text += isFirst ? "[\n" : ",\n"
                isFirst = false
                text += heads[start.source]
                text += ", \"time\": \"\(start.run.utc.text)\", \"local\": \"\(start.run.localText)\", "
                text += tails[start.source]
            }
            write(text)
        }
        write(isFirst ? "[]\n" : "\n]\n")
    }

    private static func member(_ name: String, _ value: String) -> String { "\"\(name)\": \(JSONText.literal(value))" }
}

/// Starts for calendars: RFC 5545, an event for each.
enum ScheduleCalendar {
    static func render(_ starts: inout ScheduledStarts, project: String, _ write: (String) -> Void) {
        let sources = starts.sources
        write(
            ICalendar.line("BEGIN", raw: "VCALENDAR") + ICalendar.line("VERSION", raw: "2.0")
                + ICalendar.line("PRODID", raw: "-//dorc//dorc-synth schedule//EN")
                + ICalendar.line("CALSCALE", raw: "GREGORIAN"))
        var previous: (uid: String, count: Int) = ("", 0)
        starts.forEachDay { day in
            var text = ""
            for start in day {
                let source = sources[start.source]
                let time = ICalendar.time(start.run.utc)
                let names = [project, source.environment, source.pipeline.layer, source.pipeline.name, source.trigger]
                var uid = "\(names.joined(separator: "."))-\(time)"
                // Where cron's "or" takes two schedules, both start.
                previous = previous.uid == uid ? (uid, previous.count + 1) : (uid, 1)
                if previous.count > 1 { uid += "-\(previous.count)" }
                text += event(source, start.run, uid: "\(uid)@dorc")
            }
            write(text)
        }
        write(ICalendar.line("END", raw: "VCALENDAR"))
    }

    private static func event(_ source: ScheduledStarts.Source, _ run: NextRuns.Run, uid: String) -> String {
        let local = "\(source.trigger): \(source.schedule.words)\nStarts at \(run.localText) in \(source.timezone)."
        let note = source.isRelative ? "\nCounted as if it were deployed now." : ""
        let off = source.isEnabled ? "" : "\nThe triggers of this environment are off."
        return ICalendar.line("BEGIN", raw: "VEVENT") + ICalendar.line("UID", raw: uid)
            // When the event was made: its own time, so that the same start is the same text each day.
            + ICalendar.line("DTSTAMP", raw: ICalendar.time(run.utc))
            + ICalendar.line("DTSTART", raw: ICalendar.time(run.utc))
            + ICalendar.line("SUMMARY", text: "\(source.pipeline) (\(source.environment))")
            + ICalendar.line("DESCRIPTION", text: local + note + off)
            + ICalendar.line("CATEGORIES", text: source.environment)
            + ICalendar.line("STATUS", raw: source.isEnabled ? "CONFIRMED" : "CANCELLED")
            + ICalendar.line("TRANSP", raw: "TRANSPARENT") + ICalendar.line("END", raw: "VEVENT")
    }
}

/// Content lines of RFC 5545.
enum ICalendar {
    /// Octets of a line without its end (section 3.1).
    private static let longestLine = 75

    static func line(_ name: String, text: String) -> String { line(name, raw: escaped(text)) }

    static func line(_ name: String, raw value: String) -> String {
        var result = ""
        var octets = 0
        for scalar in "\(name):\(value)".unicodeScalars {
            let size = UTF8.width(scalar)
            if octets + size > longestLine {
                result += "\r\n "
                octets = 1
            }
            result.unicodeScalars.append(scalar)
            octets += size
        }
        return result + "\r\n"
    }

    /// Section 3.3.11; other control characters are not allowed.
    private static func escaped(_ text: String) -> String {
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\", ";", ",":
                result.append("\\")
                result.append(scalar)
            case "\n": result.append(contentsOf: "\\n".unicodeScalars)
            default: result.append(scalar.value < 0x20 && scalar != "\t" || scalar.value == 0x7F ? " " : scalar)
            }
        }
        return String(result)
    }

    /// `20270131T060000Z`
    static func time(_ time: UTCTime) -> String { time.text.filter { $0 != "-" && $0 != ":" } }
}

extension NextRuns.Run {
    /// `2027-07-01T06:00:00+01:00`
    var localText: String {
        let minutes = abs(offset) / 60
        return local.text + (offset < 0 ? "-" : "+") + ScheduleClock.time(minutes)
    }
}

/// `06:00`
enum ScheduleClock {
    static func time(_ minutes: Int) -> String {
        func padded(_ number: Int) -> String { number < 10 ? "0\(number)" : String(number) }
        return "\(padded(minutes / 60)):\(padded(minutes % 60))"
    }
}
