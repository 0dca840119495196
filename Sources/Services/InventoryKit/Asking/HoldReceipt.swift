package import Effects
import Foundation
package import Regions
import SwiftProtobuf
import Wire

/// What the decider answers to a command: what is held, and until when.
package struct HoldReceipt: Sendable, Equatable {
    package var hold: HoldID
    package var inventory: String
    package var lot: String
    package var unit: Int
    package var decider: NodeID
    package var state: HoldState
    /// By the decider's clock; only of what is held and not confirmed.
    package var until: WallTime?
    /// The event's entry, printed.
    package var entry: String
    package var time: WallTime
    /// The same command had been carried out before.
    package var isDuplicate: Bool
    package var span: UnitSpan

    init(_ record: HoldRecord, step: HoldStep, isDuplicate: Bool) {
        hold = record.id
        inventory = record.inventory
        lot = record.lot
        unit = record.unit
        decider = step.fields.decider
        state = record.state
        until = record.until
        entry = step.entry.description
        time = step.authorTime
        self.isDuplicate = isDuplicate
        span = record.held?.fields.span ?? UnitSpan()
    }
}

extension HoldReceipt: ProtobufWireValue {
    package func wire() throws -> PBInventoryReceipt {
        var message = PBInventoryReceipt()
        message.hold = hold.description
        message.inventory = inventory
        message.lot = lot
        message.unit = UInt32(clamping: unit)
        message.decider = decider.rawValue
        message.state = state.rawValue
        if let time = until { message.until = time.milliseconds }
        message.entry = entry
        message.time = time.milliseconds
        message.duplicate = isDuplicate
        if let time = span.starts { message.starts = time.milliseconds }
        if let time = span.ends { message.ends = time.milliseconds }
        message.label = span.label
        return message
    }

    package init(wire message: PBInventoryReceipt) throws {
        guard let state = HoldState(rawValue: message.state) else { throw HoldFields.malformed }
        hold = try HoldID(message.hold)
        inventory = message.inventory
        lot = message.lot
        unit = try PeerNumber.count(message.unit, atMost: Limits.inventoryUnits, "the number of a unit")
        decider = try NodeID(message.decider)
        self.state = state
        until = try PeerNumber.optionalTime(message.until, isThere: message.hasUntil, "the end of a hold")
        entry = message.entry
        time = try PeerNumber.time(message.time)
        isDuplicate = message.duplicate
        span = try UnitSpan(
            starts: PeerNumber.optionalTime(message.starts, isThere: message.hasStarts),
            ends: PeerNumber.optionalTime(message.ends, isThere: message.hasEnds),
            label: message.label)
    }
}
