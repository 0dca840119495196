package import Effects
import Foundation
package import Ledgers
package import Regions
package import ServiceKit
import SwiftProtobuf
package import Trust
import Wire

/// A command as the node signs it where its actor sits; the event that the home appends carries it in its header.
///
/// It goes as far as the header, so it holds nothing that was written in clear: that stands in it as a digest that a random
/// number blinds, which lies beside the text in the payload.
package struct SignedCommand<W: Workflow>: Sendable, Equatable {
    package let id: CaseID<W>
    package let attempt: Int
    package let home: NodeID
    package let actor: String
    package let origin: NodeID
    package let event: W.Event
    package let role: W.Role
    /// Of what was written; empty where nothing was.
    package let contentDigest: [UInt8]
    package let target: NodeID?
    /// The unit at the target; empty: whichever.
    package let unit: String
    package let reason: String
    package let items: [CaseItem]
    package let namedTime: WallTime?
    package let madeAt: WallTime
    /// The attempt's last event as the actor saw it; none: the command is meant for whichever stands.
    package let seen: EntryID?
    private let keyID: KeyID
    private let signed: SignedBytes

    private static var kind: SignedBytes.Kind { SignedBytes.Kind("yilian case command 1") }
    private static var malformed: Failure { W.table.failure(.malformed, "the signed command cannot be read") }
    package static var nonceBytes: Int { 16 }
    private static var statementBytes: Int { 4_096 }

    /// Signs a command; what it writes is blinded by the nonce in it.
    package init(_ command: CaseCommand<W>, madeAt: WallTime, key: SigningKey) throws {
        var message = PBCaseCommandStatement()
        message.workflow = W.table.name
        message.caseID = command.id.description
        message.attempt = UInt32(clamping: command.attempt)
        message.home = command.home.rawValue
        message.actor = command.actor
        message.origin = command.origin.rawValue
        message.event = command.event.rawValue
        message.role = command.role.rawValue
        if let content = command.content { message.contentDigest = Data(try Self.digest(of: content, key.suite)) }
        message.target = command.target?.rawValue ?? ""
        message.organizationUnit = command.unit
        message.reason = command.reason
        message.items = command.items.map(\.message)
        if let time = command.namedTime { message.namedAt = time.milliseconds }
        message.seen = command.seen?.description ?? ""
        message.madeAt = madeAt.milliseconds
        message.keyID = Data(key.id.bytes)
        try self.init(SignedBytes(message.serializedBytes(), as: Self.kind, key: key))
    }

    private init(_ signed: SignedBytes) throws {
        guard signed.bytes.count <= Self.statementBytes,
            let message = try? PBCaseCommandStatement(serializedBytes: signed.bytes),
            message.workflow == W.table.name, let event = W.Event(rawValue: message.event),
            let role = W.Role(rawValue: message.role), let keyID = KeyID(bytes: [UInt8](message.keyID))
        else { throw Self.malformed }
        self.signed = signed
        self.keyID = keyID
        self.event = event
        self.role = role
        id = try CaseID(message.caseID)
        attempt = try PeerNumber.count(message.attempt, atMost: Limits.caseAttempts, "an attempt's number")
        home = try NodeID(message.home)
        actor = message.actor
        origin = try NodeID(message.origin)
        contentDigest = [UInt8](message.contentDigest)
        target = message.target.isEmpty ? nil : try NodeID(message.target)
        unit = message.organizationUnit
        reason = message.reason
        items = try message.items.map(CaseItem.init)
        namedTime = try PeerNumber.optionalTime(message.namedAt, isThere: message.hasNamedAt)
        seen = message.seen.isEmpty ? nil : try EntryID(message.seen)
        madeAt = try PeerNumber.time(message.madeAt)
    }

    /// Whether the node that it names signed it, with a key that was in force then.
    package func isSigned(by keys: any KeyDirectory) -> Bool {
        signed.isSigned(as: Self.kind, by: origin, key: keyID, at: madeAt, in: keys)
    }

    /// Whether it says what a command says that came with it.
    func says(_ command: CaseCommand<W>, suite: Suite) throws -> Bool {
        guard id == command.id, attempt == command.attempt, home == command.home, actor == command.actor,
            origin == command.origin, event == command.event, role == command.role, target == command.target,
            unit == command.unit, reason == command.reason, items == command.items, namedTime == command.namedTime,
            seen == command.seen
        else { return false }
        guard let content = command.content else { return contentDigest.isEmpty }
        return try isOf(content, suite: suite)
    }

    /// Whether a content is the one that was signed.
    func isOf(_ content: CaseContent, suite: Suite) throws -> Bool {
        guard content.nonce.count == Self.nonceBytes else { return false }
        return contentDigest == (try Self.digest(of: content, suite))
    }

    /// The actor's name is the home's to add; everything else is the actor's.
    private static func digest(of content: CaseContent, _ suite: Suite) throws -> [UInt8] {
        var written = content
        written.actor = ""
        written.actorName = ""
        written.statement = nil
        return suite.digest(Array("yilian case content 1\n".utf8) + (try written.wireBytes())).bytes
    }
}

extension SignedCommand: ProtobufWireValue {
    package func wire() -> PBSigned { signed.wire() }

    package init(wire message: PBSigned) throws {
        guard let signed = try? SignedBytes(wire: message) else { throw Self.malformed }
        try self.init(signed)
    }
}
