import Effects
import Foundation
import Regions
import ServiceKit
import SwiftProtobuf

/// Consecutive units of one lot.
package struct UnitRange: Sendable, Hashable {
    package let first: Int
    package let last: Int

    /// - Throws: `inventory.badUnits` where they are none, too many, or numbered beyond what may be.
    package init(_ first: Int, _ last: Int) throws {
        guard first >= 1, first <= last, last <= Limits.inventoryUnits,
            last - first < Limits.inventoryUnitsPerEntry
        else {
            throw Failure(
                "inventory.badUnits",
                "units are numbered from 1 to \(Limits.inventoryUnits), at most \(Limits.inventoryUnitsPerEntry) at once",
                remedy: "name the first and the last, such as 1-20")
        }
        self.first = first
        self.last = last
    }

    /// Reads `4` or `1-20`.
    package init(_ text: String) throws {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) ?? 0 }
        try self.init(parts.first ?? 0, parts.count > 2 ? 0 : parts.last ?? 0)
    }

    package var units: ClosedRange<Int> { first...last }
    package func contains(_ unit: Int) -> Bool { units.contains(unit) }
    package func contains(_ other: UnitRange) -> Bool { first <= other.first && other.last <= last }
}

/// What the header of an entry about units says.
package struct LotFields: Sendable, Equatable {
    package var inventory: String
    package var lot: String
    package var units: UnitRange
    /// In the lot, from 1; of what is given back, that of the allotment.
    package var number: Int
    package var span = UnitSpan()
    package var actor = ""
    /// Of what is allotted or given back.
    package var allotment: SignedAllotment?

    package init(inventory: String, lot: String, units: UnitRange, number: Int) {
        self.inventory = inventory
        self.lot = lot
        self.units = units
        self.number = number
    }

    package var subject: String { "\(inventory)/\(lot)" }

    package func encoded() throws -> [UInt8] {
        var message = PBInventoryLotFields()
        message.inventory = inventory
        message.lot = lot
        message.first = UInt32(clamping: units.first)
        message.last = UInt32(clamping: units.last)
        message.number = UInt32(clamping: number)
        if let time = span.starts { message.starts = time.milliseconds }
        if let time = span.ends { message.ends = time.milliseconds }
        message.label = span.label
        message.actor = actor
        if let allotment { message.allotment = allotment.wire() }
        return try message.serializedBytes()
    }

    /// - Throws: `inventory.malformed`, `inventory.badUnits`, `wire.outOfRange`.
    package init(bytes: [UInt8]) throws {
        guard let message = try? PBInventoryLotFields(serializedBytes: bytes), NameForm.accepts(message.inventory),
            NameForm.accepts(message.lot), message.actor.utf8.count <= Limits.inventoryTextBytes
        else { throw HoldFields.malformed }
        self.init(
            inventory: message.inventory, lot: message.lot,
            units: try UnitRange(
                PeerNumber.count(message.first, atMost: Limits.inventoryUnits, "the number of a unit"),
                PeerNumber.count(message.last, atMost: Limits.inventoryUnits, "the number of a unit")),
            number: try PeerNumber.count(message.number, atMost: Limits.inventoryEvents, "the number of an entry"))
        span = try UnitSpan(
            starts: PeerNumber.optionalTime(message.starts, isThere: message.hasStarts),
            ends: PeerNumber.optionalTime(message.ends, isThere: message.hasEnds),
            label: message.label)
        actor = message.actor
        allotment = message.hasAllotment ? try SignedAllotment(wire: message.allotment) : nil
    }
}
