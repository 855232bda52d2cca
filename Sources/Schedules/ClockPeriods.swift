/// The times during which a zone's clock keeps its distance to UTC, one after another from some moment on, without end.
struct ClockPeriods: Sequence, IteratorProtocol {
    /// Seconds since 1970, UTC; the end is not part of it.
    struct Period {
        var start: Int
        var end: Int
        /// Seconds that the clock is ahead of UTC.
        var offset: Int
    }

    private let zone: ZoneRules
    private var start: Int
    private var offset: Int
    /// Up to where the changes are looked up, that moment included.
    private var known: Int
    /// Those that are not over.
    private var changes: ArraySlice<ZoneRules.Change> = []

    /// About a year: most zones have two changes in it.
    private static let stretch = 400 * 86400

    init(_ zone: ZoneRules, from start: Int) {
        self.zone = zone
        self.start = start
        known = start
        offset = zone.offset(at: start)
    }

    mutating func next() -> Period? {
        if changes.isEmpty {
            changes = zone.changes(after: known, before: known + Self.stretch + 1)[...]
            known += Self.stretch
        }
        let change = changes.popFirst()
        let period = Period(start: start, end: change?.time ?? known, offset: offset)
        start = period.end
        offset = change?.offsetAfter ?? offset
        return period
    }
}
