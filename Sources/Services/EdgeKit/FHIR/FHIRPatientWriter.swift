package import FHIR
package import ServiceKit

/// Writes persons as FHIR R4 resources, so that reading them gives the same identifiers.
package struct FHIRPatientWriter: Sendable {
    /// The zone of times that name none, in minutes east of UTC.
    private let offsetMinutes: Int

    package init(offsetMinutes: Int = 480) { self.offsetMinutes = offsetMinutes }

    /// An identifier as an element, with what else is to be said of it.
    package static func identifier(_ identifier: PatientIdentifier, extensions: [JSONValue] = []) -> JSONValue {
        let code = identifier.type == PatientIdentifier.citizenIDType ? "NI" : identifier.type
        var item: JSONObject = [:]
        if !extensions.isEmpty { item["extension"] = .array(extensions) }
        if identifier.isFormer { item["use"] = "old" }
        item["type"] = [
            "coding": [["system": "http://terminology.hl7.org/CodeSystem/v2-0203", "code": .string(code)]]
        ]
        if !identifier.authority.isEmpty { item["system"] = .string(Self.system(identifier.authority)) }
        item["value"] = .string(identifier.value)
        return .object(item)
    }

    /// A Patient.
    package func patient(_ patient: PatientDemographics, id: String) -> JSONObject {
        var json: JSONObject = ["resourceType": "Patient", "id": .string(id)]
        json["identifier"] = .array(patient.identifiers.map { Self.identifier($0) })
        if let name = patient.name { json["name"] = [["text": .string(name)]] }
        switch patient.sex {
        case "M": json["gender"] = "male"
        case "F": json["gender"] = "female"
        case "O": json["gender"] = "other"
        case .some: json["gender"] = "unknown"
        case nil: break
        }
        FHIRTime.write(patient.birthDate, to: &json, "birthDate", offsetMinutes: offsetMinutes)
        return json
    }

    /// A system for an authority: OIDs as URIs; names as they are, so that reading them gives the same authority.
    private static func system(_ authority: String) -> String {
        let isOID = authority.contains(".") && authority.allSatisfy { $0 == "." || ($0.isASCII && $0.isNumber) }
        return isOID ? "urn:oid:" + authority : authority
    }
}
