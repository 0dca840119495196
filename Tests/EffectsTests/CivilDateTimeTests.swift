import Effects
import Testing

struct CivilDateTimeTests {
    static let vectors: [(milliseconds: Int64, text: String)] = [
        (0, "1970-01-01T00:00:00.000Z"), (-1, "1969-12-31T23:59:59.999Z"),
        (951_782_400_000, "2000-02-29T00:00:00.000Z"),
        (951_868_799_999, "2000-02-29T23:59:59.999Z"), (951_868_800_000, "2000-03-01T00:00:00.000Z"),
        (1_469_918_176_385, "2016-07-30T22:36:16.385Z"), (2_147_483_648_000, "2038-01-19T03:14:08.000Z"),
        (4_107_542_399_000, "2100-02-28T23:59:59.000Z"), (4_107_542_400_000, "2100-03-01T00:00:00.000Z"),
        (-2_208_988_800_000, "1900-01-01T00:00:00.000Z"), (-62_135_596_800_000, "0001-01-01T00:00:00.000Z"),
        (253_402_300_799_999, "9999-12-31T23:59:59.999Z"),
    ]

    @Test("known moments have their known dates, both ways", arguments: 0..<12)
    func known(index: Int) {
        let (milliseconds, text) = Self.vectors[index]
        let time = WallTime(milliseconds: milliseconds)
        #expect(time.description == text)
        #expect(CivilDateTime(time).wallTime() == time)
    }

    @Test("every moment reads back from its civil time, at any offset", arguments: [0, 480, -570, 345, 840, -720])
    func roundTrip(offset: Int) throws {
        let random = SeededRandom(seed: UInt64(bitPattern: Int64(offset)))
        for _ in 0..<5_000 {
            let milliseconds = -62_000_000_000_000 + Int64(random.number(below: 315_000_000_000_000))
            let time = WallTime(milliseconds: milliseconds)
            let civil = CivilDateTime(time, offsetMinutes: offset)
            #expect(civil.wallTime(offsetMinutes: offset) == time)
            let checked = CivilDateTime(
                year: civil.year, month: civil.month, day: civil.day, hour: civil.hour, minute: civil.minute,
                second: civil.second, millisecond: civil.millisecond)
            #expect(checked == civil)
        }
    }

    @Test("a day follows the other through all years that have dates")
    func everyDay() {
        var expected = CivilDateTime.days(fromCivil: 1, 1, 1)
        for year in 1...9_999 {
            for month in 1...12 {
                #expect(CivilDateTime.days(fromCivil: year, month, 1) == expected)
                expected += CivilDateTime.days(inMonth: month, of: year)
            }
        }
        #expect(expected == CivilDateTime.days(fromCivil: 10_000, 1, 1))
    }

    @Test(
        "leap years are the Gregorian ones",
        arguments: [(1900, false), (2000, true), (2024, true), (2026, false), (2100, false), (2400, true)])
    func leap(year: Int, isLeap: Bool) {
        #expect(CivilDateTime.isLeap(year) == isLeap)
        #expect(CivilDateTime.days(inMonth: 2, of: year) == (isLeap ? 29 : 28))
        #expect((CivilDateTime(year: year, month: 2, day: 29) != nil) == isLeap)
    }

    @Test("a date or time of day that does not exist is refused")
    func refused() {
        let wrong: [[Int]] = [
            [0, 1, 1, 0, 0, 0, 0], [10_000, 1, 1, 0, 0, 0, 0], [2026, 0, 1, 0, 0, 0, 0], [2026, 13, 1, 0, 0, 0, 0],
            [2026, 4, 31, 0, 0, 0, 0], [2026, 1, 32, 0, 0, 0, 0], [2026, 1, 0, 0, 0, 0, 0], [2026, 1, 1, 24, 0, 0, 0],
            [2026, 1, 1, -1, 0, 0, 0], [2026, 1, 1, 0, 60, 0, 0], [2026, 1, 1, 0, 0, 60, 0],
            [2026, 1, 1, 0, 0, 0, 1_000],
            [.min, .min, .min, .min, .min, .min, .min], [.max, .max, .max, .max, .max, .max, .max],
        ]
        for fields in wrong {
            let civil = CivilDateTime(
                year: fields[0], month: fields[1], day: fields[2], hour: fields[3], minute: fields[4],
                second: fields[5],
                millisecond: fields[6])
            #expect(civil == nil, "\(fields)")
        }
    }

    @Test("China's morning is still the day before in UTC")
    func offset() throws {
        let morning = try #require(CivilDateTime(year: 2026, month: 3, day: 1, hour: 7, minute: 30))
        let time = morning.wallTime(offsetMinutes: 480)
        #expect(time.description == "2026-02-28T23:30:00.000Z")
        #expect(CivilDateTime(time, offsetMinutes: 480) == morning)
        #expect(CivilDateTime(time, offsetMinutes: 480).date == "2026-03-01")
    }

    @Test("moments outside the years 1 to 9999 are shown as the nearest end")
    func clamped() {
        #expect(WallTime(milliseconds: .max).description == "9999-12-31T23:59:59.999Z")
        #expect(WallTime(milliseconds: .min).description == "0001-01-01T00:00:00.000Z")
    }

    @Test("sums and differences of moments saturate")
    func saturation() {
        let (early, late) = (WallTime(milliseconds: .min), WallTime(milliseconds: .max))
        #expect(late.advanced(byMilliseconds: 1) == late)
        #expect(early.advanced(byMilliseconds: -1) == early)
        #expect(late.milliseconds(since: early) == .max)
        #expect(early.milliseconds(since: late) == .min)
        #expect(WallTime(milliseconds: 5).advanced(byMilliseconds: -7).milliseconds == -2)
        #expect(WallTime(milliseconds: 5).milliseconds(since: WallTime(milliseconds: 7)) == -2)
    }
}
