package import Effects

extension WallTime {
    /// The moment that a text names: `2026-11-21` (midnight in China), `2026-11-21T08:00:00+08:00` or `…Z`.
    ///
    /// Seconds may have up to three decimals; an offset is required where a time of day is given.
    ///
    /// - Throws: `time.badText` where the text has another form or the day does not exist.
    package init(text: String) throws {
        guard let moment = Self.parse(Array(text.utf8)) else {
            throw Failure(
                "time.badText", "\(NameForm.shown(text)) is not a date or a moment that exists",
                remedy: "write 2026-11-21 (midnight in China) or 2026-11-21T08:00:00+08:00")
        }
        self = moment
    }

    /// The same for what others read later: within the two hundred years around 1970 in which they take it.
    ///
    /// - Throws: `time.badText`, `time.outOfRange`.
    package init(recorded text: String) throws {
        try self.init(text: text)
        guard milliseconds.magnitude <= UInt64(Limits.peerTimeMilliseconds) else {
            throw Failure(
                "time.outOfRange", "\(NameForm.shown(text)) lies further away than any node takes",
                remedy: "write a year between 1800 and 2150; leave an end that never comes out")
        }
    }

    private static func parse(_ bytes: [UInt8]) -> WallTime? {
        var cursor = DigitCursor(bytes)
        guard let year = cursor.number(4), cursor.skip("-"), let month = cursor.number(2), cursor.skip("-"),
            let day = cursor.number(2)
        else { return nil }
        if cursor.isAtEnd {
            return CivilDateTime(year: year, month: month, day: day)?.wallTime(offsetMinutes: chinaOffsetMinutes)
        }
        guard cursor.skip("T"), let hour = cursor.number(2), cursor.skip(":"), let minute = cursor.number(2),
            cursor.skip(":"), let second = cursor.number(2)
        else { return nil }
        guard let millisecond = cursor.fraction(), let offset = cursor.offsetMinutes(), cursor.isAtEnd else {
            return nil
        }
        let civil = CivilDateTime(
            year: year, month: month, day: day, hour: hour, minute: minute, second: second, millisecond: millisecond)
        return civil?.wallTime(offsetMinutes: offset)
    }
}
