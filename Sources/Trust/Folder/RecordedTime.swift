import Effects

/// Moments in the folder's JSON files, as ISO 8601 text in UTC that a person can read.
enum RecordedTime {
    static func text(_ time: WallTime) -> String { time.description }

    /// The moment of a text `YYYY-MM-DDThh:mm:ss.mmmZ`; `nil` for any other form.
    static func time(_ text: String) -> WallTime? {
        let bytes = Array(text.utf8)
        func number(_ range: Range<Int>) -> Int? {
            let digits = bytes[range]
            guard digits.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) else { return nil }
            return digits.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
        }
        guard bytes.count == 24, let year = number(0..<4), let month = number(5..<7), let day = number(8..<10),
            let hour = number(11..<13), let minute = number(14..<16), let second = number(17..<19),
            let millisecond = number(20..<23),
            let civil = CivilDateTime(
                year: year, month: month, day: day, hour: hour, minute: minute, second: second,
                millisecond: millisecond),
            civil.iso8601 == text
        else { return nil }
        return civil.wallTime()
    }
}

extension KeyedDecodingContainer {
    func decodeTime(forKey key: Key) throws -> WallTime {
        guard let time = RecordedTime.time(try decode(String.self, forKey: key)) else {
            throw DecodingError.dataCorruptedError(
                forKey: key, in: self, debugDescription: "a time is written 2026-11-21T02:46:19.120Z")
        }
        return time
    }
}
