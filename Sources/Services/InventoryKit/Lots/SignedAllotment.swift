package import Effects
import Foundation
package import Regions
package import ServiceKit
import SwiftProtobuf
package import Trust
package import Ledgers
import Wire

/// What the owner signs when it allots units to another node; that node's entries carry it, so that everybody sees by
/// what right it decides.
package struct SignedAllotment: Sendable, Equatable {
    package let inventory: String
    package let lot: String
    package let units: UnitRange
    package let owner: NodeID
    package let node: NodeID
    /// That of the entry with which it was allotted.
    package let number: Int
    package let madeAt: WallTime
    private let keyID: KeyID
    private let signed: SignedBytes

    private static let kind = SignedBytes.Kind("yilian inventory allotment 1")
    private static let statementBytes = 1_024

    package init(
        inventory: String, lot: String, units: UnitRange, owner: NodeID, node: NodeID, number: Int, madeAt: WallTime,
        key: SigningKey
    ) throws {
        var message = PBInventoryAllotmentStatement()
        message.inventory = inventory
        message.lot = lot
        message.first = UInt32(clamping: units.first)
        message.last = UInt32(clamping: units.last)
        message.owner = owner.rawValue
        message.node = node.rawValue
        message.number = UInt32(clamping: number)
        message.madeAt = madeAt.milliseconds
        message.keyID = Data(key.id.bytes)
        try self.init(SignedBytes(message.serializedBytes(), as: Self.kind, key: key))
    }

    private init(_ signed: SignedBytes) throws {
        guard signed.bytes.count <= Self.statementBytes,
            let message = try? PBInventoryAllotmentStatement(serializedBytes: signed.bytes),
            let keyID = KeyID(bytes: [UInt8](message.keyID))
        else { throw HoldFields.malformed }
        self.signed = signed
        self.keyID = keyID
        inventory = message.inventory
        lot = message.lot
        units = try UnitRange(
            PeerNumber.count(message.first, atMost: Limits.inventoryUnits, "the number of a unit"),
            PeerNumber.count(message.last, atMost: Limits.inventoryUnits, "the number of a unit"))
        owner = try NodeID(message.owner)
        node = try NodeID(message.node)
        number = try PeerNumber.count(message.number, atMost: Limits.inventoryEvents, "the number of an entry")
        madeAt = try PeerNumber.time(message.madeAt)
    }

    /// Whether the owner that it names signed it, with a key that was in force then.
    package func isSigned(by keys: any KeyDirectory) -> Bool {
        signed.isSigned(as: Self.kind, by: owner, key: keyID, at: madeAt, in: keys)
    }

    package func covers(_ inventory: String, _ lot: String, _ units: UnitRange) -> Bool {
        self.inventory == inventory && self.lot == lot && self.units.contains(units)
    }
}

extension SignedAllotment: ProtobufWireValue {
    package func wire() -> PBSigned { signed.wire() }

    package init(wire message: PBSigned) throws {
        guard let signed = try? SignedBytes(wire: message) else { throw HoldFields.malformed }
        try self.init(signed)
    }
}
