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
/// It goes as far as the header, so it holds no finding: a report's text stands in it as a digest that a random number
/// blinds, which lies beside the text in the payload.
package struct SignedCommand: Sendable, Equatable {
    package enum Action: UInt32, Sendable {
        case claim = 1
        case report = 2
        case acknowledge = 3
    }

    package let request: ConsultationID
    package let attempt: Int
    package let home: NodeID
    package let actor: String
    package let origin: NodeID
    package let action: Action
    /// Of a report's text; empty for other commands.
    package let textDigest: [UInt8]
    /// The attempt's last event as the actor saw it; none: the command is meant for whichever stands.
    package let seen: EntryID?
    package let madeAt: WallTime
    private let keyID: KeyID
    private let signed: SignedBytes

    private static let kind = SignedBytes.Kind("yilian consultation command 1")
    private static let malformed = Failure("consultation.malformed", "the signed command cannot be read")
    static let nonceBytes = 16
    private static let statementBytes = 1_024

    /// Signs a command.
    ///
    /// - Parameter nonce: blinds the text of a report.
    package init(_ command: ConsultationCommand, nonce: [UInt8], madeAt: WallTime, key: SigningKey) throws {
        var message = PBConsultationCommandStatement()
        message.request = command.request.description
        message.attempt = UInt32(clamping: command.attempt)
        message.home = command.home.rawValue
        message.actor = command.actor
        message.origin = command.origin.rawValue
        switch command.action {
        case .claim: message.action = Action.claim.rawValue
        case .report(let text):
            message.action = Action.report.rawValue
            message.textDigest = Data(Self.digest(of: text, nonce: nonce, suite: key.suite))
        case .acknowledge: message.action = Action.acknowledge.rawValue
        }
        message.seen = command.seen?.description ?? ""
        message.madeAt = madeAt.milliseconds
        message.keyID = Data(key.id.bytes)
        try self.init(SignedBytes(message.serializedBytes(), as: Self.kind, key: key))
    }

    private init(_ signed: SignedBytes) throws {
        guard signed.bytes.count <= Self.statementBytes,
            let message = try? PBConsultationCommandStatement(serializedBytes: signed.bytes),
            let action = Action(rawValue: PeerNumber.label(message.action)),
            let keyID = KeyID(bytes: [UInt8](message.keyID))
        else { throw Self.malformed }
        self.signed = signed
        self.keyID = keyID
        self.action = action
        request = try ConsultationID(message.request)
        attempt = try PeerNumber.count(message.attempt, atMost: Limits.consultationAttempts, "an attempt's number")
        home = try NodeID(message.home)
        actor = message.actor
        origin = try NodeID(message.origin)
        textDigest = [UInt8](message.textDigest)
        seen = message.seen.isEmpty ? nil : try EntryID(message.seen)
        madeAt = try PeerNumber.time(message.madeAt)
    }

    /// Whether the node that it names signed it, with a key that was in force then.
    package func isSigned(by keys: any KeyDirectory) -> Bool {
        signed.isSigned(as: Self.kind, by: origin, key: keyID, at: madeAt, in: keys)
    }

    /// Whether it says what a command says that came with it.
    func says(_ command: ConsultationCommand, suite: Suite) -> Bool {
        guard request == command.request, attempt == command.attempt, home == command.home, actor == command.actor,
            origin == command.origin, seen == command.seen
        else { return false }
        switch command.action {
        case .claim: return action == .claim
        case .acknowledge: return action == .acknowledge
        case .report(let text):
            return action == .report && isOf(text, nonce: command.nonce, suite: suite)
        }
    }

    /// Whether a text is the one that was signed.
    func isOf(_ text: ConsultationReportText, nonce: [UInt8], suite: Suite) -> Bool {
        nonce.count == Self.nonceBytes && textDigest == Self.digest(of: text, nonce: nonce, suite: suite)
    }

    private static func digest(of text: ConsultationReportText, nonce: [UInt8], suite: Suite) -> [UInt8] {
        var bytes = Array("yilian consultation report 1\n".utf8) + nonce
        for part in [text.findings, text.conclusion] {
            let utf8 = Array(part.utf8)
            withUnsafeBytes(of: UInt32(clamping: utf8.count).bigEndian) { bytes.append(contentsOf: $0) }
            bytes += utf8
        }
        return suite.digest(bytes).bytes
    }
}

extension SignedCommand: ProtobufWireValue {
    package func wire() -> PBSigned { signed.wire() }

    package init(wire message: PBSigned) throws {
        guard let signed = try? SignedBytes(wire: message) else { throw Self.malformed }
        try self.init(signed)
    }
}
