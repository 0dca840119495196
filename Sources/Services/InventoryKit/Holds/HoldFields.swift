package import Effects
import Foundation
package import Regions
import ServiceKit
import SwiftProtobuf

/// What the header of an entry about a hold or a wish says; it holds nothing of a person.
package struct HoldFields: Sendable, Equatable {
    package var hold: HoldID
    package var inventory: String
    /// Of a wish empty where any lot will do.
    package var lot: String
    /// From 1; 0 in a wish.
    package var unit: Int = 0
    package var decider: NodeID
    /// Among the decider's events of the hold, from 1; 0 in what the asker states.
    package var number: Int = 0
    /// When the hold or the wish ends by itself.
    package var until: WallTime?
    package var span = UnitSpan()
    package var command: SignedHoldCommand?
    /// Where the decider is not the owner.
    package var allotment: SignedAllotment?

    package init(hold: HoldID, inventory: String, lot: String, decider: NodeID) {
        self.hold = hold
        self.inventory = inventory
        self.lot = lot
        self.decider = decider
    }

    package func encoded() throws -> [UInt8] {
        var message = PBInventoryHoldFields()
        message.hold = hold.description
        message.inventory = inventory
        message.lot = lot
        message.unit = UInt32(clamping: unit)
        message.decider = decider.rawValue
        message.number = UInt32(clamping: number)
        if let time = until { message.until = time.milliseconds }
        if let time = span.starts { message.starts = time.milliseconds }
        if let time = span.ends { message.ends = time.milliseconds }
        message.label = span.label
        if let command { message.command = command.wire() }
        if let allotment { message.allotment = allotment.wire() }
        return try message.serializedBytes()
    }

    /// - Throws: `inventory.malformed`, `wire.outOfRange`.
    package init(bytes: [UInt8]) throws {
        guard let message = try? PBInventoryHoldFields(serializedBytes: bytes), let hold = try? HoldID(message.hold),
            let decider = NodeID(rawValue: message.decider), NameForm.accepts(message.inventory),
            message.lot.isEmpty || NameForm.accepts(message.lot)
        else { throw Self.malformed }
        self.init(hold: hold, inventory: message.inventory, lot: message.lot, decider: decider)
        unit = try PeerNumber.count(message.unit, atMost: Limits.inventoryUnits, "the number of a unit")
        number = try PeerNumber.count(message.number, atMost: Limits.inventoryEvents, "the number of an event")
        until = try PeerNumber.optionalTime(message.until, isThere: message.hasUntil, "the end of a hold")
        span = try UnitSpan(
            starts: PeerNumber.optionalTime(message.starts, isThere: message.hasStarts),
            ends: PeerNumber.optionalTime(message.ends, isThere: message.hasEnds),
            label: message.label)
        command = message.hasCommand ? try SignedHoldCommand(wire: message.command) : nil
        allotment = message.hasAllotment ? try SignedAllotment(wire: message.allotment) : nil
    }

    static let malformed = Failure("inventory.malformed", "the header of an entry about an inventory cannot be read")
}

/// When a unit is for, and what people call it.
package struct UnitSpan: Sendable, Hashable {
    /// `nil` where it is for any time.
    package var starts: WallTime?
    /// From then on it is not given any more.
    package var ends: WallTime?
    package var label: String

    package init() { label = "" }

    /// - Throws: `inventory.malformed`.
    package init(starts: WallTime?, ends: WallTime?, label: String) throws {
        guard label.utf8.count <= Limits.inventoryTextBytes,
            !label.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }),
            starts.map({ start in ends.map { start < $0 } ?? true }) ?? true
        else { throw HoldFields.malformed }
        self.starts = starts
        self.ends = ends
        self.label = label
    }
}
