package import Effects
import Foundation
package import Ledgers
package import Regions
import SwiftProtobuf
package import Trust
import Wire

/// What somebody declares who asks about a person: who, where, for which purpose, on which ground, about which patient.
///
/// Signed by the node where the person sits; it travels unchanged, and every hop that serves it writes it to its audit
/// ledger before it answers (个人信息保护法 Art. 28–29; domain rule: release always cites purpose and actor). It answers
/// one question, and at each node once.
package struct AccessStatement: Sendable, Equatable {
    package var id: String
    package var node: NodeID
    package var asking: Asking
    package var patientKeys: [PatientKeyReference]
    /// The one question that it answers, for example `recognition.find`, or `recognition.fetch` and an entry's id.
    package var question: String
    package var madeAt: WallTime
    package var validUntil: WallTime

    /// How long a statement may be used, and how far clocks may differ, in milliseconds.
    package static let validMilliseconds: Int64 = 600_000
    package static let clockToleranceMilliseconds: Int64 = 300_000

    package init(
        id: String, node: NodeID, asking: Asking, patientKeys: [PatientKeyReference], question: String, madeAt: WallTime
    ) {
        self.id = id
        self.node = node
        self.asking = asking
        self.patientKeys = patientKeys
        self.question = question
        self.madeAt = madeAt
        validUntil = madeAt.advanced(byMilliseconds: Self.validMilliseconds)
    }

    /// What is asked, without of what: the question's first word, as the audit ledger shows it.
    package var action: String { String(question.prefix { $0 != " " }) }

    fileprivate func message(keyID: KeyID) -> PBAccessStatement {
        var message = PBAccessStatement()
        message.id = id
        message.node = node.rawValue
        message.asking = asking.wire()
        message.patientKeys = patientKeys.map { $0.wire() }
        message.question = question
        message.madeAt = madeAt.milliseconds
        message.validUntil = validUntil.milliseconds
        message.keyID = Data(keyID.bytes)
        return message
    }

    fileprivate init(message: PBAccessStatement) throws {
        guard !message.id.isEmpty else { throw Self.malformed }
        id = message.id
        node = try NodeID(message.node)
        asking = try Asking(wire: message.asking)
        patientKeys = try message.patientKeys.map(PatientKeyReference.init(wire:))
        question = message.question
        madeAt = try PeerNumber.time(message.madeAt)
        validUntil = try PeerNumber.time(message.validUntil)
    }

    static let malformed = Failure("access.malformed", "the access statement cannot be read")
}

/// An access statement with the signature of the node where the person sits.
package struct SignedAccessStatement: Sendable, Equatable {
    package let statement: AccessStatement
    package let signed: SignedBytes
    private let keyID: KeyID

    private static let kind = SignedBytes.Kind("yilian access statement 1")

    /// Signs a statement.
    ///
    /// - Throws: what the rule throws.
    package init(_ statement: AccessStatement, key: SigningKey, rule: AccessRule) throws {
        try rule.check(statement)
        self.statement = statement
        keyID = key.id
        signed = try SignedBytes(
            statement.message(keyID: key.id).serializedBytes(), as: Self.kind, key: key)
    }

    /// Whether the node that it names signed it, with a key that held at a time.
    ///
    /// - Parameter time: when it was made, if none is given.
    package func isSigned(by keys: any KeyDirectory, at time: WallTime? = nil) -> Bool {
        signed.isSigned(
            as: Self.kind, by: statement.node, key: keyID, at: time ?? statement.madeAt, in: keys)
    }

    /// Checks who signed, that the asker's unit delivers to the signer, that it is still valid, and again whether
    /// somebody may ask so at all: whoever signed may not have looked.
    ///
    /// - Parameters:
    ///   - purposes: those that this node knows.
    ///   - isForCase: whether it may be about a case alone, whose header names nobody.
    /// - Throws: `access.badSignature`, `access.otherUnit`, `access.expired`; what the rule throws.
    package func check(
        keys: any RegionView, purposes: PurposeList, now: WallTime, isForCase: Bool = false
    ) throws {
        guard isSigned(by: keys) else {
            throw Failure("access.badSignature", "the access statement is not signed by \(statement.node)")
        }
        // Another name than a unit's is a department of the signer's own.
        let deliveries = keys.deliveries
        if let unit = deliveries.unit(named: statement.asking.organizationUnit) {
            guard deliveries.mayWrite(statement.node, for: unit, at: { statement.madeAt }) else {
                throw Failure(
                    "access.otherUnit", "unit '\(unit)' does not deliver to \(statement.node), which signed for it",
                    remedy: "ask at the node of the unit where the person works")
            }
        }
        let tolerance = AccessStatement.clockToleranceMilliseconds
        guard statement.validUntil.milliseconds(since: statement.madeAt) <= AccessStatement.validMilliseconds,
            now <= statement.validUntil.advanced(byMilliseconds: tolerance),
            statement.madeAt <= now.advanced(byMilliseconds: tolerance)
        else {
            throw Failure(
                "access.expired", "the access statement is not valid at this time",
                remedy: "ask again; if this repeats, compare the nodes' clocks with `yilian peer list`")
        }
        let rule = AccessRule(keys, purposes: purposes)
        try (isForCase ? rule.forCases : rule).check(statement)
    }
}

extension SignedAccessStatement: ProtobufWireValue {
    package func wire() -> PBSigned { signed.wire() }

    package init(wire message: PBSigned) throws {
        signed = try SignedBytes(wire: message)
        guard let part = try? PBAccessStatement(serializedBytes: signed.bytes),
            let keyID = KeyID(bytes: [UInt8](part.keyID))
        else { throw AccessStatement.malformed }
        self.keyID = keyID
        statement = try AccessStatement(message: part)
    }
}
