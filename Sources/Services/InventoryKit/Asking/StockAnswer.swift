package import Effects
import Foundation
package import Regions
import SwiftProtobuf
import Wire

/// What is asked about an inventory.
package struct StockQuestion: Sendable, Equatable {
    package var inventory: String
    package var owner: NodeID

    package init(inventory: String, owner: NodeID) {
        self.inventory = inventory
        self.owner = owner
    }
}

extension StockQuestion: ProtobufWireValue {
    package func wire() throws -> PBInventoryStockQuestion {
        var message = PBInventoryStockQuestion()
        message.inventory = inventory
        message.owner = owner.rawValue
        return message
    }

    package init(wire message: PBInventoryStockQuestion) throws {
        self.init(inventory: message.inventory, owner: try NodeID(message.owner))
    }
}

/// What is there of an inventory, and since when that is known.
package struct StockAnswer: Sendable, Equatable {
    /// Units of one lot about which one node decides.
    package struct Line: Sendable, Equatable {
        package var lot: String
        package var decider: NodeID
        package var span: UnitSpan
        package var offered: Int
        package var free: Int
        package var held: Int
        package var confirmed: Int

        package init(
            lot: String, decider: NodeID, span: UnitSpan, offered: Int, free: Int, held: Int, confirmed: Int
        ) {
            self.lot = lot
            self.decider = decider
            self.span = span
            self.offered = offered
            self.free = free
            self.held = held
            self.confirmed = confirmed
        }
    }

    package var inventory: String
    package var lines: [Line]
    /// Wishes that wait; only the owner knows.
    package var waiting: Int
    /// When it was so.
    package var asOf: WallTime
    package var toldBy: NodeID

    package init(inventory: String, lines: [Line], waiting: Int, asOf: WallTime, toldBy: NodeID) {
        self.inventory = inventory
        self.lines = lines
        self.waiting = waiting
        self.asOf = asOf
        self.toldBy = toldBy
    }

    package var free: Int { lines.reduce(0) { $0 + $1.free } }
}

extension StockAnswer: ProtobufWireValue {
    package func wire() throws -> PBInventoryStockAnswer {
        var message = PBInventoryStockAnswer()
        message.inventory = inventory
        message.waiting = UInt32(clamping: waiting)
        message.asOf = asOf.milliseconds
        message.toldBy = toldBy.rawValue
        message.lines = lines.map { line in
            var part = PBInventoryStockLine()
            part.lot = line.lot
            part.decider = line.decider.rawValue
            if let time = line.span.starts { part.starts = time.milliseconds }
            if let time = line.span.ends { part.ends = time.milliseconds }
            part.label = line.span.label
            part.offered = UInt32(clamping: line.offered)
            part.free = UInt32(clamping: line.free)
            part.held = UInt32(clamping: line.held)
            part.confirmed = UInt32(clamping: line.confirmed)
            return part
        }
        return message
    }

    package init(wire message: PBInventoryStockAnswer) throws {
        guard message.lines.count <= Limits.queryResults else { throw HoldFields.malformed }
        func count(_ number: UInt32) throws -> Int {
            try PeerNumber.count(number, atMost: Limits.inventoryUnits, "how many units there are")
        }
        self.init(
            inventory: message.inventory,
            lines: try message.lines.map { part in
                Line(
                    lot: part.lot, decider: try NodeID(part.decider),
                    span: try UnitSpan(
                        starts: PeerNumber.optionalTime(part.starts, isThere: part.hasStarts),
                        ends: PeerNumber.optionalTime(part.ends, isThere: part.hasEnds),
                        label: part.label),
                    offered: try count(PeerNumber.label(part.offered)), free: try count(PeerNumber.label(part.free)),
                    held: try count(PeerNumber.label(part.held)),
                    confirmed: try count(PeerNumber.label(part.confirmed)))
            },
            waiting: try PeerNumber.count(message.waiting, atMost: Limits.inventoryEvents, "how many wishes wait"),
            asOf: try PeerNumber.time(message.asOf), toldBy: try NodeID(message.toldBy))
    }
}
