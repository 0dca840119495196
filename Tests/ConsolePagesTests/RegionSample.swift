import Effects
import ServiceKit

@testable import Console

extension RegionInfo {
    /// A region of two nodes and a unit, read from the text that the interface would send.
    static func sample(_ text: String, at time: String) -> RegionInfo {
        let nodes: [AnyJSON] = ["pingding", "jucheng"].map {
            [
                "id": .string($0), "name": .string(text), "tier": "county", "unit": .string(text),
                "addresses": [.string(text)], "ledgerKeys": .integer($0 == "jucheng" ? 0 : 1),
            ]
        }
        let unit: AnyJSON = [
            "id": .string(text), "name": .string(text), "kind": "hospital", "division": "140321", "node": "pingding",
            "grade": "2A",
        ]
        let region: AnyJSON = [
            "region": "yangquan", "name": .string(text), "version": .integer(42), "suite": "ed25519",
            "validFrom": .string(time),
            "acceptedAt": .string(time), "waitingVersion": .integer(43), "waitingUntil": .string(time),
            "nodes": .array(nodes),
            "units": [unit], "deliveries": [], "delegations": [], "registries": [], "revokedCertificates": .integer(1),
            "patientKeyEpochs": [.integer(1)], "sections": [],
        ]
        do {
            return try OperatorJSON.value(RegionInfo.self, from: try OperatorJSON.bytes(region), place: nil)
        } catch {
            preconditionFailure("the sample is no region: \(error)")
        }
    }
}
