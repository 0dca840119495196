import EdgeKit
import Effects
import FHIR
import HL7
import ServiceKit

/// What the toy service answers to hospitals' systems: orders by HL7 v2, and which ambulances went out by FHIR.
enum AmbulanceHandlers: HospitalHandlers {
    static let failures = [
        FailureDefinition(
            "ambulance.noPlate", .invalid, "the order names no ambulance", "派车单没有车牌号",
            remedy: Wording("name it in OBR-3", "请在 OBR-3 中写明"))
    ]

    static func register(with registry: inout HandlerRegistry, of node: any ServiceDirectory) throws {
        let service = try node.service(AmbulanceService.self)
        try registry.add(
            HL7Handler(HL7Trigger("OMG", "O19", "orders of ambulances")) { call in
                let plate = call.message.segments("OBR").first?.field(3).component(1).text ?? ""
                guard !plate.isEmpty else {
                    return .refused([
                        HL7Problem(.requiredFieldMissing, segment: "OBR", field: 3, text: "no ambulance is named")
                    ])
                }
                return .readable(recordCount: 1) { keeping in
                    let entry = try await service.send(plate, keeping)
                    return HL7Taken([TakenRecord(word: "accepted", entry: entry, key: plate, version: 1)])
                }
            })
        try registry.add(
            .read("Device") { call in
                let plate = call.captured[0]
                guard try await service.trips().contains(plate) else {
                    throw FHIRRefusal(404, .notFound, "this ambulance did not go out")
                }
                return EdgeResponse(200, ["resourceType": "Device", "id": .string(plate)] as JSONValue)
            })
        try registry.add(
            .update("Device") { call in
                guard try call.request.matchedVersion == 1 else {
                    throw FHIRRefusal(412, .conflict, "the ambulance has another version", expression: "If-Match")
                }
                let device = try await call.resource("Device", limitBytes: Limits.httpsFormBytes)
                return EdgeResponse(200, device.value, headers: ["ETag": "W/\"2\""])
            })
    }
}
