package import Effects
import Foundation
package import Regions
package import ServiceKit
import SwiftProtobuf
package import Trust
package import Ledgers
import Wire

/// What somebody wants of an inventory, as the node signs it where they sit; the entry that carries it out carries it.
package struct SignedHoldCommand: Sendable, Equatable {
    package enum Action: UInt32, Sendable, CaseIterable {
        case hold = 1
        case confirm = 2
        case release = 3
        case wish = 4
        case takeBack = 5
    }

    /// What it says.
    package struct Order: Sendable, Equatable {
        package var hold: HoldID
        package var inventory: String
        /// Empty where any lot will do.
        package var lot: String
        package var decider: NodeID
        package var action: Action
        package var actor: String
        /// Where the actor works.
        package var unit: String
        /// The node where the actor sits.
        package var origin: NodeID
        /// The id of the case for which it is.
        package var reference: String
        /// The end of a wish.
        package var until: WallTime?

        package init(
            _ action: Action, _ hold: HoldID, of inventory: String, lot: String = "", decider: NodeID, actor: String,
            unit: String, origin: NodeID, reference: String = "", until: WallTime? = nil
        ) {
            self.hold = hold
            self.inventory = inventory
            self.lot = lot
            self.decider = decider
            self.action = action
            self.actor = actor
            self.unit = unit
            self.origin = origin
            self.reference = reference
            self.until = until
        }
    }

    package let order: Order
    package let madeAt: WallTime
    private let keyID: KeyID
    private let signed: SignedBytes

    private static let kind = SignedBytes.Kind("yilian inventory command 1")
    private static let statementBytes = 2_048

    package init(_ order: Order, madeAt: WallTime, key: SigningKey) throws {
        var message = PBInventoryCommandStatement()
        message.hold = order.hold.description
        message.inventory = order.inventory
        message.lot = order.lot
        message.decider = order.decider.rawValue
        message.action = order.action.rawValue
        message.actor = order.actor
        message.organizationUnit = order.unit
        message.origin = order.origin.rawValue
        message.reference = order.reference
        if let time = order.until { message.until = time.milliseconds }
        message.madeAt = madeAt.milliseconds
        message.keyID = Data(key.id.bytes)
        try self.init(SignedBytes(message.serializedBytes(), as: Self.kind, key: key))
    }

    private init(_ signed: SignedBytes) throws {
        guard signed.bytes.count <= Self.statementBytes,
            let message = try? PBInventoryCommandStatement(serializedBytes: signed.bytes),
            let action = Action(rawValue: PeerNumber.label(message.action)),
            let keyID = KeyID(bytes: [UInt8](message.keyID)), NameForm.accepts(message.inventory),
            message.lot.isEmpty || NameForm.accepts(message.lot), Self.isID(message.reference)
        else { throw HoldFields.malformed }
        self.signed = signed
        self.keyID = keyID
        madeAt = try PeerNumber.time(message.madeAt)
        order = Order(
            action, try HoldID(message.hold), of: message.inventory, lot: message.lot,
            decider: try NodeID(message.decider), actor: message.actor, unit: message.organizationUnit,
            origin: try NodeID(message.origin), reference: message.reference,
            until: try PeerNumber.optionalTime(message.until, isThere: message.hasUntil, "the end of a wish"))
        guard [order.actor, order.unit].allSatisfy({ $0.utf8.count <= Limits.inventoryTextBytes }) else {
            throw HoldFields.malformed
        }
    }

    /// Whether a text can be the id of a case; words about a person cannot.
    package static func isID(_ text: String) -> Bool {
        text.utf8.count <= Limits.inventoryTextBytes
            && text.utf8.allSatisfy { byte in
                (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
                    || [45, 46, 47, 95].contains(byte)
            }
    }

    /// Whether the node that it names signed it, with a key that was in force then.
    package func isSigned(by keys: any KeyDirectory) -> Bool {
        signed.isSigned(as: Self.kind, by: order.origin, key: keyID, at: madeAt, in: keys)
    }
}

extension SignedHoldCommand: ProtobufWireValue {
    package func wire() -> PBSigned { signed.wire() }

    package init(wire message: PBSigned) throws {
        guard let signed = try? SignedBytes(wire: message) else { throw HoldFields.malformed }
        try self.init(signed)
    }
}
