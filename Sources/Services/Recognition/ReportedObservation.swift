/// One line of a report: what was measured or seen, with the value exactly as it was sent.
package struct ReportedObservation: Equatable, Sendable {
    /// OBX-1 or the position in the report.
    package var setID: String
    package var code: Coding
    /// OBX-4.
    package var subID: String?
    /// The HL7 v2 type of the value (`NM`, `SN`, `ST`, `TX`, `CE`, `DT`…), also for values that came by FHIR.
    package var valueType: String
    /// The value in its lexical form; for coded values the display text (else the code).
    ///
    /// Repetitions are joined by a line feed.
    package var value: String
    /// The codes of a coded value.
    package var valueCoding: Coding?
    package var unit: Coding?
    package var referenceRange: String?
    /// OBX-8, FHIR's interpretation: `H`, `L`, `A`.
    package var flags: [String]
    /// OBX-11 or the FHIR status as its HL7 letter.
    package var status: String
    package var method: String?
    package var observedTime: String?
    package var notes: [String]
    /// What has clinical meaning and no field of its own.
    package var details: [ReportDetail]
    /// It was kept from the version before: this version's message did not speak of it.
    package var isInherited = false

    package init(
        setID: String, code: Coding, subID: String? = nil, valueType: String, value: String,
        valueCoding: Coding? = nil, unit: Coding? = nil, referenceRange: String? = nil, flags: [String] = [],
        status: String = "F", method: String? = nil, observedTime: String? = nil, notes: [String] = [],
        details: [ReportDetail] = []
    ) {
        self.setID = setID
        self.code = code
        self.subID = subID
        self.valueType = valueType
        self.value = value
        self.valueCoding = valueCoding
        self.unit = unit
        self.referenceRange = referenceRange
        self.flags = flags
        self.status = status
        self.method = method
        self.observedTime = observedTime
        self.notes = notes
        self.details = details
    }
}

extension ReportedObservation {
    /// A conclusion that came as a mere text.
    package static func conclusion(_ text: String) -> ReportedObservation {
        ReportedObservation(setID: "1", code: Coding(codes: []), valueType: "TX", value: text)
    }

    /// Whether the line was taken back: HL7's D (deleted), X (cannot be obtained), W (was sent in error).
    package var isWithdrawn: Bool { LineStatus.isWithdrawn(status) }
}
