package import Effects
import Foundation
package import Ledgers
package import Regions
import SwiftProtobuf
package import Trust
import Wire

/// What somebody declares who asks about a person: who, where, for which purpose, about which patient, on which
/// consent or for which emergency.
///
/// Signed by the node where the person sits; it travels unchanged, and every hop that serves it writes it to its audit
/// ledger before it answers (个人信息保护法 Art. 28–29; domain rule: release always cites purpose and actor). It answers
/// one question, and at each node once.
package struct AccessStatement: Sendable, Equatable {
    /// Why somebody looks.
    package enum Purpose: String, Sendable, CaseIterable {
        case treatment
        case consultation
        case emergency
        case ownRecord
        case qualityReview
    }

    package var id: String
    package var node: NodeID
    package var organizationUnit: String
    /// Who asks, as the hospital names its staff; not a patient.
    package var practitioner: String
    package var purpose: Purpose
    package var patientKeys: [PatientKeyReference]
    package var consent: String?
    /// Why there is no consent; mandatory for `emergency`, listed for later review.
    package var breakGlassReason: String?
    /// The number of the order, encounter, request or review for which somebody looks.
    package var order: String?
    /// The hospital's system that brought the question, as the signing node calls it; empty: none did.
    package var system: String
    package var madeAt: WallTime
    package var validUntil: WallTime
    /// The one question that it answers, for example `recognition.find`, or `recognition.fetch` and an entry's id.
    package var question: String

    /// How long a statement may be used, and how far clocks may differ, in milliseconds.
    package static let validMilliseconds: Int64 = 600_000
    package static let clockToleranceMilliseconds: Int64 = 300_000

    fileprivate func message(keyID: KeyID) -> PBAccessStatement {
        var message = PBAccessStatement()
        message.id = id
        message.node = node.rawValue
        message.organizationUnit = organizationUnit
        message.practitioner = practitioner
        message.purpose = purpose.rawValue
        message.patientKeys = patientKeys.map(\.wire)
        message.consent = consent ?? ""
        message.breakGlassReason = breakGlassReason ?? ""
        message.madeAt = madeAt.milliseconds
        message.validUntil = validUntil.milliseconds
        message.keyID = Data(keyID.bytes)
        message.question = question
        message.order = order ?? ""
        message.system = system
        return message
    }

    fileprivate init(message: PBAccessStatement) throws {
        guard let purpose = Purpose(rawValue: message.purpose), !message.id.isEmpty else {
            throw Failure("access.malformed", "the access statement cannot be read")
        }
        id = message.id
        node = try NodeID(message.node)
        organizationUnit = message.organizationUnit
        practitioner = message.practitioner
        self.purpose = purpose
        patientKeys = try message.patientKeys.map(PatientKeyReference.init(wire:))
        consent = message.consent.isEmpty ? nil : message.consent
        breakGlassReason = message.breakGlassReason.isEmpty ? nil : message.breakGlassReason
        madeAt = try PeerNumber.time(message.madeAt)
        validUntil = try PeerNumber.time(message.validUntil)
        question = message.question
        order = message.order.isEmpty ? nil : message.order
        system = message.system
    }

    package init(
        id: String, node: NodeID, organizationUnit: String, practitioner: String, purpose: Purpose,
        patientKeys: [PatientKeyReference], consent: String? = nil, breakGlassReason: String? = nil,
        order: String? = nil, system: String = "", madeAt: WallTime, question: String
    ) {
        self.id = id
        self.node = node
        self.organizationUnit = organizationUnit
        self.practitioner = practitioner
        self.purpose = purpose
        self.patientKeys = patientKeys
        self.consent = consent
        self.breakGlassReason = breakGlassReason
        self.order = order
        self.system = system
        self.madeAt = madeAt
        validUntil = madeAt.advanced(byMilliseconds: Self.validMilliseconds)
        self.question = question
    }
}

/// An access statement with the signature of the node where the person sits.
package struct SignedAccessStatement: Sendable, Equatable {
    package let statement: AccessStatement
    package let bytes: [UInt8]
    package let signature: [UInt8]
    private let keyID: KeyID

    private static let context = Array("yilian access statement 1\n".utf8)

    /// Signs a statement.
    ///
    /// - Throws: what the rule throws.
    package init(_ statement: AccessStatement, key: SigningKey, rule: AccessRule) throws {
        try rule.check(statement)
        self.statement = statement
        keyID = key.id
        bytes = try statement.message(keyID: key.id).serializedBytes()
        signature = try key.sign(Self.context + bytes)
    }

    /// Whether the node that it names signed it, with a key that held at a time.
    ///
    /// - Parameter time: when it was made, if none is given.
    package func isSigned(by keys: any KeyDirectory, at time: WallTime? = nil) -> Bool {
        keys.ledgerKey(of: statement.node, id: keyID, at: time ?? statement.madeAt)?
            .verify(signature: signature, message: Self.context + bytes) ?? false
    }

    /// Checks who signed, that the asker's unit delivers to the signer, that it is still valid, and again whether
    /// somebody may ask so at all: whoever signed may not have looked.
    ///
    /// - Throws: `access.badSignature`, `access.otherUnit`, `access.expired`; what the rule throws.
    package func check(keys: any RegionView, now: WallTime) throws {
        guard isSigned(by: keys) else {
            throw Failure("access.badSignature", "the access statement is not signed by \(statement.node)")
        }
        // Another name than a unit's is a department of the signer's own.
        let deliveries = keys.deliveries
        if let unit = deliveries.unit(named: statement.organizationUnit) {
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
        try AccessRule(keys).check(statement)
    }
}

extension NodeContext {
    /// A statement with this node's signature.
    ///
    /// - Throws: what the rule of the region's configuration throws.
    package func signed(_ statement: AccessStatement) throws -> SignedAccessStatement {
        try SignedAccessStatement(statement, key: signingKey, rule: AccessRule(region))
    }
}

extension SignedAccessStatement: ProtobufWireValue {
    package func wire() throws -> PBSignedAccessStatement {
        var message = PBSignedAccessStatement()
        message.statement = Data(bytes)
        message.signature = Data(signature)
        return message
    }

    package init(wire message: PBSignedAccessStatement) throws {
        let bytes = [UInt8](message.statement)
        guard bytes.count <= Limits.entryHeaderBytes / 2, let part = try? PBAccessStatement(serializedBytes: bytes),
            let keyID = KeyID(bytes: [UInt8](part.keyID))
        else { throw Failure("access.malformed", "the access statement cannot be read") }
        statement = try AccessStatement(message: part)
        self.bytes = bytes
        self.keyID = keyID
        signature = [UInt8](message.signature)
    }
}
