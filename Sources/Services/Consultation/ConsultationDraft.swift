import Effects
package import Ledgers

/// What somebody fills in to ask for a remote diagnosis.
package struct ConsultationDraft: Sendable {
    /// A kind of the region's service levels, such as `ecg-emergency`.
    package var kind: String
    package var content: ConsultationContent
    package var practitioner: String
    package var organizationUnit: String
    /// The patient's consent to passing the data on.
    package var consent: String?
    /// Why there is none; for an emergency.
    package var breakGlassReason: String?

    package init(
        kind: String, content: ConsultationContent, practitioner: String, organizationUnit: String,
        consent: String? = nil, breakGlassReason: String? = nil
    ) {
        self.kind = kind
        self.content = content
        self.practitioner = practitioner
        self.organizationUnit = organizationUnit
        self.consent = consent
        self.breakGlassReason = breakGlassReason
    }

    private static let unitBytes = 128

    /// All that an order says, for telling a repetition from a change.
    func orderBytes() throws -> [UInt8] {
        var bytes = try content.wireBytes()
        for text in [kind, practitioner, consent ?? "", breakGlassReason ?? ""] {
            bytes += [0] + Array(text.utf8)
        }
        return bytes
    }

    /// - Throws: `consultation.noUnit`, and what the content's own check throws.
    func check() throws {
        guard !organizationUnit.isEmpty, organizationUnit.utf8.count <= Self.unitBytes else {
            throw Failure(
                "consultation.noUnit", "a request names the unit that makes it, in 1 to \(Self.unitBytes) bytes",
                remedy: "give the unit's id as the region configuration has it")
        }
        try content.check()
    }
}

/// A request as it was made; it is on this node's disk.
package struct CreatedConsultation: Sendable, Equatable {
    package var id: ConsultationID
    package var entry: EntryID
    /// The same order had made this request before.
    package var isDuplicate: Bool
}
