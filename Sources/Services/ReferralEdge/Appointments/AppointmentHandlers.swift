import EdgeKit
import Effects
import FHIR
import Inventory
import InventoryKit
import Referral
import WorkflowKit

/// Beds, outpatient numbers and examination slots for hospitals' systems: what is free as Slots, and what is held for a
/// referral as Appointments.
struct AppointmentHandlers: Sendable {
    let inventories: InventoryService
    let referrals: ReferralSource

    var routes: [EdgeRoute] {
        [
            .create("Appointment") { try await create($0) },
            .read("Appointment") { try answer(try await record($0)) },
            .update("Appointment") { try await update($0) },
        ]
            + EdgeRoute.search(
                "Slot",
                [
                    CapabilityStatement.SearchParameter(
                        name: "schedule", type: "reference", documentation: "the inventory: Schedule/pingding-beds")
                ]
            ) { try await slots($0, $1) }
    }

    /// What is there, from the owner, or as it is known with its age (`meta.lastUpdated`).
    private func slots(_ call: EdgeCall, _ query: FHIRQuery) async throws -> EdgeResponse {
        try SearchParameters.check(query, ["schedule"], call.request)
        guard let name = query.values(["schedule"]).first?.split(separator: "/").last.map(String.init) else {
            throw FHIRRefusal(400, .required, "say which inventory: schedule=Schedule/ID", expression: "schedule")
        }
        let writer = SlotWriter(
            inventory: try inventories.inventory(name), stock: try await inventories.stock(name))
        return SearchParameters.bundle(writer.found, "Slot", query, next: nil, call.request)
    }

    private static let read: Set<String> = [
        "resourceType", "id", "meta", "text", "language", "status", "basedOn", "slot", "participant",
    ]

    /// Holds a unit for a referral of the institution, or for one that it is asked for.
    private func create(_ call: EdgeCall) async throws -> EdgeResponse {
        let resource = try await call.resource("Appointment", limitBytes: Limits.httpsFormBytes)
        for name in resource.json.members.map(\.name) where !Self.read.contains(name) {
            throw TaskElements.refused("this of an Appointment is not taken", "Appointment." + name.prefix(64))
        }
        guard ["proposed", "pending"].contains(resource.string("status") ?? "") else {
            throw TaskElements.refused("what is asked for is proposed (status)", "Appointment.status")
        }
        guard let slot = Self.only(resource.items("slot"), of: "Slot"),
            let referral = Self.only(resource.items("basedOn"), of: "ServiceRequest")
        else {
            throw TaskElements.refused(
                "it names one Slot (slot) and the referral for which it is (basedOn)", "Appointment")
        }
        let record = try await referrals.visitor(call.principal).record(referral)
        let (inventory, lot) = SlotWriter.parts(slot)
        let asker = InventoryService.Asker(
            practitioner: try call.ground().practitioner, unit: call.principal.institution,
            reference: record.id.description)
        let receipt = try await inventories.hold(inventory, lot: lot, for: asker)
        let told = OperationOutcome.Issue(
            .informational, "it is held: Appointment/\(receipt.hold)", severity: .information)
        return EdgeResponse(
            201, OperationOutcome([told]).json(id: call.correlation),
            headers: ["Location": "\(call.request.baseURL)/Appointment/\(receipt.hold)"])
    }

    /// Cancels: gives back what is held.
    private func update(_ call: EdgeCall) async throws -> EdgeResponse {
        let record = try await record(call)
        let resource = try await call.resource("Appointment", limitBytes: Limits.httpsFormBytes)
        let tag = AppointmentWriter(record: record).tag
        guard let version = try call.request.matchedVersion else {
            throw FHIRRefusal(
                428, .required, "send the version that was read before (If-Match: \(tag))", expression: "If-Match")
        }
        guard version == AppointmentWriter(record: record).version else {
            throw FHIRRefusal(
                412, .conflict, "it has changed since: it is \(record.state.rawValue) now", expression: "If-Match",
                headers: ["ETag": tag])
        }
        guard resource.string("status") == "cancelled" else {
            throw TaskElements.refused(
                "an Appointment is cancelled; it is booked by the answer to its referral", "Appointment.status")
        }
        _ = try await inventories.release(
            record.id,
            for: InventoryService.Asker(
                practitioner: try call.ground().practitioner, unit: call.principal.institution))
        return try answer(try await inventories.show(record.id))
    }

    /// What the institution itself holds, or what is held with it.
    private func record(_ call: EdgeCall) async throws -> HoldRecord {
        let record = try await inventories.show(try HoldID(call.captured[0]))
        let unit = call.principal.institution
        let isOwn = record.id.origin == inventories.context.node && record.order?.unit == unit
        let isPlace = try inventories.inventory(record.inventory).terms.unit.rawValue == unit
        guard isOwn || isPlace else {
            throw Failure("inventory.unknownHold", "this institution has no hold \(record.id)")
        }
        return record
    }

    private func answer(_ record: HoldRecord) throws -> EdgeResponse {
        let writer = AppointmentWriter(record: record)
        return EdgeResponse(200, writer.json, headers: ["ETag": writer.tag])
    }

    private static func only(_ references: [JSONValue], of type: String) -> String? {
        guard references.count == 1, let text = references[0]["reference"]?.string else { return nil }
        let parts = text.split(separator: "/").map(String.init)
        return parts.count >= 2 && parts[parts.count - 2] == type ? parts.last : nil
    }
}
