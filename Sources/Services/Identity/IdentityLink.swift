import Effects
package import Ledgers
package import ServiceKit
import SwiftProtobuf

/// The header of a link: the keys belong to one person, as somebody found on some evidence.
///
/// An entry of kind ``Ledgers/EntryKind/identityLink``. It may name one earlier link as its cause, which it renews for
/// another epoch, or separations, which it overrules; never both.
package struct IdentityLink: Sendable, Equatable {
    /// Every key of every identifier, in each epoch that had begun.
    package var keys: [PatientKeyReference]
    package var evidence: IdentityEvidence
    /// Where the evidence is found, without personal data; may be empty.
    package var reference: String
    package var actor: IdentityActor
    /// A report of the actor's unit under one of the keys; without one the link counts at its author alone.
    package var report: EntryID?

    package init(
        keys: [PatientKeyReference], evidence: IdentityEvidence, reference: String, actor: IdentityActor,
        report: EntryID? = nil
    ) {
        self.keys = keys
        self.evidence = evidence
        self.reference = reference
        self.actor = actor
        self.report = report
    }

    package func encoded() throws -> [UInt8] {
        var message = PBIdentityLinkFields()
        message.keys = keys.map { $0.wire() }
        message.evidence = evidence.rawValue
        message.reference = reference
        message.actor = actor.wire
        message.report = report?.description ?? ""
        return try message.serializedBytes()
    }

    /// - Throws: `identity.malformed`.
    package init(bytes: [UInt8]) throws {
        guard let message = try? PBIdentityLinkFields(serializedBytes: bytes),
            let evidence = IdentityEvidence(rawValue: message.evidence),
            message.reference.count <= Limits.identityTextCharacters
        else { throw Self.malformed }
        keys = try Self.keys(message.keys)
        self.evidence = evidence
        reference = message.reference
        actor = try IdentityActor(wire: message.actor)
        report = try Self.report(message.report)
        guard keys.count <= Limits.identityKeys, Set(keys).count == keys.count, keys.count > 1 else {
            throw Self.malformed
        }
    }

    /// The report that an identity entry names; none where the text is empty.
    static func report(_ text: String) throws -> EntryID? {
        if text.isEmpty { return nil }
        guard let entry = try? EntryID(text) else { throw malformed }
        return entry
    }

    /// The patient keys of a header.
    static func keys(_ message: [PBPatientKey]) throws -> [PatientKeyReference] {
        try message.map { part in
            guard let key = try? PatientKeyReference(wire: part) else { throw malformed }
            return key
        }
    }

    static let malformed = Failure("identity.malformed", "the identity entry cannot be read")
}
