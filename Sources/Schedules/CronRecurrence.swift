/// The starts of a cron expression of either dialect, in the clock of its time zone.
package struct CronRecurrence {
    /// Ascending, not empty.
    let minutesOfDay: [Int]
    private let months: [Int]
    /// Ascending, not empty.
    private let years: [Int]
    private let matchesDay: (CalendarDay) -> Bool

    init(_ cron: UnixCron) {
        self.init(minutes: cron.minutes, hours: cron.hours, months: cron.months, years: CronField.year.all) { day in
            switch cron.days {
            case .every: true
            case .ofMonth(let days): days.contains(day.day)
            case .ofWeek(let days): day.isOne(of: days)
            case .either(let daysOfMonth, let daysOfWeek): daysOfMonth.contains(day.day) || day.isOne(of: daysOfWeek)
            }
        }
    }

    init(_ cron: EventBridgeCron) {
        self.init(minutes: cron.minutes, hours: cron.hours, months: cron.months, years: cron.years) { day in
            switch cron.days {
            case .ofMonth(let days): days.contains(day.day)
            case .lastOfMonth: day.day == day.daysInMonth
            case .lastWorkdayOfMonth: day.isWorkday(nearest: day.daysInMonth)
            case .workdayNearest(let nearest): day.isWorkday(nearest: nearest)
            case .ofWeek(let days): day.isOne(of: days)
            case .lastOfWeekday(let last): day.isOne(of: [last]) && day.day > day.daysInMonth - 7
            case .occurrence(let number, let of): day.isOne(of: [of]) && (day.day - 1) / 7 + 1 == number
            }
        }
    }

    private init(
        minutes: [Int], hours: [Int], months: [Int], years: [Int], matchesDay: @escaping (CalendarDay) -> Bool
    ) {
        minutesOfDay = hours.flatMap { hour in minutes.map { hour * 60 + $0 } }
        self.months = months
        self.years = years
        self.matchesDay = matchesDay
    }

    func matches(_ day: CalendarDay) -> Bool {
        months.contains(day.month) && years.contains(day.year) && matchesDay(day)
    }

    /// The first matching day of a range of days since 1970.
    func firstDay(in days: ClosedRange<Int>) -> CalendarDay? {
        guard let first = years.first, let last = years.last else { return nil }
        let lowest = max(days.lowerBound, CalendarDay(year: first, month: 1, day: 1).number)
        let highest = min(days.upperBound, CalendarDay(year: last, month: 12, day: 31).number)
        guard lowest <= highest else { return nil }
        var day = CalendarDay(number: lowest)
        while day.number <= highest {
            if matches(day) { return day }
            day = day.next
        }
        return nil
    }

    /// Whether there is a start from `start` on and before `end`, in minutes since 1970 of the schedule's clock. Each bound is
    /// widened by `slack` minutes, where the clock's distance to UTC is not known.
    package func starts(from start: Int?, before end: Int?, slack: Int) -> Bool {
        let lowest = start.map { $0 - slack } ?? .min / 4
        let highest = end.map { $0 + slack } ?? .max / 4
        var from = max(lowest / 1440 - 1, 0)
        while let day = firstDay(in: from...max(from, min(highest / 1440 + 1, 84_000))) {
            let midnight = day.number * 1440
            if minutesOfDay.contains(where: { midnight + $0 >= lowest && midnight + $0 < highest }) { return true }
            if midnight >= highest { return false }
            from = day.number + 1
        }
        return false
    }

    /// The first start from a minute on and before another one, in minutes since 1970 of the schedule's clock. `known` is a day that
    /// matches: that of the start before.
    func start(from start: Int, before end: Int, known: inout Int?) -> Int? {
        var from = max(start, 0) / 1440
        if from == known {
            let index = index(ofFirstFrom: start - from * 1440)
            if index < minutesOfDay.count {
                let found = from * 1440 + minutesOfDay[index]
                return found < end ? found : nil
            }
            from += 1
        }
        while let day = firstDay(in: from...max(from, (end - 1) / 1440)) {
            let midnight = day.number * 1440
            known = day.number
            let index = index(ofFirstFrom: start - midnight)
            if index < minutesOfDay.count {
                let found = midnight + minutesOfDay[index]
                return found < end ? found : nil
            }
            from = day.number + 1
        }
        return nil
    }

    /// Of the first minute of a day that is not before another one; the count where all are.
    private func index(ofFirstFrom minute: Int) -> Int {
        var (low, high) = (0, minutesOfDay.count)
        while low < high {
            let middle = (low + high) / 2
            if minutesOfDay[middle] < minute { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// The last start before a minute of the schedule's clock, or the first one from it on, looked for within some days.
    package func start(before minute: Int, days: Int) -> Int? {
        let last = minute / 1440
        for number in stride(from: last, through: max(last - days, 0), by: -1)
        where matches(CalendarDay(number: number)) {
            if let found = minutesOfDay.last(where: { number * 1440 + $0 < minute }) { return number * 1440 + found }
        }
        return nil
    }

    package func start(from minute: Int, days: Int) -> Int? {
        let first = minute / 1440
        for number in first...first + days where matches(CalendarDay(number: number)) {
            if let found = minutesOfDay.first(where: { number * 1440 + $0 >= minute }) { return number * 1440 + found }
        }
        return nil
    }
}

extension CalendarDay {
    fileprivate func isOne(of days: [Weekday]) -> Bool { days.contains { $0.rawValue == weekday } }

    /// Whether it is the day from Monday to Friday that is nearest to a day of its month, within that month.
    fileprivate func isWorkday(nearest wanted: Int) -> Bool {
        guard wanted <= daysInMonth, (1...5).contains(weekday), abs(day - wanted) <= 2 else { return false }
        let weekdayOfWanted = (weekday + wanted - day + 14) % 7
        return switch weekdayOfWanted {
        case 6: wanted == 1 ? day == 3 : day == wanted - 1
        case 0: wanted == daysInMonth ? day == wanted - 2 : day == wanted + 1
        default: day == wanted
        }
    }
}

extension ScheduleExpression {
    /// Nil for what is not a cron expression.
    package var recurrence: CronRecurrence? {
        switch self {
        case .unixCron(let cron): CronRecurrence(cron)
        case .eventBridgeCron(let cron): CronRecurrence(cron)
        case .rate, .at: nil
        }
    }
}
