import Effects

/// What is decided about a report before its text is made: who, when, how, and through which versions it goes.
struct ReportPlan: Sendable {
    struct Step: Sendable {
        var version: ReportVersion
        var time: WallTime
    }

    var institution: DemoInstitution
    var kind: ReportKind
    /// Counts from 1 within the institution and the kind.
    var serial: Int
    /// Everything that the report says is drawn from this.
    var seed: UInt64
    var person: DemoPerson
    var format: GeneratedMessage.Format
    var steps: [Step]
    /// When the last version is sent once more with the same bytes.
    var repeatTime: WallTime?
    var day: CivilDateTime

    /// The date as it stands in order numbers, `YYMMDD`.
    private var stamp: String {
        DecimalText.padded(day.year % 100, width: 2) + DecimalText.padded(day.month, width: 2)
            + DecimalText.padded(day.day, width: 2)
    }

    /// The filler order number: unique within the institution by its kind, date and serial number.
    var orderNumber: String {
        institution.prefix + kind.letter + stamp + DecimalText.padded(serial, width: 5)
    }

    /// The placer order number of the ordering doctor's system.
    var placerNumber: String {
        institution.prefix + "SQ" + kind.letter + stamp + DecimalText.padded(serial, width: 5)
    }

    /// The message identifier of a version, at most 20 characters as HL7 v2.3 asks.
    func messageID(step: Int) -> String {
        institution.prefix + stamp + kind.letter + "M" + DecimalText.padded(serial, width: 5) + String(step + 1)
    }
}
