import Effects
package import Ledgers
package import ServiceKit

/// What somebody fills in to ask for a remote diagnosis.
package struct ConsultationDraft: Sendable {
    /// A kind of the region's service levels, such as `ecg-emergency`.
    package var kind: String
    package var content: ConsultationContent
    /// Who asks: on the patient's consent to passing the data on; without one it is an emergency, with its reason.
    package var asking: Asking

    package init(kind: String, content: ConsultationContent, asking: Asking) {
        self.kind = kind
        self.content = content
        self.asking = asking
    }

    private static let unitBytes = 128

    /// All that an order says, for telling a repetition from a change.
    func orderBytes() throws -> [UInt8] {
        var bytes = try content.wireBytes()
        for text in [kind, asking.practitioner, asking.consent ?? "", asking.breakGlassReason ?? ""] {
            bytes += [0] + Array(text.utf8)
        }
        return bytes
    }

    /// - Throws: `consultation.noUnit`, and what the content's own check throws.
    func check() throws {
        guard !asking.organizationUnit.isEmpty, asking.organizationUnit.utf8.count <= Self.unitBytes else {
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
