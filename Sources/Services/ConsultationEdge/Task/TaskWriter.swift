import Consultation
import EdgeKit
import Effects
import FHIR
import Regions

/// Writes where a request stands as a FHIR Task; nothing about the patient stands in it.
struct TaskWriter: Sendable {
    static let states = "urn:yilian:consultation:state"
    static let experts = "urn:yilian:expert"
    static let units = "urn:yilian:institution"

    let record: ConsultationRecord
    /// The hospital's own number of the order, for the hospital whose it is.
    var order: OrderNumber?
    /// What the home answered just now, where its entry has not come here yet.
    var receipt: ConsultationReceipt?

    var state: ConsultationState { receipt?.state ?? record.state }

    /// `W/"…"`: it grows with everything that becomes known of the request here.
    var tag: String { "W/\"\(record.entryCount)\"" }

    var json: JSONValue {
        var task = JSONObject()
        task["resourceType"] = "Task"
        task["id"] = .string(record.id.description)
        task["meta"] = ["versionId": .string("\(record.entryCount)")]
        if let order { task["identifier"] = [FHIRReportWriter.identifier(order)] }
        task["status"] = .string(Self.status(state))
        task["businessStatus"] = [
            "coding": [["system": .string(Self.states), "code": .string(state.rawValue)]]
        ]
        task["intent"] = "order"
        task["code"] = [
            "coding": [["system": .string(FHIRRequestMapper.kinds), "code": .string(record.terms.kind)]]
        ]
        task["focus"] = ["reference": .string("ServiceRequest/\(record.id)")]
        task["authoredOn"] = .string(record.terms.requestedTime.chinaText)
        if let last = record.attempts.flatMap(\.steps).map(\.authorTime).max() {
            task["lastModified"] = .string(last.chinaText)
        }
        if let unit = record.request?.fields.organizationUnit {
            task["requester"] = ["identifier": ["system": .string(Self.units), "value": .string(unit)]]
        }
        if let holder = TaskHolder(record, receipt: receipt) {
            task["owner"] = ["identifier": ["system": .string(Self.experts), "value": .string(holder.expert)]]
        }
        if let deadline = record.attempts.last?.deadline {
            task["restriction"] = ["period": ["end": .string(deadline.chinaText)]]
        }
        return .object(task)
    }

    /// FHIR's word for a state.
    static func status(_ state: ConsultationState) -> String {
        switch state {
        case .requested: "requested"
        case .opened: "received"
        case .offered: "ready"
        case .claimed: "in-progress"
        case .reported, .acknowledged: "completed"
        case .escalated, .withdrawn: "on-hold"
        }
    }
}

/// Who has a request.
struct TaskHolder: Sendable {
    var expert: String
    var node: String
    var since: WallTime?

    /// - Returns: `nil` where nobody has claimed it.
    init?(_ record: ConsultationRecord, receipt: ConsultationReceipt? = nil) {
        if let attempt = record.attempts.last(where: { $0.claimant != nil }), let claimant = attempt.claimant {
            expert = claimant
            node = attempt.claimantNode?.rawValue ?? ""
            since = attempt.claimedTime
        } else if let receipt, receipt.state == .claimed {
            expert = receipt.actor
            node = ""
            since = receipt.time
        } else {
            return nil
        }
    }

    var words: String {
        "'\(expert)'" + (node.isEmpty ? "" : " at '\(node)'") + " has it"
            + (since.map { " since \($0.chinaText)" } ?? "")
    }
}
