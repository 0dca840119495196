import Effects
import Foundation
import Ledgers
import Regions
import SwiftProtobuf
import Wire

extension CaseCommand: ProtobufWireValue {
    package func wire() throws -> PBCaseCommand {
        var message = PBCaseCommand()
        message.caseID = id.description
        message.attempt = UInt32(clamping: attempt)
        message.home = home.rawValue
        message.actor = actor
        message.origin = origin.rawValue
        message.event = event.rawValue
        message.role = role.rawValue
        if let content { message.content = try content.wire() }
        message.target = target?.rawValue ?? ""
        message.organizationUnit = unit
        message.reason = reason
        message.seen = seen?.description ?? ""
        message.items = items.map(\.message)
        if let time = namedTime { message.namedAt = time.milliseconds }
        if let signed { message.signed = signed.wire() }
        return message
    }

    package init(wire message: PBCaseCommand) throws {
        guard let event = W.Event(rawValue: message.event), let role = W.Role(rawValue: message.role),
            message.items.count <= Limits.caseItems
        else { throw W.table.failure(.malformed, "the command says nothing that this node knows") }
        self.init(
            id: try CaseID(message.caseID),
            attempt: try PeerNumber.count(message.attempt, atMost: Limits.caseAttempts, "an attempt's number"),
            home: try NodeID(message.home), actor: message.actor, origin: try NodeID(message.origin), event: event,
            role: role, content: message.hasContent ? try CaseContent(wire: message.content) : nil)
        target = message.target.isEmpty ? nil : try NodeID(message.target)
        unit = message.organizationUnit
        reason = message.reason
        seen = message.seen.isEmpty ? nil : try EntryID(message.seen)
        items = try message.items.map(CaseItem.init)
        namedTime = try PeerNumber.optionalTime(message.namedAt, isThere: message.hasNamedAt)
        signed = message.hasSigned ? try SignedCommand(wire: message.signed) : nil
    }
}

extension CaseReceipt: ProtobufWireValue {
    package func wire() throws -> PBCaseReceipt {
        var message = PBCaseReceipt()
        message.caseID = id.description
        message.attempt = UInt32(clamping: attempt)
        message.home = home.rawValue
        message.state = state.rawValue
        message.entry = entry
        message.actor = actor
        message.time = time.milliseconds
        message.duplicate = isDuplicate
        message.writings = UInt32(clamping: writings)
        return message
    }

    package init(wire message: PBCaseReceipt) throws {
        guard let state = W.State(rawValue: message.state) else {
            throw W.table.failure(.malformed, "the receipt cannot be read")
        }
        self.init(
            id: try CaseID(message.caseID),
            attempt: try PeerNumber.count(message.attempt, atMost: Limits.caseAttempts, "an attempt's number"),
            home: try NodeID(message.home), state: state, entry: message.entry, actor: message.actor,
            time: try PeerNumber.time(message.time), isDuplicate: message.duplicate,
            writings: try PeerNumber.count(message.writings, atMost: Limits.attemptEvents, "a count of events"))
    }
}
