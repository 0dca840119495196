import Effects

/// Times as messages write them, in China Standard Time.
enum LocalTime {
    /// HL7's form with the offset: `20261120081503+0800`.
    static func hl7(_ time: WallTime) -> String {
        let (date, clock) = parts(time)
        return date.joined() + clock.joined() + "+0800"
    }

    /// FHIR's form: `2026-11-20T08:15:03+08:00`.
    static func fhir(_ time: WallTime) -> String {
        let (date, clock) = parts(time)
        return date.joined(separator: "-") + "T" + clock.joined(separator: ":") + "+08:00"
    }

    private static func parts(_ time: WallTime) -> (date: [String], clock: [String]) {
        let civil = CivilDateTime(time, offsetMinutes: 480)
        return (
            [
                DecimalText.padded(civil.year, width: 4), DecimalText.padded(civil.month, width: 2),
                DecimalText.padded(civil.day, width: 2),
            ],
            [
                DecimalText.padded(civil.hour, width: 2), DecimalText.padded(civil.minute, width: 2),
                DecimalText.padded(civil.second, width: 2),
            ]
        )
    }
}
