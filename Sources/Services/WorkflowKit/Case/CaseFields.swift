package import Effects
import Foundation
package import Ledgers
package import Regions
package import ServiceKit
import SwiftProtobuf

/// One line below a case: a specimen, a medicine.
package struct CaseItem: Hashable, Sendable {
    package var name: String
    package var quantity: Int

    package init(_ name: String, quantity: Int = 1) {
        self.name = name
        self.quantity = quantity
    }
}

/// What the header of an entry about a case says; it holds no name, no number and no finding of a person.
package struct CaseFields<W: Workflow>: Sendable, Equatable {
    package var id: CaseID<W>
    /// From 1; 0 in the creation.
    package var attempt = 0
    /// How often it has been handed over, from 1.
    package var term = 1
    /// The event's number in its attempt, from 1; 0 in the creation.
    ///
    /// A stated event has that of the one that it follows.
    package var number = 0
    /// Who decides; in the creation who does first.
    package var home: NodeID
    package var role: W.Role?
    /// Who acted, as the roster or the hospital names them.
    package var actor = ""
    package var actorNode: NodeID?
    package var terms: W.Terms
    /// By when timers run out that the event started.
    package var dues: [String: WallTime] = [:]
    package var candidates: [String] = []
    package var reason = ""
    package var ordinal = 0
    package var follows: EntryID?
    package var nextHome: NodeID?
    package var patientKeys: [PatientKeyReference] = []
    /// Of the creation the unit that made it; of an event that names a node the unit there, where one is meant.
    package var organizationUnit = ""
    package var items: [CaseItem] = []
    /// A time that the actor names: an appointment, a day of return, a diagnosis.
    package var namedTime: WallTime?
    /// What the actor's node signed.
    package var command: SignedCommand<W>?

    package init(id: CaseID<W>, home: NodeID, terms: W.Terms) {
        self.id = id
        self.home = home
        self.terms = terms
    }

    package func encoded() throws -> [UInt8] {
        var message = PBCaseFields()
        message.caseID = id.description
        message.attempt = UInt32(clamping: attempt)
        message.term = UInt32(clamping: term)
        message.number = UInt32(clamping: number)
        message.home = home.rawValue
        message.role = role?.rawValue ?? ""
        message.actor = actor
        message.actorNode = actorNode?.rawValue ?? ""
        message.terms = Data(try terms.encoded())
        message.dues = dues.sorted { $0.key < $1.key }.map { name, time in
            var due = PBCaseDue()
            due.timer = name
            due.at = time.milliseconds
            return due
        }
        message.candidates = candidates
        message.reason = reason
        message.ordinal = UInt32(clamping: ordinal)
        message.follows = follows?.description ?? ""
        message.nextHome = nextHome?.rawValue ?? ""
        message.patientKeys = patientKeys.map { $0.wire() }
        message.organizationUnit = organizationUnit
        message.items = items.map(\.message)
        if let time = namedTime { message.namedAt = time.milliseconds }
        if let command { message.command = command.wire() }
        return try message.serializedBytes()
    }

    /// Reads the fields of an entry.
    ///
    /// - Throws: the workflow's code of ``CaseFault/malformed``; `wire.outOfRange`.
    package init(bytes: [UInt8]) throws {
        guard let message = try? PBCaseFields(serializedBytes: bytes), let id = try? CaseID<W>(message.caseID),
            let home = NodeID(rawValue: message.home), message.candidates.count <= Limits.caseNames,
            message.items.count <= Limits.caseItems, message.dues.count <= W.table.timers.count
        else { throw Self.malformed }
        self.init(id: id, home: home, terms: try W.Terms(bytes: [UInt8](message.terms)))
        attempt = try PeerNumber.count(message.attempt, atMost: Limits.caseAttempts, "an attempt's number")
        term = try PeerNumber.count(message.term, atMost: Limits.caseTerms, "a term's number")
        number = try PeerNumber.count(message.number, atMost: Limits.attemptEvents, "an event's number")
        role = message.role.isEmpty ? nil : try Self.role(message.role)
        actor = message.actor
        actorNode = NodeID(rawValue: message.actorNode)
        for part in message.dues { dues[part.timer] = try PeerNumber.time(part.at, "a deadline") }
        candidates = message.candidates
        reason = message.reason
        ordinal = try PeerNumber.count(message.ordinal, atMost: Limits.attemptEvents, "an event's ordinal")
        follows = message.follows.isEmpty ? nil : try EntryID(message.follows)
        nextHome = message.nextHome.isEmpty ? nil : try NodeID(message.nextHome)
        patientKeys = try message.patientKeys.map(PatientKeyReference.init(wire:))
        organizationUnit = message.organizationUnit
        items = try message.items.map(CaseItem.init)
        namedTime = try PeerNumber.optionalTime(message.namedAt, isThere: message.hasNamedAt)
        command = message.hasCommand ? try SignedCommand(wire: message.command) : nil
    }

    private static func role(_ text: String) throws -> W.Role {
        guard let role = W.Role(rawValue: text) else { throw malformed }
        return role
    }

    static var malformed: Failure {
        W.table.failure(.malformed, "the header of an entry about \(W.table.oneCase) cannot be read")
    }
}

extension CaseItem {
    var message: PBCaseItem {
        var message = PBCaseItem()
        message.name = name
        message.quantity = UInt32(clamping: quantity)
        return message
    }

    init(_ message: PBCaseItem) throws {
        self.init(
            message.name,
            quantity: try PeerNumber.count(message.quantity, atMost: Limits.caseItemQuantity, "a line's quantity"))
    }
}
