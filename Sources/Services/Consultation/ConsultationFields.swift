package import Effects
import Foundation
package import Ledgers
package import Regions
package import ServiceKit
import SwiftProtobuf
import Trust

/// Why an attempt was given up.
package enum EscalationReason: String, Sendable {
    case noExpert
    case claimDeadline
    case reportDeadline
    /// Not a failure: another attempt was reported.
    case reportedElsewhere
}

/// What the header of a consultation entry says; it holds no name, no number and no finding of a person.
package struct ConsultationFields: Sendable, Equatable {
    package var request: ConsultationID
    /// From 1; 0 in the request itself.
    package var attempt: Int = 0
    /// The event's number in its attempt, from 1; 0 in the request itself.
    package var number: Int = 0
    /// The attempt's home; the requester in the request itself.
    package var home: NodeID
    /// The expert or practitioner who acted, as the roster or the hospital names them.
    package var actor = ""
    package var actorNode: NodeID?
    package var terms: ConsultationTerms
    package var deadline: WallTime?
    package var offeredTo: [String] = []
    package var reason: EscalationReason?
    package var reportVersion: Int = 0
    package var follows: EntryID?
    package var patientKeys: [PatientKeyReference] = []
    package var organizationUnit = ""
    /// What the actor's node signed.
    package var command: SignedCommand?

    package init(request: ConsultationID, home: NodeID, terms: ConsultationTerms) {
        self.request = request
        self.home = home
        self.terms = terms
    }

    package func encoded() throws -> [UInt8] {
        var message = PBConsultationFields()
        message.request = request.description
        message.attempt = UInt32(clamping: attempt)
        message.number = UInt32(clamping: number)
        message.home = home.rawValue
        message.actor = actor
        message.actorNode = actorNode?.rawValue ?? ""
        message.terms = terms.wire
        message.deadline = deadline?.milliseconds ?? 0
        message.offeredTo = offeredTo
        message.reason = reason?.rawValue ?? ""
        message.reportVersion = UInt32(clamping: reportVersion)
        message.follows = follows?.description ?? ""
        message.patientKeys = patientKeys.map { $0.wire() }
        message.organizationUnit = organizationUnit
        if let command { message.command = command.wire() }
        return try message.serializedBytes()
    }

    /// Reads the fields of an entry.
    ///
    /// - Throws: `consultation.malformed`.
    package init(bytes: [UInt8]) throws {
        guard let message = try? PBConsultationFields(serializedBytes: bytes),
            let request = try? ConsultationID(message.request), let home = NodeID(rawValue: message.home)
        else { throw Self.malformed }
        self.init(request: request, home: home, terms: try ConsultationTerms(wire: message.terms))
        attempt = try PeerNumber.count(message.attempt, atMost: Limits.consultationAttempts, "an attempt's number")
        number = try PeerNumber.count(message.number, atMost: Limits.attemptEvents, "an event's number")
        actor = message.actor
        actorNode = NodeID(rawValue: message.actorNode)
        deadline = try PeerNumber.optionalTime(message.deadline, "a deadline")
        offeredTo = message.offeredTo
        reason = EscalationReason(rawValue: message.reason)
        reportVersion = try PeerNumber.count(
            message.reportVersion, atMost: Limits.attemptEvents, "a report's version")
        follows = message.follows.isEmpty ? nil : try EntryID(message.follows)
        patientKeys = try message.patientKeys.map(PatientKeyReference.init(wire:))
        organizationUnit = message.organizationUnit
        command = message.hasCommand ? try SignedCommand(wire: message.command) : nil
    }

    static let malformed = Failure("consultation.malformed", "the header of a consultation entry cannot be read")
}
