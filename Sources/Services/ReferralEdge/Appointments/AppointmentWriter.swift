import EdgeKit
import Effects
import FHIR
import Inventory
import InventoryKit

/// Writes a hold of a bed, a number or a slot as an Appointment; nothing of a person stands in it.
struct AppointmentWriter {
    let record: HoldRecord

    /// `W/"…"`: it grows with everything that becomes of the hold.
    var version: Int { record.steps.count + record.refusedSteps.count }
    var tag: String { "W/\"\(version)\"" }

    var json: JSONValue {
        var json: JSONObject = ["resourceType": "Appointment", "id": .string(record.id.description)]
        json["meta"] = ["versionId": .string("\(version)")]
        json["status"] = .string(status)
        let held = record.held?.fields
        json["slot"] = [["reference": .string("Slot/" + SlotWriter.id(record.inventory, record.lot))]]
        if let reference = record.order?.reference, !reference.isEmpty {
            json["basedOn"] = [["reference": .string("ServiceRequest/\(reference)")]]
        }
        if let starts = held?.span.starts { json["start"] = .string(starts.chinaText) }
        if let ends = held?.span.ends { json["end"] = .string(ends.chinaText) }
        if let until = record.until { json["comment"] = .string("held until \(until.chinaText)") }
        if record.unit > 0 { json["description"] = .string("\(record.lot) \(record.unit)") }
        json["participant"] = [
            [
                "actor": [
                    "identifier": [
                        "system": .string(FHIRSystems.institutions), "value": .string(record.order?.unit ?? ""),
                    ]
                ], "status": "accepted",
            ]
        ]
        return .object(json)
    }

    private var status: String {
        switch record.state {
        case .asked: "proposed"
        case .wished: "waitlist"
        case .held: "pending"
        case .confirmed: "booked"
        case .released, .expired, .lapsed, .takenBack: "cancelled"
        }
    }
}

/// Writes what is free of an inventory, a Slot for each lot.
struct SlotWriter {
    let inventory: OfferedInventory
    let stock: StockAnswer

    static func id(_ inventory: String, _ lot: String) -> String { lot.isEmpty ? inventory : inventory + "." + lot }

    /// An inventory and a lot of it; an empty one where any will do.
    static func parts(_ id: String) -> (inventory: String, lot: String) {
        let parts = id.split(separator: ".", maxSplits: 1).map(String.init)
        return (parts.first ?? "", parts.count > 1 ? parts[1] : "")
    }

    var found: [(address: String, resource: JSONValue)] {
        stock.lines.map { line in
            let id = Self.id(stock.inventory, line.lot)
            var slot: JSONObject = ["resourceType": "Slot", "id": .string(id)]
            slot["meta"] = ["lastUpdated": .string(stock.asOf.chinaText)]
            slot["serviceType"] = [["text": .string(inventory.kind.rawValue)]]
            slot["schedule"] = ["reference": .string("Schedule/\(stock.inventory)")]
            slot["status"] = .string(line.free > 0 ? "free" : "busy")
            if let starts = line.span.starts { slot["start"] = .string(starts.chinaText) }
            if let ends = line.span.ends { slot["end"] = .string(ends.chinaText) }
            slot["comment"] = .string("\(line.free) of \(line.offered) free; decided at \(line.decider)")
            return ("Slot/\(id)", .object(slot))
        }
    }
}
