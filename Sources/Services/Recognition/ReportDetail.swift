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
