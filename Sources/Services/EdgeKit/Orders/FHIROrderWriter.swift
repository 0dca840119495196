package import FHIR
package import ServiceKit
package import WorkflowKit

/// Writes a case as the ServiceRequest that it was made of, with its patient contained; documents stay where they are.
package enum FHIROrderWriter {
    /// What all orders have in common.
    ///
    /// - Parameters:
    ///   - kinds: the coding system of the kinds of order.
    ///   - isDone: whether what was ordered was done.
    package static func request<W: Workflow>(
        _ record: CaseRecord<W>, _ content: CaseContent, kinds: String, isDone: Bool
    ) -> JSONObject {
        var request = JSONObject()
        request["resourceType"] = "ServiceRequest"
        request["id"] = .string(record.id.description)
        request["meta"] = ["versionId": .string("\(record.entryCount)")]
        var patient = patient(content.patient)
        patient["id"] = "patient"
        request["contained"] = [.object(patient)]
        if let order = OrderNumber(kept: content.orderNumber) { request["identifier"] = [order.fhir] }
        request["status"] = isDone ? "completed" : "active"
        request["intent"] = "order"
        request["code"] = ["coding": [["system": .string(kinds), "code": .string(record.terms.kind)]]]
        request["subject"] = ["reference": "#patient"]
        request["authoredOn"] = .string(record.terms.madeTime.chinaText)
        if let asking = content.statement?.statement.asking {
            request["requester"] = ["identifier": ["value": .string(asking.practitioner)]]
            if let consent = asking.consent {
                request["supportingInfo"] = [["type": "Consent", "identifier": ["value": .string(consent)]]]
            }
            if let reason = asking.breakGlassReason {
                request["extension"] = [
                    ["url": .string(FHIROrderReader.breakGlass), "valueString": .string(reason)]
                ]
            }
        }
        return request
    }

    /// The patient of an order as a FHIR Patient.
    package static func patient(_ person: PatientDemographics) -> JSONObject {
        var patient = JSONObject()
        patient["resourceType"] = "Patient"
        patient["identifier"] = .array(
            person.identifiers.map { identifier in
                var item = JSONObject()
                let type = identifier.type == PatientIdentifier.citizenIDType ? "NI" : identifier.type
                item["type"] = [
                    "coding": [["system": "http://terminology.hl7.org/CodeSystem/v2-0203", "code": .string(type)]]
                ]
                if !identifier.authority.isEmpty { item["system"] = .string(system(identifier.authority)) }
                item["value"] = .string(identifier.value)
                return .object(item)
            })
        if let name = person.name { patient["name"] = [["text": .string(name)]] }
        switch person.sex {
        case "M": patient["gender"] = "male"
        case "F": patient["gender"] = "female"
        case "O": patient["gender"] = "other"
        case "U": patient["gender"] = "unknown"
        default: break
        }
        if let date = person.birthDate { patient["birthDate"] = .string(date) }
        return patient
    }

    /// An OID as FHIR writes it; everything else as it is.
    private static func system(_ authority: String) -> String {
        let isOID = authority.contains(".") && authority.allSatisfy { $0.isNumber || $0 == "." }
        return isOID ? "urn:oid:" + authority : authority
    }
}
