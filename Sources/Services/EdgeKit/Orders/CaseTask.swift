import Effects
package import FHIR
package import WorkflowKit

/// Writes where a case stands as a FHIR Task; nothing about the patient stands in it.
package struct CaseTask<S: CaseSource>: Sendable {
    private let source: S
    private let record: CaseRecord<S.W>
    /// The hospital's own number of the order, for the hospital whose it is.
    private let order: OrderNumber?
    /// What the home answered just now, where its entry has not come here yet.
    private let receipt: CaseReceipt<S.W>?

    package init(
        _ source: S, _ record: CaseRecord<S.W>, order: OrderNumber? = nil, receipt: CaseReceipt<S.W>? = nil
    ) {
        self.source = source
        self.record = record
        self.order = order
        self.receipt = receipt
    }

    private var state: S.W.State { receipt?.state ?? record.state }

    /// `W/"…"`: it grows with everything that becomes known of the case here.
    package var tag: String { "W/\"\(record.entryCount)\"" }

    package var json: JSONValue {
        var task = JSONObject()
        task["resourceType"] = "Task"
        task["id"] = .string(record.id.description)
        task["meta"] = ["versionId": .string("\(record.entryCount)")]
        if let order { task["identifier"] = [order.fhir] }
        task["status"] = .string(S.status(state))
        task["businessStatus"] = ["coding": [["system": .string(S.states), "code": .string(state.rawValue)]]]
        task["intent"] = "order"
        task["code"] = ["coding": [["system": .string(S.kinds), "code": .string(record.terms.kind)]]]
        task["focus"] = ["reference": .string("ServiceRequest/\(record.id)")]
        task["authoredOn"] = .string(record.terms.madeTime.chinaText)
        if let last = record.attempts.flatMap(\.steps).map(\.authorTime).max() {
            task["lastModified"] = .string(last.chinaText)
        }
        if let unit = record.creation?.fields.organizationUnit {
            task["requester"] = ["identifier": ["system": .string(FHIRSystems.institutions), "value": .string(unit)]]
        }
        if let holder = source.holder(record, receipt) {
            task["owner"] = ["identifier": ["system": .string(holder.system), "value": .string(holder.value)]]
        }
        if let deadline = record.attempts.last?.deadline {
            task["restriction"] = ["period": ["end": .string(deadline.chinaText)]]
        }
        return .object(task)
    }
}

/// Coding and identifier systems of our own that all services write.
package enum FHIRSystems {
    package static let institutions = "urn:yilian:institution"
}

extension OrderNumber {
    /// As an identifier of the placer (type PLAC).
    package var fhir: JSONValue {
        var identifier = JSONObject()
        identifier["type"] = [
            "coding": [["system": "http://terminology.hl7.org/CodeSystem/v2-0203", "code": "PLAC"]]
        ]
        if !system.isEmpty { identifier["system"] = .string(system) }
        identifier["value"] = .string(value)
        return .object(identifier)
    }
}
