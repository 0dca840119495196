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

/// What the letters of single lines say (HL7 table 0085): the one place that sorts them.
///
/// A letter speaks of its own line, whether that is a value, a text or a document; the report's status is another thing.
package enum LineStatus {
    /// D: deleted; X: cannot be obtained; W: was sent in error.
    private static let withdrawn: Set<String> = ["D", "X", "W"]
    /// F and U: final; V: verified; B: appended, reviewed without a change of its value; C: a correction.
    ///
    /// A line that says nothing stands as its report does.
    private static let closed: Set<String> = ["", "F", "U", "V", "B", "C"]
    /// N: not asked for; O: a detail of the order without a result.
    private static let unasked: Set<String> = ["N", "O"]
    /// Letters that mean "not yet": A (that of table 0123, some results) and M (corrected, not final) among them.
    private static let open: Set<String> = ["P", "R", "I", "S", "A", "M"]

    /// Whether a line was taken back: it is no part of the report any more, and no reader shows its value.
    package static func isWithdrawn(_ letter: String) -> Bool { withdrawn.contains(letter) }

    /// Whether a line was not asked for, or describes an order: it is no result.
    package static func isUnasked(_ letter: String) -> Bool { unasked.contains(letter) }

    /// Whether a line is final, with a value or without.
    package static func isClosed(_ letter: String) -> Bool { closed.contains(letter) }

    /// Whether a line is not final yet, which is also what a letter says that nobody knows.
    package static func isOpen(_ letter: String) -> Bool {
        !isClosed(letter) && !isWithdrawn(letter) && !isUnasked(letter)
    }

    /// Whether the letter is one of the table.
    package static func isKnown(_ letter: String) -> Bool { !isOpen(letter) || open.contains(letter) }
}

/// A concept with the codes that a message gave for it, in their order.
package struct Coding: Equatable, Sendable {
    /// One code of one coding system.
    package struct Code: Equatable, Sendable {
        package var code: String
        package var display: String
        /// The coding system as the message names it (`LN`, `99LAB`, `http://loinc.org`).
        package var system: String

        package init(code: String, display: String = "", system: String = "") {
            self.code = code
            self.display = display
            self.system = system
        }
    }

    package var codes: [Code]
    /// Free text where the message gives one apart from the codes.
    package var text: String?

    package init(codes: [Code], text: String? = nil) {
        self.codes = codes
        self.text = text
    }

    /// The first code, for keys; empty where the message gives none.
    package var code: String { codes.first { !$0.code.isEmpty }?.code ?? "" }
    /// What a person reads: the first display text, else the free text, else the code.
    package var display: String {
        codes.first { !$0.display.isEmpty }?.display ?? text ?? code
    }
}

/// Something that has clinical meaning and no field of its own.
///
/// Its name is FHIR's for it: `bodySite`, `dataAbsentReason`, `referenceRange.type`, `sampledData.origin`.
package struct ReportDetail: Equatable, Sendable {
    package var name: String
    /// As a reader would see it.
    package var value: String

    package init(name: String, value: String) {
        self.name = name
        self.value = value
    }
}

/// The result from which a report follows: the organism of an antibiogram (OBR-26, OBR-29).
package struct ParentResult: Equatable, Sendable {
    /// OBX-3 of the parent's line.
    package var code: Coding?
    /// OBX-4 of it.
    package var subID: String?
    /// What the line says, as text.
    package var value: String?
    package var fillerOrderNumber: String?
    package var placerOrderNumber: String?

    package init(
        code: Coding? = nil, subID: String? = nil, value: String? = nil, fillerOrderNumber: String? = nil,
        placerOrderNumber: String? = nil
    ) {
        self.code = code
        self.subID = subID
        self.value = value
        self.fillerOrderNumber = fillerOrderNumber
        self.placerOrderNumber = placerOrderNumber
    }
}
